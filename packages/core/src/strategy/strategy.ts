import type { InstrumentIndex } from '../market/instrument.js';
import type { Timestamp } from '../time/timestamp.js';
import type { FeatureHandle, FeatureSpec } from './feature.js';
import type { Signal, Stance } from './signal.js';

/** The place of a strategy in an engine. */
export type StrategyIndex = number & { readonly __brand: 'StrategyIndex' };

/**
 * What a strategy sees: the slice that has just closed, and nothing after it. It holds no column and no history; a value
 * is read through a cursor that the engine moves; call the methods on the view, they do not work taken apart. NaN means that there is no value: no bar, or not warmed up.
 */
export interface MarketView {
  /** End of the slice. */
  readonly time: Timestamp;
  /** The session's date, as days since 1970-01-01. */
  readonly session: number;
  /** Slices since the engine was made, from 0. */
  readonly slice: number;
  /** Every instrument of the universe, in its order. */
  readonly instruments: readonly InstrumentIndex[];
  /** A wish that opens can be met in this slice. False after the timetable's last entry. */
  readonly canEnter: boolean;
  /** This is the session's last slice in which a wish to close is heard (15:45 by default). */
  readonly lastExit: boolean;
  /** The instrument has a bar in this slice. */
  traded(instrument: InstrumentIndex): boolean;
  /** First price of the bar in dollars; NaN without a bar, as in all that follow. */
  open(instrument: InstrumentIndex): number;
  /** Highest price of the bar. */
  high(instrument: InstrumentIndex): number;
  /** Lowest price of the bar. */
  low(instrument: InstrumentIndex): number;
  /** Last price of the bar. */
  close(instrument: InstrumentIndex): number;
  /** Shares traded in the bar. */
  volume(instrument: InstrumentIndex): number;
  /** Value of a feature after this slice; of a longer timeframe that of its last closed bar, NaN before the first. */
  feature(handle: FeatureHandle, instrument: InstrumentIndex): number;
  /**
   * A bar of the feature's timeframe has closed since the strategy was last asked. A day closes after the session's last
   * slice, so that the first slice of the next session on which strategies are asked is the one to hear of it.
   */
  closedNow(handle: FeatureHandle): boolean;
  /** What became of this strategy's own last wish for the instrument. */
  stance(instrument: InstrumentIndex): Stance;
}

/** What a strategy's own sizing may use. */
export interface SizingBudget {
  /** The strategy's share of the account's equity, in dollars. */
  readonly equity: number;
  /** Last close of the instrument. */
  readonly price: number;
  /** Smallest quantity step. */
  readonly lot: number;
}

/**
 * States wishes, once per decision slice, for all instruments together. It sends no orders and knows no broker. Memory of
 * its own must be derivable from bars, so that a restart can rebuild it.
 */
export interface Strategy {
  readonly name: string;
  /** The wishes that changed in this slice. The view is valid during the call only. */
  generateSignals(market: MarketView): readonly Signal[];
  /** Absolute quantity in shares for a wish; without it the risk manager's sizer decides. */
  positionSize?(signal: Signal, budget: SizingBudget): number;
  /** A last look at a wish before it is sized; `false` refuses it. */
  validateSignal?(signal: Signal, market: MarketView): boolean;
}

/** What a strategy may ask for when it is made. */
export interface StrategySetup {
  /** Every instrument of the universe, in its order. */
  readonly instruments: readonly InstrumentIndex[];
  /** Place of an instrument. Throws `ConfigError` when the universe does not have it. */
  index(id: string): InstrumentIndex;
  /** The id at a place. */
  id(instrument: InstrumentIndex): string;
  /** Sector of an instrument, `undefined` when unknown. */
  sector(instrument: InstrumentIndex): string | undefined;
  /** Asks for a feature; the same key gives the same handle. */
  feature(spec: FeatureSpec): FeatureHandle;
}

/** Makes a strategy from its parameters. Throws `ConfigError` on parameters that cannot be meant. */
export type StrategyFactory<P = Readonly<Record<string, unknown>>> = (setup: StrategySetup, parameters: P) => Strategy;
