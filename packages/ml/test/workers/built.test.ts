/** The package as it is published: bundled files, of which the worker is one, and no sources beside them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { boosting } from '@tradekit/ml';
import { afterAll, expect, test } from 'vitest';
import { classes, noisy } from '../boosting/kit.js';

interface Bundler {
  buildSync(options: Readonly<Record<string, unknown>>): unknown;
}

const source = resolve(import.meta.dirname, '../../src');
const folder = mkdtempSync(join(tmpdir(), 'tradekit-built-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As tsup does it: each entry a file, and what they share in others. What the package depends on is put in too. */
function bundle(): void {
  const { buildSync } = createRequire(createRequire(import.meta.url).resolve('tsx/package.json'))('esbuild') as Bundler;
  buildSync({
    entryPoints: [join(source, 'workers/train-all.ts'), join(source, 'train.worker.ts')],
    entryNames: '[name]',
    outdir: folder,
    conditions: ['@tradekit/source'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}

/** Runs the program; gives what it prints. */
async function printed(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['program.js'], { cwd: folder });
  return stdout;
}

const set = classes(noisy(8, 200, 3));
const options = { target: { kind: 'classes', count: 3 }, rounds: 2 } as const;

test('trains in workers from the bundled files alone, and says so when the worker is not among them', async () => {
  bundle();
  const plain = {
    ...set,
    columns: set.columns.map((own) => [...own]),
    cells: [...set.cells],
    targets: [...set.targets],
  };
  writeFileSync(
    join(folder, 'program.js'),
    `import { trainAll } from './train-all.js';
const { columns, cells, targets, features } = JSON.parse(${JSON.stringify(JSON.stringify(plain))});
const holes = (column) => Float64Array.from(column, (own) => own ?? NaN);
const set = { features, columns: columns.map(holes), cells: Int32Array.from(cells), targets: Float64Array.from(targets) };
const options = ${JSON.stringify(options)};
try {
  const [, model] = await trainAll([{ options: { ...options, seed: 9 }, set }, { options, set }]);
  console.log(JSON.stringify(model.ensemble.trees.map(({ value, threshold }) => [[...value], [...threshold]])));
} catch ({ name, code }) {
  console.log(name, code);
}
`,
  );
  const own = boosting(options).train(set);
  expect(JSON.parse(await printed())).toEqual(
    own.ensemble.trees.map(({ value, threshold }) => [[...value], [...threshold]]),
  );
  rmSync(join(folder, 'train.worker.js'));
  expect(await printed()).toBe('MlError WORKER_MISSING\n');
});
