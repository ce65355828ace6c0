import type { Session, TradingCalendar } from '../calendar/session.js';
import { requireTimeframe, type Timeframe } from '../calendar/timeframe.js';
import { ConfigError } from '../errors.js';
import { type Bars, emptyBars } from '../market/bars.js';
import type { FeatureHandle, FeatureKernel, FeatureSpec, FeatureUnit } from '../strategy/feature.js';
import type { SessionDay, Timestamp } from '../time/timestamp.js';
import { LongerBars } from './longer-bars.js';

/** A kernel and where its values stand. */
interface Stepped {
  readonly kernel: FeatureKernel;
  readonly base: number;
}

/** The features of one timeframe, and the bars that are being made for them. */
interface Longer {
  readonly bars: LongerBars;
  readonly stepped: Stepped[];
  /** A bar has closed since strategies were last asked. */
  isNew: boolean;
}

/**
 * All features of a run, stepped for all instruments together: those of the slice's own bars once a slice, those of a longer
 * timeframe when a bar of it closes. Kernels read forward-adjusted prices, so that a split does not look like a fall; values
 * in dollars or shares are divided back when they are read.
 */
export class FeatureBoard {
  readonly #instruments: number;
  readonly #calendar: TradingCalendar;
  readonly #barMs: number | undefined;
  readonly #stepped: Stepped[] = [];
  readonly #longer = new Map<Timeframe, Longer>();
  /** By handle; `undefined` for a feature of the slice's own bars. */
  readonly #timeframes: (Longer | undefined)[] = [];
  readonly #units: FeatureUnit[] = [];
  readonly #handles = new Map<string, FeatureHandle>();
  /** Product of the split ratios so far: adjusted price = price × factor. */
  readonly #factor: Float64Array;
  #values = new Float64Array(0);
  #adjusted: Bars | undefined;

  /** `barMs`: length of the slices' bars, where it is known. */
  constructor(instruments: number, calendar: TradingCalendar, barMs: number | undefined) {
    this.#instruments = instruments;
    this.#calendar = calendar;
    this.#barMs = barMs;
    this.#factor = new Float64Array(instruments).fill(1);
  }

  /**
   * The handle of a feature; the same key on the same timeframe gives the same handle. Throws `ConfigError` when one key
   * names two units, or when the slices' bars do not fill those of the timeframe.
   */
  add(spec: FeatureSpec): FeatureHandle {
    const key = `${spec.timeframe ?? ''} ${spec.key}`;
    const known = this.#handles.get(key);
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
    const longer = spec.timeframe === undefined ? undefined : this.#on(spec.timeframe);
    const handle = this.#units.length as FeatureHandle;
    const stepped = { kernel: spec.create(this.#instruments), base: handle * this.#instruments };
    (longer?.stepped ?? this.#stepped).push(stepped);
    this.#timeframes.push(longer);
    this.#units.push(spec.unit);
    this.#handles.set(key, handle);
    this.#values = new Float64Array(this.#units.length * this.#instruments).fill(Number.NaN);
    return handle;
  }

  #on(timeframe: Timeframe): Longer {
    const known = this.#longer.get(timeframe);
    if (known !== undefined) return known;
    // A bar of one millisecond fills everything: what is not known cannot be refused.
    requireTimeframe(timeframe, this.#barMs ?? 1);
    const bars = new LongerBars(timeframe, this.#instruments, this.#calendar);
    const longer: Longer = { bars, stepped: [], isNew: false };
    this.#longer.set(timeframe, longer);
    return longer;
  }

  /** Takes a slice's row into every kernel, and closes the longer bars that end with it. `end` is the end of the slice. */
  step(row: Bars, session: Session, end: Timestamp): void {
    const bars = this.#adjusted === undefined ? row : this.#adjust(row, this.#adjusted);
    for (const { kernel, base } of this.#stepped) kernel.step(bars, 0, this.#values, base);
    if (this.#longer.size === 0) return;
    for (const longer of this.#longer.values()) {
      this.#closed(longer, longer.bars.before(session, end));
      longer.bars.take(bars);
      this.#closed(longer, longer.bars.at(end));
    }
  }

  /** A session is over: closes the day, and the week with its last session, at the official prices. */
  closeSession(official: Float64Array, session: SessionDay): void {
    if (this.#longer.size === 0) return;
    const prices = this.#adjusted === undefined ? official : official.map((price, i) => price * this.#factor[i]!);
    for (const longer of this.#longer.values()) this.#closed(longer, longer.bars.sessionClosed(prices, session));
  }

  #closed(longer: Longer, bars: Bars | undefined): void {
    if (bars === undefined) return;
    for (const { kernel, base } of longer.stepped) kernel.step(bars, 0, this.#values, base);
    longer.bars.clear();
    longer.isNew = true;
  }

  /** Strategies have seen what is new. */
  seen(): void {
    for (const longer of this.#longer.values()) longer.isNew = false;
  }

  /** A bar of the feature's timeframe has closed since strategies were last asked; for the slice's own bars always. */
  closedNow(handle: FeatureHandle): boolean {
    return this.#timeframes[handle]?.isNew ?? true;
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
