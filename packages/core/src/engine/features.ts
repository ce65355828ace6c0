import { ConfigError } from '../errors.js';
import { type Bars, emptyBars } from '../market/bars.js';
import type { FeatureHandle, FeatureKernel, FeatureSpec, FeatureUnit } from '../strategy/feature.js';

/**
 * All features of a run, stepped once a slice for all instruments. Kernels read forward-adjusted prices, so that a split
 * does not look like a fall; values in dollars or shares are divided back when they are read.
 */
export class FeatureBoard {
  readonly #instruments: number;
  readonly #kernels: FeatureKernel[] = [];
  readonly #units: FeatureUnit[] = [];
  readonly #handles = new Map<string, FeatureHandle>();
  /** Product of the split ratios so far: adjusted price = price × factor. */
  readonly #factor: Float64Array;
  #values = new Float64Array(0);
  #adjusted: Bars | undefined;

  constructor(instruments: number) {
    this.#instruments = instruments;
    this.#factor = new Float64Array(instruments).fill(1);
  }

  /** The handle of a feature; the same key gives the same handle. Throws `ConfigError` when one key names two units. */
  add(spec: FeatureSpec): FeatureHandle {
    const known = this.#handles.get(spec.key);
    if (known !== undefined) {
      if (this.#units[known] !== spec.unit) {
        throw new ConfigError(
          'FEATURE_KEY',
          `two features call themselves "${spec.key}" but have different units; rename one`,
          { key: spec.key },
        );
      }
      return known;
    }
    const handle = this.#kernels.length as FeatureHandle;
    this.#kernels.push(spec.create(this.#instruments));
    this.#units.push(spec.unit);
    this.#handles.set(spec.key, handle);
    this.#values = new Float64Array(this.#kernels.length * this.#instruments).fill(Number.NaN);
    return handle;
  }

  /** Takes a slice's row into every kernel. */
  step(row: Bars): void {
    const bars = this.#adjusted === undefined ? row : this.#adjust(row, this.#adjusted);
    for (let k = 0; k < this.#kernels.length; k++) this.#kernels[k]!.step(bars, 0, this.#values, k * this.#instruments);
  }

  /** Last value of a feature, in the day's own units. */
  value(handle: FeatureHandle, instrument: number): number {
    const value = this.#values[handle * this.#instruments + instrument]!;
    return this.#adjusted === undefined ? value : this.#inOwnUnits(value, handle, instrument);
  }

  /** From now on one old share is `ratio` new ones. */
  split(instrument: number, ratio: number): void {
    this.#factor[instrument] = this.#factor[instrument]! * ratio;
    this.#adjusted ??= emptyBars(this.#instruments);
  }

  #inOwnUnits(value: number, handle: FeatureHandle, instrument: number): number {
    const unit = this.#units[handle];
    if (unit === 'price') return value / this.#factor[instrument]!;
    return unit === 'shares' ? value * this.#factor[instrument]! : value;
  }

  #adjust(row: Bars, into: Bars): Bars {
    for (let i = 0; i < this.#instruments; i++) {
      const factor = this.#factor[i]!;
      into.open[i] = row.open[i]! * factor;
      into.high[i] = row.high[i]! * factor;
      into.low[i] = row.low[i]! * factor;
      into.close[i] = row.close[i]! * factor;
      into.volume[i] = row.volume[i]! / factor;
    }
    return into;
  }
}
