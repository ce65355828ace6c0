/** The program as it is built: what it prints, what it leaves behind, and how it is interrupted. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { config, type Scratch, STRATEGY, scratch, smallMarket, started, tradekit } from './kit.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  smallMarket(place);
  place.file('config.yaml', config());
  place.file('strategy.ts', STRATEGY);
});

afterAll(() => place.remove());

const run = (name: string): Record<string, unknown> =>
  JSON.parse(place.text(`${name}/run.json`)) as Record<string, unknown>;

test('--json prints the summary and nothing else, and --output is the run folder itself', async () => {
  const { code, stdout } = await tradekit(place.folder, 'run', 'config.yaml', '--json', '--output', 'out');
  expect(code).toBe(0);
  const summary = JSON.parse(stdout) as Record<string, unknown>;
  expect(summary).toMatchObject({
    status: 'complete',
    name: 'small',
    mode: 'backtest',
    folder: join(place.folder, 'out'),
  });
  const metrics = JSON.parse(place.text('out/metrics.json')) as Record<string, unknown>;
  expect(summary).toMatchObject({
    digest: metrics.digest,
    metrics: { finalEquity: metrics.finalEquity, fills: metrics.fills },
  });
  expect(readdirSync(join(place.folder, 'out')).sort()).toEqual([
    'breakdown.csv',
    'config.yaml',
    'equity.csv',
    'fills.csv',
    'lots.csv',
    'metrics.json',
    'movements.csv',
    'orders.csv',
    'refusals.csv',
    'report.html',
    'risk.csv',
    'risk.json',
    'run.json',
    'sessions.csv',
    'trades.csv',
  ]);
});

test('a paper run takes the place of the one before it, journal and all', async () => {
  for (let nth = 0; nth < 2; nth++) {
    const { code } = await tradekit(place.folder, 'run', 'config.yaml', '--mode', 'paper', '--output', 'paper');
    expect(code).toBe(0);
    expect(existsSync(join(place.folder, 'paper/journal.jsonl'))).toBe(true);
  }
});

test('--start and --end are session dates, both included', async () => {
  const period = ['--start', '2023-01-10', '--end', '2023-01-20'];
  const { stdout } = await tradekit(place.folder, 'run', 'config.yaml', '--json', '--output', 'period', ...period);
  expect(JSON.parse(stdout)).toMatchObject({
    firstSession: '2023-01-10',
    lastSession: '2023-01-20',
    metrics: { sessions: { value: 8 } }, // the 16th was a holiday
  });
});

test('without flags the run folder is one of its own in runs/, and the summary says where', async () => {
  const first = await tradekit(place.folder, 'run', 'config.yaml');
  const second = await tradekit(place.folder, 'run', 'config.yaml');
  const folders = readdirSync(join(place.folder, 'runs'));
  expect(folders).toHaveLength(2);
  expect(folders[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-small$/);
  for (const { code, stdout } of [first, second]) {
    expect(code).toBe(0);
    expect(stdout.split('\n').length).toBeLessThan(25);
    expect(stdout).toMatch(/Run folder {2}\/.*\/runs\/.*-small/);
  }
});

describe('without arguments', () => {
  const repository = fileURLToPath(new URL('../../', import.meta.url));

  test('in an empty folder it helps, beginning with init', async () => {
    const empty = scratch();
    const { code, stdout } = await tradekit(empty.folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: tradekit/);
    expect(stdout.indexOf('init')).toBeLessThan(stdout.indexOf('run [options] [config]'));
    expect(readdirSync(empty.folder)).toEqual([]);
    empty.remove();
  });

  test('where the example is, it runs on the files in data/raw, whichever they are', async () => {
    const own = scratch();
    cpSync(join(repository, 'config'), join(own.folder, 'config'), { recursive: true });
    mkdirSync(join(own.folder, 'examples/full-system'), { recursive: true });
    cpSync(join(repository, 'examples/full-system/strategy.ts'), join(own.folder, 'examples/full-system/strategy.ts'));
    smallMarket(own, 'data/raw');
    rmSync(join(own.folder, 'data/raw/market.json')); // as if they were somebody's own
    const { code, stdout } = await tradekit(own.folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^full-system: backtest, 2 symbols, 2023-01-03 to 2023-02-03\n/);
    expect(stdout).not.toMatch(/synthetic/);
    expect(existsSync(join(own.folder, 'data/demo'))).toBe(false);
    expect(readdirSync(join(own.folder, 'runs'))).toHaveLength(1);
    own.remove();
  });
});

test('the summary of a synthetic market says that it has no edge', async () => {
  place.file(
    'made.yaml',
    config('', '[CCC, DDD]').replace(
      'folder: ./data',
      'folder: ./made, synthetic: { first: 2023-01-03, last: 2023-01-31 }',
    ),
  );
  const { code, stdout } = await tradekit(place.folder, 'run', 'made.yaml');
  expect(code).toBe(0);
  expect(stdout).toMatch(/no planted edge/);
  expect(stdout).toMatch(/\nreturned [+-]\d+\.\d % without costs;/);
  expect(stdout).toMatch(/expected to lose about\s+its costs/);
});

describe('Ctrl-C ends with what there is', () => {
  test('a paper run that waits for the clock', async () => {
    place.file('slow.yaml', config('mode: paper\npaper: { speed: 1 }'));
    const { child, ended } = started(place.folder, ['run', 'slow.yaml', '--output', 'waiting']);
    child.stderr?.on('data', (text: string) => {
      if (text.includes('reading bars')) setTimeout(() => child.kill('SIGINT'), 500);
    });
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/ending with what there is/);
    expect(run('waiting')).toMatchObject({ status: 'interrupted', mode: 'paper' });
    expect(existsSync(join(place.folder, 'waiting/journal.jsonl'))).toBe(true);
  });

  test('a backtest in the middle', async () => {
    const busy =
      'generateSignals(market) { const until = Date.now() + 2; while (Date.now() < until); if (market.slice === 20) console.error("now"); return []; }';
    place.file('busy.ts', `export default () => ({ name: 'busy', ${busy} });`);
    place.file('busy.yaml', config().replace('strategy.ts', 'busy.ts'));
    const { child, ended } = started(place.folder, ['run', 'busy.yaml', '--output', 'busy']);
    child.stderr?.on('data', (text: string) => {
      if (text.includes('now')) child.kill('SIGINT');
    });
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/\(interrupted\)/);
    expect(run('busy')).toMatchObject({ status: 'interrupted' });
    const rows = place.text('busy/equity.csv').trimEnd().split('\n').length;
    expect(rows).toBeGreaterThan(20);
    expect(rows).toBeLessThan(590);
  });
});

test('the shipped strategies are named as packages, and a parameter that is wrong is told with its place', async () => {
  const named = (parameters: string): string =>
    config().replace(
      'strategies: [{ use: ./strategy.ts }]',
      `strategies:\n  - { use: '@tradekit/strategies/momentum', weight: 0.5, parameters: ${parameters} }\n  - { use: '@tradekit/strategies/mean-reversion', weight: 0.5 }`,
    );
  place.file('shipped.yaml', named('{ fastBars: 13, slowBars: 52 }'));
  const { code, stdout } = await tradekit(place.folder, 'run', 'shipped.yaml', '--json', '--output', 'out-shipped');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'complete' });
  place.file('wrong.yaml', named('{ fastBar: 13 }'));
  const wrong = await tradekit(place.folder, 'run', 'wrong.yaml');
  expect([wrong.code, wrong.errors]).toEqual([
    2,
    ['error: wrong.yaml:6: strategy momentum has no parameter "fastBar"; did you mean "fastBars"?'],
  ]);
});
