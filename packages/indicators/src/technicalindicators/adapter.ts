import { ConfigError, type FeatureKernel, type FeatureUnit } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { Window } from '../base/window.js';

/** A class of technicalindicators: what is used of it is its static `calculate`. */
export interface TechnicalIndicator<Options extends object> {
  /** The results of whole arrays, the last one belonging to the last bar. */
  calculate(options: Options): readonly unknown[];
}

/** How an indicator of technicalindicators is fed and read. */
export interface TechnicalIndicatorOptions<Options extends object> {
  /** Its name in the key of the feature: `RSI`. */
  readonly name: string;
  /** Bars that are handed to it each time, the last ones that there were. It sees nothing before them. */
  readonly window: number;
  /** Its input arrays and what is in them: `{ values: 'close' }`, `{ high: 'high', low: 'low', close: 'close' }`. */
  readonly reads: { readonly [Name in keyof Options]?: Input };
  /** Its other options: `{ period: 14 }`. */
  readonly parameters?: Partial<Options>;
  /** Which member of its result, where that is an object: `MACD`, `upper`. */
  readonly output?: string;
  /** Default `none`. */
  readonly unit?: FeatureUnit;
}

/**
 * An indicator of the npm package technicalindicators as a feature. At every bar it is computed anew of the last `window` bars, and its last value is
 * taken: so it has no memory besides these bars, forgets a bad one after `window` bars and never leaks, and what it leaves out at the start of its output
 * does not matter. That costs as much time as the window is long, and memory for the arrays: for a few features and for trying things out. Its
 * known defects come with it (rounding of RSI and MFI to two decimals, and others: see the guide). A missing bar gives NaN and is left out;
 * so does an answer that is no finite number. Throws `ConfigError` without anything to read, and on a window that is no whole number of at
 * least 1.
 */
export function fromTechnicalIndicators<Options extends object>(
  { calculate }: TechnicalIndicator<Options>,
  { name, window, reads, parameters, output, unit = 'none' }: TechnicalIndicatorOptions<Options>,
): Indicator {
  requirePeriod(name, window, 1, 'window');
  const names = Object.keys(reads) as (keyof Options & string)[];
  if (names.length === 0) {
    const message = `${name} reads nothing; say what its input arrays hold, for example { values: 'close' }`;
    throw new ConfigError('INDICATOR_PARAMETER', message, { name });
  }
  const inputs = names.map((key) => reads[key] ?? 'close');
  const text = [
    JSON.stringify(parameters ?? {}),
    ...names.map((key, k) => `${key}=${keyOf(inputs[k]!)}`),
    output ?? '',
  ];
  return indicator({
    key: `technicalindicators.${name}(${window},${text.join(',')})`,
    unit,
    bars: window,
    inputs: inputs.map(featureOf),
    create({ instruments, inputs: fed }): FeatureKernel {
      const windows = names.map(() => new Window(window, instruments));
      const last = (i: number): number => {
        const arrays = names.map((key, k) => [key, inOrder(windows[k]!, i)]);
        const results = calculate({ ...parameters, ...Object.fromEntries(arrays) } as Options);
        return numberOf(results.at(-1), output);
      };
      return {
        state: windows.flatMap(({ state }) => state),
        step(_bars, _offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            out[base + i] = Number.NaN;
            if (fed.some(({ values, base: at }) => Number.isNaN(values[at + i]!))) continue;
            for (const [k, { values, base: at }] of fed.entries()) windows[k]!.push(i, values[at + i]!);
            if (windows[0]!.full[i] === 1) out[base + i] = last(i);
          }
        },
      };
    },
  });
}

/** The values of a full window, the oldest first. */
function inOrder({ period, values, next }: Window, i: number): readonly number[] {
  const list = Array.from(values.subarray(i * period, (i + 1) * period));
  return [...list.slice(next[i]), ...list.slice(0, next[i])];
}

function numberOf(result: unknown, output: string | undefined): number {
  const value: unknown =
    output !== undefined && typeof result === 'object' && result !== null
      ? (result as Readonly<Record<string, unknown>>)[output]
      : result;
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;
}
