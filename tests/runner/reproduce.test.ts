/** Runs that left a folder: run again, told in the terminal, and compared. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config, type Scratch, STRATEGY, scratch, smallMarket, tradekit } from './kit.js';

let place: Scratch;

beforeAll(async () => {
  place = scratch();
  smallMarket(place);
  place.file('config.yaml', config());
  place.file('strategy.ts', STRATEGY);
  expect((await tradekit(place.folder, 'run', 'config.yaml', '--output', 'one')).code).toBe(0);
});

afterAll(() => place.remove());

test('a run is repeated from its folder to the same digest', async () => {
  const { code, stderr } = await tradekit(place.folder, 'run', '--from', 'one', '--output', 'again');
  expect(code).toBe(0);
  expect(stderr).toContain(`the same digest as ${join(place.folder, 'one')}`);
});

test('where the data have changed since, it says so and fails', async () => {
  const file = join(place.folder, 'data/AAA_15min.csv');
  const text = readFileSync(file, 'utf8');
  const lines = text.trimEnd().split('\n');
  try {
    writeFileSync(file, `${lines.slice(0, -300).join('\n')}\n`);
    const { code, errors } = await tradekit(place.folder, 'run', '--from', 'one', '--output', 'changed');
    expect(code).toBe(1);
    expect(errors.join()).toContain('the data have changed since');
  } finally {
    writeFileSync(file, text);
  }
});

test('where the strategy has changed, it says what is the same', async () => {
  const file = join(place.folder, 'strategy.ts');
  try {
    writeFileSync(file, STRATEGY.replace('sma(20)', 'sma(10)'));
    appendFileSync(file, '\n');
    const { code, errors } = await tradekit(place.folder, 'run', '--from', 'one', '--output', 'other');
    expect(code).toBe(1);
    expect(errors.join()).toContain('the data are the same: a strategy or a rule of your own has changed');
  } finally {
    writeFileSync(file, STRATEGY);
  }
});

test('--from and a config exclude each other, and a folder that no run has left is refused', async () => {
  const remedy = 'give either a config file, or --from with the folder of a run';
  expect((await tradekit(place.folder, 'run')).errors).toEqual([`error: ${remedy}`]);
  expect((await tradekit(place.folder, 'run', 'config.yaml', '--from', 'one')).errors).toEqual([`error: ${remedy}`]);
  const { code, errors } = await tradekit(place.folder, 'run', '--from', 'data');
  expect(code).toBe(2);
  expect(errors.join()).toContain("is no run's folder: it has no run.json");
});

test('report prints every metric of a run, with the reason where there is none', async () => {
  const { code, stdout } = await tradekit(place.folder, 'report', 'one');
  expect(code).toBe(0);
  const metrics = JSON.parse(place.text('one/metrics.json')) as { finalEquity: { value: number } };
  expect(stdout).toMatch(/^small: backtest, 2023-01-03 to 2023-02-03, 23 sessions {2}/);
  const dollars = metrics.finalEquity.value.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
  expect(stdout).toContain(dollars);
  expect(stdout).toMatch(/Sharpe ratio +-?\d+\.\d\d/);
});

test('compare puts two runs side by side, and says whether they did the same', async () => {
  place.file('cheap.yaml', config().replace('bps: 1', 'bps: 0'));
  expect((await tradekit(place.folder, 'run', 'cheap.yaml', '--output', 'cheap')).code).toBe(0);
  const { code, stdout } = await tradekit(place.folder, 'compare', 'one', 'cheap');
  expect(code).toBe(0);
  expect(stdout).toContain('Other digests: they did not do the same. The same data.');
  expect(stdout).toMatch(/Commission and fees +\$\d[\d,.]* +\$0\.00 {2}-\$\d/);
  const same = await tradekit(place.folder, 'compare', 'one', 'one');
  expect(same.stdout).toContain('The same digest: both did the same. The same data.');
});

test('a run that was cut short cannot be read, and says which file', async () => {
  place.file('torn/run.json', '{ "format": ');
  const { code, errors } = await tradekit(place.folder, 'report', 'torn');
  expect(code).toBe(2);
  expect(errors.join()).toContain('run.json" cannot be read');
});

test('every run is checked; --fail-on takes names of checks and no others; --no-checks leaves them out', async () => {
  const checked = await tradekit(place.folder, 'run', 'config.yaml', '--output', 'checked', '--fail-on', 'look-ahead');
  expect(checked.code).toBe(0);
  expect(checked.stdout).toMatch(/Checks {6}\d passed, \d noted, \d not checked, 0 failed/);
  const { checks } = JSON.parse(place.text('checked/run.json')) as { checks: { name: string }[] };
  expect(checks.map(({ name }) => name)).toContain('fill-sanity');
  const unknown = await tradekit(place.folder, 'run', 'config.yaml', '--fail-on', 'look-ahed');
  expect(unknown.code).toBe(2);
  expect(unknown.errors).toEqual(['error: there is no check "look-ahed"; did you mean "look-ahead"?']);
  const unchecked = await tradekit(place.folder, 'run', 'config.yaml', '--output', 'unchecked', '--no-checks');
  expect(unchecked.stdout).not.toContain('Checks');
  expect(place.text('unchecked/run.json')).not.toContain('"checks"');
});

test('a strategy that follows chance fails the check for look-ahead, and with --fail-on the run', async () => {
  place.file('strategy.ts', STRATEGY.replace('difference > 0', 'difference > Math.random() - 0.5'));
  const { code, errors } = await tradekit(
    place.folder,
    'run',
    'config.yaml',
    '--output',
    'chance',
    '--fail-on',
    'look-ahead',
  );
  place.file('strategy.ts', STRATEGY);
  expect(code).toBe(1);
  expect(errors.join()).toContain('look-ahead: wish of strategy');
});

test('runs on the same data in one output folder are trials: the deflated Sharpe ratio counts them', async () => {
  place.file('trial.yaml', `${config()}output: ./trials\n`);
  for (const bps of [1, 20]) {
    place.file('trial.yaml', `${config().replace('bps: 1', `bps: ${bps}`)}output: ./trials\n`);
    expect((await tradekit(place.folder, 'run', 'trial.yaml')).code).toBe(0);
  }
  const { code, stdout } = await tradekit(place.folder, 'run', 'trial.yaml', '--json');
  expect(code).toBe(0);
  const { metrics } = JSON.parse(stdout) as { metrics: { deflatedSharpe: { note?: string } } };
  // The third repeats the second: two digests.
  expect(metrics.deflatedSharpe.note).toMatch(/^2 trials: /);
});
