import { ConfigError, type FeatureInput, type FeatureKernel, type FeatureSpec } from '@tradekit/core';
import { quarterHours } from './lengths.js';

/** A feature that also says how long its past lasts. */
export interface Indicator extends FeatureSpec {
  /**
   * Bars of its own, without a hole, after which two kernels that began at different bars agree to `tolerance`, relative to the
   * size of the values. `Infinity` where no bound exists.
   */
  convergenceBars(tolerance: number): number;
}

/** Bars until the past has faded to a fraction. */
export type Memory = (tolerance: number) => number;

/** What an indicator is made of. */
interface Parts extends Omit<FeatureSpec, 'warmUpBars'> {
  /** Bars, or values of its inputs, until its own first value. Default 1. */
  readonly bars?: number;
  /** How long its own past lasts, where that is not `bars`. */
  readonly memory?: Memory;
}

/**
 * An indicator over bars and other features: its lengths are its own on top of those of its slowest input, in its own bars. These are taken for quarter
 * hours where an input has longer ones.
 */
export function indicator({ bars = 1, memory, inputs = [], ...spec }: Parts): Indicator {
  const own = (tolerance: number): number => Math.max(bars, memory?.(tolerance) ?? bars);
  return {
    ...spec,
    ...(inputs.length > 0 && { inputs }),
    warmUpBars:
      Math.max(1, ...inputs.map(({ warmUpBars, timeframe }) => quarterHours(warmUpBars, timeframe))) + bars - 1,
    convergenceBars: (tolerance) =>
      Math.max(1, ...inputs.map((input) => quarterHours(convergenceBars(input, tolerance), input.timeframe))) +
      own(tolerance) -
      1,
  };
}

/**
 * Bars without a hole until a feature no longer depends on where its data began: two kernels that began at different bars then
 * agree to `tolerance`, relative to the size of their values. `Infinity` where there is no bound, as for sums over all bars and
 * paths that turn on events, and for features that do not say. With mixed timeframes an estimate, in quarter hours.
 */
export function convergenceBars(spec: FeatureSpec, tolerance = 1e-9): number {
  if (!(tolerance > 0 && tolerance < 1)) {
    const message = `convergenceBars has the tolerance ${tolerance}; give a fraction above 0 and below 1`;
    throw new ConfigError('INDICATOR_TOLERANCE', message, { tolerance });
  }
  return 'convergenceBars' in spec ? (spec as Indicator).convergenceBars(tolerance) : Number.POSITIVE_INFINITY;
}

/** A past of which every bar leaves the fraction `kept`. */
export function fading(kept: number): Memory {
  return (tolerance) => Math.ceil(Math.log(tolerance) / Math.log(kept));
}

/** A past that never fades, or of which only events decide how long it lasts. */
export const endless: Memory = () => Number.POSITIVE_INFINITY;

/** A feature without memory: `row` reads so many values of its inputs, side by side, and writes its own. */
export function formula(
  spec: Pick<FeatureSpec, 'key' | 'unit'> & { readonly inputs: readonly FeatureSpec[] },
  row: (out: Float64Array, base: number, count: number, inputs: readonly FeatureInput[]) => void,
): Indicator {
  return indicator({
    ...spec,
    create: ({ instruments, inputs }): FeatureKernel => ({
      state: [],
      step: (_bars, _offset, out, base) => row(out, base, instruments, inputs),
      // Without memory rows are one long row.
      run: (_bars, _offset, out, base, rows) => row(out, base, rows * instruments, inputs),
    }),
  });
}
