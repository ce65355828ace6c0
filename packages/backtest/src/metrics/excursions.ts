import type { BarHistory } from '@tradekit/core';
import type { RoundTrip, RunResult } from '../result/run-result.js';
import { barRow } from './bar-row.js';
import { type Metric, metric, notDefined } from './metric.js';

/** How far the price went against and in favour of each round trip, as fractions of its entry price, by place of the trade. */
export interface Excursions {
  /** At least 0. NaN where a split lay between, so that prices cannot be compared. */
  readonly adverse: Float64Array;
  readonly favorable: Float64Array;
}

/**
 * Maximum adverse and favourable excursion of every closed round trip: the extremes of the bars that were held whole, and the
 * exit's own price. What a bar did before an entry or after an exit inside it does not count. Source: Sweeney, Maximum Adverse
 * Excursion (1996).
 */
export function excursionsOf(result: RunResult, market: BarHistory): Excursions {
  const { trades } = result;
  const adverse = new Float64Array(trades.length);
  const favorable = new Float64Array(trades.length);
  const splits = result.movements.filter(({ type }) => type === 'split');
  for (const [place, trade] of trades.entries()) {
    const isSplit = splits.some(
      ({ instrument, time }) => instrument === trade.instrument && time > trade.entryTime && time <= trade.exitTime,
    );
    const [low, high] = isSplit ? [Number.NaN, Number.NaN] : rangeOf(trade, barRow(result, trade.exitRow), market);
    const { direction, entryPrice } = trade;
    const worst = direction > 0 ? low : high;
    const best = direction > 0 ? high : low;
    adverse[place] = Math.max(0, (direction * (entryPrice - worst)) / entryPrice);
    favorable[place] = Math.max(0, (direction * (best - entryPrice)) / entryPrice);
  }
  return { adverse, favorable };
}

function rangeOf(
  { instrument, entryTime, exitPrice }: RoundTrip,
  exitRow: number,
  { bars, starts, universe }: BarHistory,
): [number, number] {
  let low = exitPrice;
  let high = exitPrice;
  // From the exit's own bar backwards: that one was not held whole.
  for (let row = exitRow - 1; row >= 0 && starts[row]! >= entryTime; row--) {
    const cell = row * universe.size + instrument;
    if (bars.low[cell]! < low) low = bars.low[cell]!;
    if (bars.high[cell]! > high) high = bars.high[cell]!;
  }
  return [low, high];
}

/** Mean excursions of the closed round trips. */
export interface ExcursionMetrics {
  readonly averageAdverseExcursion: Metric;
  readonly averageFavorableExcursion: Metric;
}

/** Means of {@link excursionsOf} over the round trips that have one. */
export function excursionMetrics(result: RunResult, market: BarHistory | undefined): ExcursionMetrics {
  if (market === undefined) return without('the bars of the run are not at hand');
  if (result.trades.length === 0) return without('no round trip was closed');
  const { adverse, favorable } = excursionsOf(result, market);
  return { averageAdverseExcursion: meanOf(adverse), averageFavorableExcursion: meanOf(favorable) };
}

function meanOf(values: Float64Array): Metric {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return notDefined('fraction', 'a split lay in every round trip');
  return metric(known.reduce((sum, value) => sum + value, 0) / known.length, 'fraction');
}

function without(reason: string): ExcursionMetrics {
  const none = notDefined('fraction', reason);
  return { averageAdverseExcursion: none, averageFavorableExcursion: none };
}
