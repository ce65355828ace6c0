/** Runs over a synthetic market: what it gave by itself, and what a reader is told. */
import type { RunResult } from '@tradekit/backtest';
import type { BarHistory } from '@tradekit/core';

/** A run over a market that was made: where its prices go cannot be foretold. */
export interface SyntheticRun {
  /**
   * What every symbol in equal parts, bought at its first open and held to its last close before the end of the run, returned
   * without costs: `0.72` is +72 %. `undefined` when the run ended before its first slice.
   */
  readonly buyAndHoldReturn: number | undefined;
}

/** Buy and hold of equal parts of the universe over what a run has seen; see {@link SyntheticRun}. */
export function buyAndHoldReturn(history: BarHistory, { equity }: RunResult): number | undefined {
  const { universe, ends, bars } = history;
  const until = equity.time[equity.length - 1] ?? Number.NEGATIVE_INFINITY;
  const rows = ends.findLastIndex((end) => end <= until) + 1;
  if (rows === 0) return undefined;
  let growth = 0;
  for (let instrument = 0; instrument < universe.size; instrument++) {
    growth += growthOf(bars, instrument, universe.size, rows);
  }
  return growth / universe.size - 1;
}

/** Last close by first open of one instrument; 1, cash that waits, as long as it has no bar. */
function growthOf({ open, close }: BarHistory['bars'], instrument: number, size: number, rows: number): number {
  let first = 0;
  while (first < rows && Number.isNaN(open[first * size + instrument])) first += 1;
  let last = rows - 1;
  while (last >= first && Number.isNaN(close[last * size + instrument])) last -= 1;
  return last < first ? 1 : (close[last * size + instrument] ?? 1) / (open[first * size + instrument] ?? 1);
}

/** What is to be said of a synthetic run, in lines of a screen. */
export function syntheticNotice({ buyAndHoldReturn: held }: SyntheticRun): readonly string[] {
  if (held === undefined) return ['The market is synthetic and has no planted edge.'];
  const percent = `${held < 0 ? '' : '+'}${(held * 100).toFixed(1)} %`;
  return [
    'The market is synthetic and has no planted edge. Every symbol in equal parts, bought at the start and held,',
    `returned ${percent} without costs; beyond its share of that drift the system is expected to lose about its costs`,
    'here. The figures show that the machinery works; they say nothing about the system.',
  ];
}
