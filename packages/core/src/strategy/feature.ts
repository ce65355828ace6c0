import type { Timeframe } from '../calendar/timeframe.js';
import type { Bars } from '../market/bars.js';
import type { SessionDay } from '../time/timestamp.js';

/** A feature's number in the engine: reading by it costs one array access. */
export type FeatureHandle = number & { readonly __brand: 'FeatureHandle' };

/**
 * What a feature's value counts. Across a split a feature of unit `price` is continued and divided back when it is read,
 * one of unit `shares` likewise the other way round, so that neither jumps on the day.
 */
export type FeatureUnit = 'price' | 'shares' | 'none';

/** A feature as a value: the same `key` always means the same numbers, so that strategies share one computation. */
export interface FeatureSpec {
  /** Name and parameters, for example `sma(10)`; of a feature of other features with their keys in it. */
  readonly key: string;
  readonly unit: FeatureUnit;
  /** Length of the bars that it is computed of. Default: those of the slices. */
  readonly timeframe?: Timeframe;
  /** Bars of its timeframe without a hole until the first value. */
  readonly warmUpBars: number;
  /** Features that it is computed of. Each is stepped once a row, before this one, however many read it. */
  readonly inputs?: readonly FeatureSpec[];
  /**
   * Keys of the values that its kernel writes, when one kernel makes several: the `k`-th of instrument `i` goes to `out[base + k * apart + i]`. A
   * feature of such a key that has this one among its inputs is not stepped itself. All are of the unit given here.
   */
  readonly outputs?: readonly string[];
  /** Fresh state. */
  create(setup: KernelSetup): FeatureKernel;
}

/** What a kernel is made for. */
export interface KernelSetup {
  /** How many instruments it steps at once. */
  readonly instruments: number;
  /** Where the values of its inputs stand after they have been stepped, in the order of the spec. */
  readonly inputs: readonly FeatureInput[];
  /** Cells from one of several outputs to the next. */
  readonly apart: number;
  /** Sector of an instrument, `undefined` when unknown. */
  sector(instrument: number): string | undefined;
}

/** The value of instrument `i` is `values[base + i]`; NaN where there is none. */
export interface FeatureInput {
  readonly values: Float64Array;
  readonly base: number;
}

/** Where in its session a row of bars is. One object, used again for every row. */
export interface BarMoment {
  /** New York date of the session; of a week that of its last session. */
  readonly session: SessionDay;
  /** Minutes from the session's open to the end of the bars: 15 … 390 for quarter hours. */
  readonly minute: number;
  /** Length of the session in minutes: 390, on a half day 210. */
  readonly sessionMinutes: number;
}

/**
 * Computes one feature for all instruments together, one row of bars after the other. Batch is a loop over `step`.
 */
export interface FeatureKernel {
  /**
   * Everything that the kernel remembers between rows. Whoever copies these arrays and later sets them again has the kernel as
   * it was, to the bit.
   */
  readonly state: readonly KernelState[];
  /**
   * Reads the row of `bars` that begins at `offset` and writes one value per instrument to `out[base + i]`: NaN while
   * not warmed up and wherever the instrument has no bar. Called once per row, in time order; must not allocate.
   */
  step(bars: Bars, offset: number, out: Float64Array, base: number, moment: BarMoment): void;
  /**
   * To the bit what `step` gives over so many rows one after the other. In `bars`, in `out` and in the values of inputs alike a row begins
   * `instruments` cells after the one before. For kernels that look at no moment: a batch then takes many rows of one instrument at a time, whose memory is
   * read and written only once.
   */
  run?(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void;
}

/** A part of a kernel's memory. */
export type KernelState = Float64Array | Int32Array | Uint8Array;

/**
 * The same feature of longer bars: `on('day', sma(20))` is the mean of the last 20 daily closes. Inputs that have no timeframe
 * of their own go with it.
 */
export function on(timeframe: Timeframe, spec: FeatureSpec): FeatureSpec {
  const { inputs } = spec;
  if (inputs === undefined) return { ...spec, timeframe };
  return {
    ...spec,
    timeframe,
    inputs: inputs.map((input) => (input.timeframe === undefined ? on(timeframe, input) : input)),
  };
}
