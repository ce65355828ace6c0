/** Every config that the repository ships has no fault, and means what its folder says. */
import { fileURLToPath } from 'node:url';
import { loadConfig, type RunConfig } from 'tradekit';
import { expect, test } from 'vitest';

const load = (path: string): RunConfig => loadConfig(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)));

/** What decides the numbers of a run, without names and places. */
function system({ data, symbols, cash, risk, costs, timetable, engine }: RunConfig): object {
  return { data, symbols, cash, risk, costs, timetable, engine };
}

test('the default, its paper twin and the full example are one system', () => {
  const shipped = load('config/backtest.yaml');
  expect(shipped.mode).toBe('backtest');
  expect(load('config/paper.yaml').mode).toBe('paper');
  for (const path of ['config/paper.yaml', 'examples/full-system/config.yaml']) {
    expect(system(load(path))).toEqual(system(shipped));
    expect(load(path).strategies.map(({ use, parameters }) => ({ use, parameters }))).toEqual(
      shipped.strategies.map(({ use, parameters }) => ({ use, parameters })),
    );
  }
});

test('the universe has 46 symbols in 9 sectors', () => {
  const { listed } = load('config/backtest.yaml').symbols;
  expect(listed).toHaveLength(46);
  expect(new Set(listed.map(({ sector }) => sector)).size).toBe(9);
});
