import type { Bars } from '../market/bars.js';
import type { InstrumentIndex } from '../market/instrument.js';
import type { FeatureHandle } from '../strategy/feature.js';
import type { Stance } from '../strategy/signal.js';
import type { MarketView } from '../strategy/strategy.js';
import type { Timestamp } from '../time/timestamp.js';
import type { FeatureBoard } from './features.js';

/** Where the cursor stands. NaN before the first slice: a number with a fraction from the start, so that its shape never changes. */
export class Cursor {
  time: Timestamp = Number.NaN as Timestamp;
  session: number = Number.NaN;
  slice = -1;
  canEnter = false;
  lastExit = false;
}

/**
 * The view of one strategy. Everything it reads from is a private field, so that nothing but single numbers of the slice that
 * has closed can be reached from it; what it reads from is a row, so that not even the engine holds a later bar.
 */
export class SliceView implements MarketView {
  readonly instruments: readonly InstrumentIndex[];
  readonly #cursor: Readonly<Cursor>;
  readonly #row: Bars;
  readonly #features: FeatureBoard;
  readonly #stance: (instrument: InstrumentIndex) => Stance;

  constructor(
    instruments: readonly InstrumentIndex[],
    cursor: Readonly<Cursor>,
    row: Bars,
    features: FeatureBoard,
    stance: (instrument: InstrumentIndex) => Stance,
  ) {
    this.instruments = instruments;
    this.#cursor = cursor;
    this.#row = row;
    this.#features = features;
    this.#stance = stance;
    Object.freeze(this);
  }

  get time(): Timestamp {
    return this.#cursor.time;
  }
  get session(): number {
    return this.#cursor.session;
  }
  get slice(): number {
    return this.#cursor.slice;
  }
  get canEnter(): boolean {
    return this.#cursor.canEnter;
  }
  get lastExit(): boolean {
    return this.#cursor.lastExit;
  }
  traded(instrument: InstrumentIndex): boolean {
    return !Number.isNaN(this.#row.close[instrument] ?? Number.NaN);
  }
  open(instrument: InstrumentIndex): number {
    return this.#row.open[instrument] ?? Number.NaN;
  }
  high(instrument: InstrumentIndex): number {
    return this.#row.high[instrument] ?? Number.NaN;
  }
  low(instrument: InstrumentIndex): number {
    return this.#row.low[instrument] ?? Number.NaN;
  }
  close(instrument: InstrumentIndex): number {
    return this.#row.close[instrument] ?? Number.NaN;
  }
  volume(instrument: InstrumentIndex): number {
    return this.#row.volume[instrument] ?? Number.NaN;
  }
  feature(handle: FeatureHandle, instrument: InstrumentIndex): number {
    return this.#features.value(handle, instrument);
  }
  closedNow(handle: FeatureHandle): boolean {
    return this.#features.closedNow(handle);
  }
  stance(instrument: InstrumentIndex): Stance {
    return this.#stance(instrument);
  }
}
