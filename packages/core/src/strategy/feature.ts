import type { Timeframe } from '../calendar/timeframe.js';
import type { Bars } from '../market/bars.js';

/** A feature's number in the engine: reading by it costs one array access. */
export type FeatureHandle = number & { readonly __brand: 'FeatureHandle' };

/**
 * What a feature's value counts. Across a split a feature of unit `price` is continued and divided back when it is read,
 * one of unit `shares` likewise the other way round, so that neither jumps on the day.
 */
export type FeatureUnit = 'price' | 'shares' | 'none';

/** A feature as a value: the same `key` always means the same numbers, so that strategies share one computation. */
export interface FeatureSpec {
  /** Name and parameters, for example `sma(10)`. */
  readonly key: string;
  readonly unit: FeatureUnit;
  /** Length of the bars that it is computed of. Default: those of the slices. */
  readonly timeframe?: Timeframe;
  /** Bars of its timeframe without a hole until the first value. */
  readonly warmUpBars: number;
  /** Fresh state for so many instruments. */
  create(instruments: number): FeatureKernel;
}

/** The same feature of longer bars: `on('day', sma(20))` is the mean of the last 20 daily closes. */
export function on(timeframe: Timeframe, spec: FeatureSpec): FeatureSpec {
  return { ...spec, timeframe };
}

/**
 * Computes one feature for all instruments together, one row of bars after the other. Batch is a loop over `step`.
 */
export interface FeatureKernel {
  /**
   * Reads the row of `bars` that begins at `offset` and writes one value per instrument to `out[base + i]`: NaN while
   * not warmed up and wherever the instrument has no bar. Called once per row, in time order; must not allocate.
   */
  step(bars: Bars, offset: number, out: Float64Array, base: number): void;
}
