import type { Session, TradingCalendar } from '../calendar/session.js';
import { requireTimeframe, TIMEFRAMES, type Timeframe } from '../calendar/timeframe.js';
import { ConfigError } from '../errors.js';
import { type Bars, emptyBars } from '../market/bars.js';
import type { Universe } from '../market/instrument.js';
import type { BarMoment, FeatureHandle, FeatureInput, FeatureKernel, FeatureSpec } from '../strategy/feature.js';
import { MINUTE_MS, type SessionDay, type Timestamp } from '../time/timestamp.js';
import { LongerBars } from './longer-bars.js';

/** A kernel and where its values stand. */
interface Stepped {
  readonly kernel: FeatureKernel;
  readonly base: number;
}

/** A feature that was asked for. */
interface Asked {
  readonly spec: FeatureSpec;
  readonly inputs: readonly FeatureHandle[];
  /** `undefined` for a feature of the slice's own bars. */
  readonly longer: Longer | undefined;
  /** Its kernel writes it; else it is a further output of the one before. */
  readonly isStepped: boolean;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The features of one timeframe, and the bars that are being made for them. */
interface Longer {
  readonly timeframe: Timeframe;
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
  readonly #sector: (instrument: number) => string | undefined;
  // NaN, so that the fields hold floating-point numbers from the start: an engine made later then finds the same shape.
  readonly #moment: Writable<BarMoment> = {
    session: Number.NaN as SessionDay,
    minute: Number.NaN,
    sessionMinutes: Number.NaN,
  };
  /** By handle: inputs stand before what is computed of them. */
  readonly #asked: Asked[] = [];
  /** Of the slice's own bars; made with the first row. */
  readonly #stepped: Stepped[] = [];
  #isMade = false;
  /** The longest first: what closes together may be read by the shorter. */
  readonly #longer: Longer[] = [];
  readonly #handles = new Map<string, FeatureHandle>();
  /** Product of the split ratios so far: adjusted price = price × factor. */
  readonly #factor: Float64Array;
  #values = new Float64Array(0);
  #adjusted: Bars | undefined;

  /** `barMs`: length of the slices' bars, where it is known. */
  constructor({ instruments, size }: Universe, calendar: TradingCalendar, barMs: number | undefined) {
    this.#instruments = size;
    this.#sector = (instrument) => instruments[instrument]?.sector;
    this.#calendar = calendar;
    this.#barMs = barMs;
    this.#factor = new Float64Array(size).fill(1);
  }

  /**
   * The handle of a feature; the same key on the same timeframe gives the same handle. Throws `ConfigError` when one key
   * names two units, when the slices' bars do not fill those of the timeframe, or when an input is of a shorter one.
   */
  add(spec: FeatureSpec): FeatureHandle {
    const key = `${spec.timeframe ?? ''} ${spec.key}`;
    const known = this.#handles.get(key);
    if (known !== undefined) {
      if (this.#asked[known]!.spec.unit !== spec.unit) {
        throw new ConfigError(
          'FEATURE_KEY',
          `two features call themselves "${spec.key}" but have different units; rename one`,
          { key: spec.key },
        );
      }
      return known;
    }
    for (const input of spec.inputs ?? []) requireNotShorter(spec, input);
    const inputs = (spec.inputs ?? []).map((input) => this.add(input));
    // One of several outputs of an input: known by now.
    if (this.#handles.has(key)) return this.add(spec);
    const longer = spec.timeframe === undefined ? undefined : this.#on(spec.timeframe);
    const handle = this.#asked.length as FeatureHandle;
    this.#handles.set(key, handle);
    for (const [k, output] of (spec.outputs ?? [spec.key]).entries()) {
      this.#asked.push({ spec, inputs, longer, isStepped: k === 0 });
      const outputKey = `${spec.timeframe ?? ''} ${output}`;
      if (!this.#handles.has(outputKey)) this.#handles.set(outputKey, (handle + k) as FeatureHandle);
    }
    return handle;
  }

  /** Makes the kernels, when all features are known and with them the place of every value. */
  #make(): void {
    this.#isMade = true;
    this.#values = new Float64Array(this.#asked.length * this.#instruments).fill(Number.NaN);
    const input = (handle: number): FeatureInput => ({ values: this.#values, base: handle * this.#instruments });
    const instruments = this.#instruments;
    for (const [handle, { spec, inputs, longer, isStepped }] of this.#asked.entries()) {
      if (!isStepped) continue;
      const setup = { instruments, inputs: inputs.map(input), apart: instruments, sector: this.#sector };
      const stepped = { kernel: spec.create(setup), base: handle * this.#instruments };
      (longer?.stepped ?? this.#stepped).push(stepped);
    }
  }

  #on(timeframe: Timeframe): Longer {
    const known = this.#longer.find((longer) => longer.timeframe === timeframe);
    if (known !== undefined) return known;
    // A bar of one millisecond fills everything: what is not known cannot be refused.
    requireTimeframe(timeframe, this.#barMs ?? 1);
    const bars = new LongerBars(timeframe, this.#instruments, this.#calendar);
    const longer: Longer = { timeframe, bars, stepped: [], isNew: false };
    this.#longer.push(longer);
    this.#longer.sort((a, b) => TIMEFRAMES.indexOf(b.timeframe) - TIMEFRAMES.indexOf(a.timeframe));
    return longer;
  }

  /** Takes a slice's row into every kernel, and closes the longer bars that end with it. `end` is the end of the slice. */
  step(row: Bars, session: Session, end: Timestamp): void {
    if (!this.#isMade) this.#make();
    const bars = this.#adjusted === undefined ? row : this.#adjust(row, this.#adjusted);
    // Longer bars first: what is computed of the slice's own bars may read a day that has closed, and is stepped once.
    for (const longer of this.#longer) {
      this.#closed(longer, longer.bars.before(session, end));
      this.#at(session, end);
      longer.bars.take(bars);
      this.#closed(longer, longer.bars.at(end));
    }
    this.#at(session, end);
    for (const { kernel, base } of this.#stepped) kernel.step(bars, 0, this.#values, base, this.#moment);
  }

  #at({ day, open, close }: Session, end: Timestamp): void {
    this.#moment.session = day;
    this.#moment.minute = (end - open) / MINUTE_MS;
    this.#moment.sessionMinutes = (close - open) / MINUTE_MS;
  }

  /** A session is over: closes the day, and the week with its last session, at the official prices. */
  closeSession(official: Float64Array, session: SessionDay): void {
    if (this.#longer.length === 0) return;
    const prices = this.#adjusted === undefined ? official : official.map((price, i) => price * this.#factor[i]!);
    for (const longer of this.#longer) this.#closed(longer, longer.bars.sessionClosed(prices, session));
  }

  #closed(longer: Longer, bars: Bars | undefined): void {
    if (bars === undefined) return;
    for (const { kernel, base } of longer.stepped) kernel.step(bars, 0, this.#values, base, this.#moment);
    longer.bars.clear();
    longer.isNew = true;
  }

  /** Strategies have seen what is new. */
  seen(): void {
    for (const longer of this.#longer) longer.isNew = false;
  }

  /** A bar of the feature's timeframe has closed since strategies were last asked; for the slice's own bars always. */
  closedNow(handle: FeatureHandle): boolean {
    return this.#asked[handle]?.longer?.isNew ?? true;
  }

  /** Last value of a feature, in the day's own units. */
  value(handle: FeatureHandle, instrument: number): number {
    const value = this.#values[handle * this.#instruments + instrument] ?? Number.NaN;
    return this.#adjusted === undefined ? value : this.#inOwnUnits(value, handle, instrument);
  }

  /** From now on one old share is `ratio` new ones. */
  split(instrument: number, ratio: number): void {
    this.#factor[instrument] = this.#factor[instrument]! * ratio;
    this.#adjusted ??= emptyBars(this.#instruments);
  }

  #inOwnUnits(value: number, handle: FeatureHandle, instrument: number): number {
    const { unit } = this.#asked[handle]!.spec;
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

/** A bar must not read values that are of a part of it. */
function requireNotShorter(spec: FeatureSpec, input: FeatureSpec): void {
  const place = ({ timeframe }: FeatureSpec): number => (timeframe === undefined ? -1 : TIMEFRAMES.indexOf(timeframe));
  if (place(input) >= place(spec)) return;
  const message = `feature "${spec.key}" of timeframe ${spec.timeframe} reads "${input.key}" of ${input.timeframe ?? 'the slices'}; give the input the same timeframe, or a longer one`;
  throw new ConfigError('FEATURE_INPUT', message, { key: spec.key, input: input.key });
}
