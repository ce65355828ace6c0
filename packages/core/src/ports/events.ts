import type { Bars } from '../market/bars.js';
import type { InstrumentIndex } from '../market/instrument.js';
import type { BrokerCommand } from '../orders/group.js';
import type { OrderStatus } from '../orders/life.js';
import type { OrderNumber } from '../orders/request.js';
import type { Signal, Stance } from '../strategy/signal.js';
import type { StrategyIndex } from '../strategy/strategy.js';
import type { SessionDay, Timestamp } from '../time/timestamp.js';

/** What every event carries once the sequencer has taken it. */
export interface Stamp {
  /** Place in the one order of events, from 0. */
  readonly sequence: number;
  /** When the engine learned it; never decreases. */
  readonly time: Timestamp;
}

/** Every bar that closed at one instant: one row, valid during `process` only. A field of NaN: no bar. */
export interface SliceEvent extends Stamp {
  readonly kind: 'slice';
  readonly session: SessionDay;
  /** End of the bars. */
  readonly end: Timestamp;
  readonly bars: Bars;
}

/** The official closes of a session, after its last slice. NaN where there is none: the last close stands in. */
export interface SessionCloseEvent extends Stamp {
  readonly kind: 'session-close';
  readonly session: SessionDay;
  readonly official: Float64Array;
}

/** What a fill cost, where the venue says so. Parts of its commission and of its price, told for the record alone. */
export interface FillCosts {
  /** What of the commission are fees of regulators and exchanges, in dollars. */
  readonly fees?: number;
  /** What the price is worse for the spread, and for the fill's own impact, in dollars. */
  readonly spread?: number;
  readonly impact?: number;
}

/** Part of an order was traded. */
export interface FillEvent extends Stamp, FillCosts {
  readonly kind: 'fill';
  /** Unique at the venue: a fill told twice counts once. */
  readonly executionId: string;
  readonly order: OrderNumber;
  /** When it was traded, which may be before `time`. */
  readonly executedAt: Timestamp;
  readonly quantity: number;
  readonly price: number;
  /** Dollars that were charged for it, fees and all. */
  readonly commission: number;
  /** What else the venue says of it, for example which close an order at the close was filled at. */
  readonly note?: string;
}

/** A fill was changed by the venue; quantity 0 takes it back. */
export interface FillCorrectedEvent extends Stamp, FillCosts {
  readonly kind: 'fill-corrected';
  readonly executionId: string;
  readonly order: OrderNumber;
  readonly quantity: number;
  readonly price: number;
  readonly commission: number;
}

/** News of an order's state. */
export interface OrderUpdateEvent extends Stamp {
  readonly kind: 'order-update';
  readonly order: OrderNumber;
  readonly status: OrderStatus;
  /** Shares filled so far by the venue's own count. An order that ends is held open until its fills have arrived. */
  readonly filledQuantity: number;
  readonly reason: string;
  /** Who says so. */
  readonly venue: string;
}

/** What a timer is for, for example `protect:17`. */
export type TimerKey = string;

/** A timer that the engine asked for is due. */
export interface TimerEvent extends Stamp {
  readonly kind: 'timer';
  readonly key: TimerKey;
  readonly scheduledFor: Timestamp;
}

/** What a company did to its shares. */
export type CorporateAction =
  /** `ratio` new shares for one old one; a fraction that the lot does not allow is paid at `cashInLieu` dollars a share. */
  | { readonly type: 'split'; readonly ratio: number; readonly cashInLieu: number }
  | { readonly type: 'dividend'; readonly perShare: number }
  /** The shares are gone, against so much cash each. */
  | { readonly type: 'delisted'; readonly perShare: number };

/** A corporate action takes effect, before the first match of its day. */
export interface CorporateActionEvent extends Stamp {
  readonly kind: 'corporate-action';
  readonly instrument: InstrumentIndex;
  readonly action: CorporateAction;
}

/** A bar came after its slice had closed, or was changed. Recorded, never recomputed. */
export interface BarCorrectionEvent extends Stamp {
  readonly kind: 'bar-correction';
  readonly instrument: InstrumentIndex;
  readonly end: Timestamp;
  readonly reason: 'late' | 'corrected';
}

/** What the broker says of the account. Compared, never adopted. */
export interface AccountEvent extends Stamp {
  readonly kind: 'account';
  readonly cash: number;
  readonly equity: number;
  readonly buyingPower: number;
  /** Signed shares by instrument. */
  readonly positions: readonly number[];
}

/** `deposit` and `withdrawal` are flows, no profit and no loss; `adopted` is a difference that somebody has accepted. */
export type AdjustmentType = 'fee' | 'interest' | 'borrow' | 'dividend' | 'deposit' | 'withdrawal' | 'adopted';

/** Cash or shares that moved without an order of ours. */
export interface AdjustmentEvent extends Stamp {
  readonly kind: 'adjustment';
  readonly type: AdjustmentType;
  /** Dollars, signed. */
  readonly cash: number;
  readonly instrument?: InstrumentIndex;
  /** Shares, signed; needs `instrument`. */
  readonly quantity?: number;
  /** The book that it belongs to; by default the one that holds most of the instrument. */
  readonly strategy?: StrategyIndex;
  readonly reason: string;
}

/** A connection was lost or is back. */
export interface ConnectionEvent extends Stamp {
  readonly kind: 'connection';
  readonly part: 'feed' | 'broker';
  readonly up: boolean;
}

/** What a person or a supervisor may ask for. No command ever loosens. */
export interface CommandEvent extends Stamp {
  readonly kind: 'command';
  readonly command: 'reduce-only' | 'halt' | 'flatten' | 'tighten';
  /** Of `tighten`: lower limits by the names of their rules, for example `{ 'max-gross': 0.5 }`, in the rules' own units. */
  readonly limits?: Readonly<Record<string, number>>;
  readonly reason: string;
}

/** The engine was started; the only event that may carry a release of a halt. */
export interface StartedEvent extends Stamp {
  readonly kind: 'started';
  readonly reason: string;
  readonly release?: { readonly rule: string; readonly reason: string };
}

/** Everything that an engine can learn. */
export type EngineEvent =
  | SliceEvent
  | SessionCloseEvent
  | FillEvent
  | FillCorrectedEvent
  | OrderUpdateEvent
  | TimerEvent
  | CorporateActionEvent
  | BarCorrectionEvent
  | AccountEvent
  | AdjustmentEvent
  | ConnectionEvent
  | CommandEvent
  | StartedEvent;

/** An event before the sequencer has numbered it. */
type Unstamped<E> = E extends EngineEvent ? Omit<E, 'sequence'> : never;

/** What a broker tells: an engine event before the sequencer has numbered it. */
export type BrokerEvent = Unstamped<
  | FillEvent
  | FillCorrectedEvent
  | OrderUpdateEvent
  | AccountEvent
  | AdjustmentEvent
  | ConnectionEvent
  | CorporateActionEvent
>;

/** What the market tells. `clock` says only that time has come so far: it becomes no event, but timers fall due. */
export type FeedStep =
  | Unstamped<
      | SliceEvent
      | SessionCloseEvent
      | CorporateActionEvent
      | BarCorrectionEvent
      | ConnectionEvent
      | CommandEvent
      | StartedEvent
    >
  | { readonly kind: 'clock'; readonly time: Timestamp };

/** `active`: all orders. `reduce-only`: nothing opens. `halted`: nothing opens, and what is open is closed by policy. */
export type TradingState = 'active' | 'reduce-only' | 'halted';

/** A change of state that a decision caused. Recovery commits recorded decisions; nobody decides them again. */
export type Decision =
  | {
      readonly kind: 'stance';
      readonly strategy: StrategyIndex;
      readonly instrument: InstrumentIndex;
      readonly stance: Stance;
      readonly signal: Signal | undefined;
    }
  /** `dropsRest`: the cancel of an entry whose stance then wants no more than what was filled. */
  | { readonly kind: 'command'; readonly command: BrokerCommand; readonly dropsRest?: true }
  | { readonly kind: 'timer'; readonly key: TimerKey; readonly at: Timestamp }
  | {
      readonly kind: 'state';
      readonly state: TradingState;
      readonly until: HaltEnd;
      readonly rule: string;
      readonly reason: string;
      readonly measured?: number;
      readonly limit?: number;
      /** The halt ends by itself so many sessions later; only for research. */
      readonly releaseAfterSessions?: number;
    }
  /** The answer to one limit of a `tighten` command: `limit` is what holds from now on, NaN where the rule has none. */
  | {
      readonly kind: 'limit';
      readonly status: 'tightened' | 'refused';
      readonly rule: string;
      readonly asked: number;
      readonly limit: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'refused';
      readonly strategy: StrategyIndex;
      readonly instrument: InstrumentIndex;
      readonly rule: string;
      readonly measured: number;
      readonly limit: number;
      readonly reason: string;
    };

/** What ends a state tighter than `active`: the next session's first slice, or a `started` event with a release. */
export type HaltEnd = 'next-session' | 'started';

/** A timer that the engine wants. */
export interface TimerRequest {
  readonly key: TimerKey;
  readonly at: Timestamp;
}

/** What an event led to. One object, reused: valid until the next `process`. */
export interface EngineOutput {
  readonly decisions: readonly Decision[];
  /** Cancels first, then reductions, then entries. */
  readonly commands: readonly BrokerCommand[];
  readonly timers: readonly TimerRequest[];
}
