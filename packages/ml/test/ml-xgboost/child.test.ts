/** Children that are real processes: they answer, crash, hang, and say nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inChild } from '../../src/ml-xgboost/child.js';
import { entryOf } from '../../src/optional-package.js';
import { codeOf } from '../history.js';

const run = (body: string, timeoutMs = 20_000): Promise<unknown> =>
  inChild({
    of: 'the test',
    program: `process.once('message', (request) => { ${body} });`,
    request: { column: Float64Array.of(1, Number.NaN, -0) },
    timeoutMs,
  });
const fault = (body: string, timeoutMs?: number): Promise<unknown> => run(body, timeoutMs).catch((error) => error);

test('columns go there and back to the bit', async () => {
  expect(await run('process.send(request)')).toEqual({ column: Float64Array.of(1, Number.NaN, -0) });
});

test('a child that aborts, throws, is killed or ends is a crash, with the end of what it wrote', async () => {
  expect(await fault('process.abort()')).toMatchObject({ name: 'MlError', code: 'CHILD_CRASHED' });
  expect(await fault('throw new Error("deep trouble")')).toMatchObject({
    code: 'CHILD_CRASHED',
    message: expect.stringContaining('deep trouble'),
  });
  expect(await fault('process.kill(process.pid, "SIGKILL")')).toMatchObject({
    code: 'CHILD_CRASHED',
    context: { of: 'the test', how: 'was ended by SIGKILL' },
  });
  expect(await fault('process.exit(3)')).toMatchObject({ context: { how: 'ended with code 3' } });
});

test('a child that hangs is killed', async () => {
  const error = await fault('require("fs").writeSync(2, String(process.pid)); for (;;);', 1000);
  expect(error).toMatchObject({
    name: 'MlError',
    code: 'CHILD_TIMEOUT',
    context: { of: 'the test', timeoutMs: 1000 },
    message: expect.stringContaining('raise timeoutMs'),
  });
});

test('no process is left behind, whether it answered, crashed or hung', async () => {
  const children = await Promise.all([
    run('process.send(process.pid); for (;;);'),
    run('process.send(process.pid); setInterval(() => {}, 1000);'),
  ]);
  for (const pid of children) {
    if (typeof pid !== 'number') throw new Error(`no process id: ${pid}`);
    // The kill has been sent; the system may take a moment.
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  }
});

test('a child at work ends with the process that started it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradekit-child-'));
  try {
    const file = join(folder, 'pid');
    const source = new URL('../../src/ml-xgboost/child.ts', import.meta.url).href;
    const hang = `process.once('message', ({ file }) => {
      require('fs').writeFileSync(file + '.new', String(process.pid));
      require('fs').renameSync(file + '.new', file);
      for (;;);
    });`;
    const leave = `import { existsSync } from 'node:fs';
      import { inChild } from ${JSON.stringify(source)};
      const file = ${JSON.stringify(file)};
      void inChild({ of: 'the test', program: ${JSON.stringify(hang)}, request: { file }, timeoutMs: 60_000 });
      setInterval(() => { if (existsSync(file)) process.exit(); }, 20);`;
    const options = ['--import', 'tsx', '--conditions', '@tradekit/source', '--input-type=module'];
    execFileSync(process.execPath, [...options, '--eval', leave]);
    const pid = Number(readFileSync(file, 'utf8'));
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a package that is not installed is an error with the remedy', () => {
  expect(codeOf(() => entryOf('no-such-package', import.meta.url))).toBe('PACKAGE_MISSING');
  expect(() => entryOf('no-such-package', import.meta.url)).toThrow('run: npm install no-such-package');
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Ended, and nobody has asked how: in a container perhaps nobody ever will.
  const file = `/proc/${pid}/stat`;
  return !(existsSync(file) && /\) Z /.test(readFileSync(file, 'utf8')));
}
