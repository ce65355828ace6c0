import type { Bars, FeatureInput, FeatureKernel, FeatureSpec, FeatureUnit } from '@tradekit/core';
import { fading, type Indicator, indicator, type Memory } from './indicator.js';
import { requireOneOf, requirePeriod } from './require.js';

type Column = 'open' | 'high' | 'low' | 'close' | 'volume';

/** The columns of bars. */
export const COLUMNS: readonly Column[] = ['open', 'high', 'low', 'close', 'volume'];
/** Everything that is a value of a bar. */
export const FIELDS: readonly BarField[] = [...COLUMNS, 'typical', 'median', 'weighted', 'log-close'];

/**
 * A value of a bar: a column of it; `typical` (high + low + close) / 3; `median` (high + low) / 2; `weighted` (high + low +
 * 2 close) / 4; `log-close`, the natural logarithm of the close.
 */
export type BarField = 'open' | 'high' | 'low' | 'close' | 'volume' | 'typical' | 'median' | 'weighted' | 'log-close';

/** What an indicator is computed of: a value of the bar, or another feature. */
export type Input = BarField | FeatureSpec;

/** A length, and what it is counted on. */
export interface PeriodOptions {
  /** Bars, at least 1 where nothing else is said. */
  readonly period: number;
  /** Default `close`. */
  readonly input?: Input;
}

/** Options, or the period alone. */
export type Period = number | PeriodOptions;

/** Both parts of a period that has been checked. */
export function periodOf(name: string, options: Period, least = 1): Required<PeriodOptions> {
  const { period, input = 'close' } = typeof options === 'number' ? { period: options } : options;
  requirePeriod(name, period, least);
  return { period, input };
}

/** A value of the bar as a feature, NaN where there is no bar. Unit: dollars, of volume shares, of the logarithm none. */
export function field(name: BarField): Indicator {
  requireOneOf('field', 'name', name, FIELDS);
  return indicator({
    key: name,
    unit: unitOf(name),
    create({ instruments }): FeatureKernel {
      const copy = fieldCopy(name);
      return {
        state: [],
        step: (bars, offset, out, base) => copy(bars, offset, out, base, instruments),
        run: (bars, offset, out, base, rows) => copy(bars, offset, out, base, rows * instruments),
      };
    },
  });
}

/** Writes so many values of a field, side by side. */
function fieldCopy(
  name: BarField,
): (bars: Bars, offset: number, out: Float64Array, base: number, count: number) => void {
  switch (name) {
    case 'typical':
      return ({ high, low, close }, offset, out, base, count) => {
        for (let i = 0; i < count; i++) out[base + i] = (high[offset + i]! + low[offset + i]! + close[offset + i]!) / 3;
      };
    case 'median':
      return ({ high, low }, offset, out, base, count) => {
        for (let i = 0; i < count; i++) out[base + i] = (high[offset + i]! + low[offset + i]!) / 2;
      };
    case 'weighted':
      return ({ high, low, close }, offset, out, base, count) => {
        for (let i = 0; i < count; i++)
          out[base + i] = (high[offset + i]! + low[offset + i]! + 2 * close[offset + i]!) / 4;
      };
    case 'log-close':
      return ({ close }, offset, out, base, count) => {
        for (let i = 0; i < count; i++) out[base + i] = Math.log(close[offset + i]!);
      };
    default:
      return (bars, offset, out, base, count) => {
        const values = bars[name];
        for (let i = 0; i < count; i++) out[base + i] = values[offset + i]!;
      };
  }
}

/** An input as a feature. */
export function featureOf(input: Input): FeatureSpec {
  return typeof input === 'string' ? field(input) : input;
}

/** How an input is named in a key: a feature of a timeframe of its own is another one than the same of the slices. */
export function keyOf(input: Input): string {
  if (typeof input === 'string') return input;
  return input.timeframe === undefined ? input.key : `${input.key}@${input.timeframe}`;
}

/** The unit of an input. */
export function unitOf(input: Input): FeatureUnit {
  if (typeof input !== 'string') return input.unit;
  if (input === 'volume') return 'shares';
  return input === 'log-close' ? 'none' : 'price';
}

const isColumn = (input: Input): input is Column => COLUMNS.includes(input as Column);

/** Where a kernel finds the values of a row: in a column of the bars, without a copy, or among the values of a feature. */
export class Source {
  readonly #column: Column;
  readonly #fed: Float64Array | undefined;
  readonly #base: number;

  constructor(input: Input, fed: FeatureInput | undefined) {
    this.#column = isColumn(input) ? input : 'close';
    this.#fed = fed?.values;
    this.#base = fed?.base ?? 0;
  }

  /** The array that holds the row. */
  of(bars: Bars): Float64Array {
    if (this.#fed !== undefined) return this.#fed;
    // Most read the close: a property of a fixed name costs less than one of a name that varies.
    return this.#column === 'close' ? bars.close : bars[this.#column];
  }

  /** Place of the first instrument in it; `offset` is that of the row of bars. */
  at(offset: number): number {
    return this.#fed === undefined ? offset : this.#base;
  }
}

/**
 * Memory of a recursive average that keeps a fraction at every bar. Averages of prices begin within a few per cent of each other; of
 * anything else they may begin anywhere, so that their seed is counted too.
 */
export function averaging(input: Input, period: number, kept: number): Memory {
  const isPrice = typeof input === 'string' && input !== 'volume';
  return isPrice ? fading(kept) : (tolerance) => period + fading(kept)(tolerance);
}

/** What is particular to an indicator over one input. */
interface OverInput {
  readonly name: string;
  readonly parameters: readonly (number | string)[];
  readonly bars: number;
  readonly memory?: Memory;
  /** Default: that of the input. */
  readonly unit?: FeatureUnit;
  /** Keys of its values, where it has several. */
  readonly outputs?: readonly string[];
  /** `apart`: cells from one of several outputs to the next. */
  create(instruments: number, source: Source, apart: number): FeatureKernel;
}

/** An indicator over one input; its key is `name(parameters,input)`. */
export function overInput(input: Input, { name, parameters, unit, create, ...lengths }: OverInput): Indicator {
  if (typeof input === 'string') requireOneOf(name, 'input', input, FIELDS);
  return indicator({
    ...lengths,
    key: `${name}(${[...parameters, keyOf(input)].join(',')})`,
    unit: unit ?? unitOf(input),
    inputs: isColumn(input) ? [] : [featureOf(input)],
    create: ({ instruments, inputs, apart }) => create(instruments, new Source(input, inputs[0]), apart),
  });
}
