import type {
  AdjustmentType,
  BookTotals,
  CorporateAction,
  HaltEnd,
  InstrumentIndex,
  OrderNumber,
  OrderRole,
  SessionDay,
  StrategyIndex,
  Timestamp,
  TradingState,
  Universe,
} from '@tradekit/core';
import type { SessionExposures } from './exposures.js';

/** Every order made, in the order of making: entry `k` of each column belongs to one order. */
export interface OrderColumns {
  readonly length: number;
  readonly number: Int32Array;
  readonly strategy: Int32Array;
  readonly instrument: Int32Array;
  /** +1 buys, −1 sells. */
  readonly sign: Int8Array;
  readonly quantity: Float64Array;
  /** Codes of `pricingTypes`, `timesInForce`, `orderRoles` and, for the last status, `orderStatuses`. */
  readonly pricing: Uint8Array;
  readonly timeInForce: Uint8Array;
  readonly role: Uint8Array;
  readonly status: Uint8Array;
  /** NaN where the order has none. */
  readonly limitPrice: Float64Array;
  readonly stopPrice: Float64Array;
  /** When it was made. */
  readonly time: Float64Array;
  /** Row of the slice that closed last before it was made, in {@link EquityColumns}; −1 before the first. */
  readonly row: Int32Array;
  readonly filledQuantity: Float64Array;
  readonly reason: readonly string[];
}

/** Every fill, in the order in which the engine learned them. A corrected fill stands here as corrected. */
export interface FillColumns {
  readonly length: number;
  /** When it was traded. */
  readonly time: Float64Array;
  /** Place of its order in {@link OrderColumns}. */
  readonly order: Int32Array;
  readonly strategy: Int32Array;
  readonly instrument: Int32Array;
  /** +1 bought, −1 sold. */
  readonly sign: Int8Array;
  readonly quantity: Float64Array;
  readonly price: Float64Array;
  /** Dollars that were charged for it, fees and all. */
  readonly commission: Float64Array;
  /** What of the commission are fees of regulators and exchanges, in dollars. */
  readonly fees: Float64Array;
  /** What its price is worse for the spread and for its own impact, in dollars. 0 where the venue does not say. */
  readonly spread: Float64Array;
  readonly impact: Float64Array;
  /** Row of the slice that closed last before it, in {@link EquityColumns}; −1 before the first. */
  readonly row: Int32Array;
}

/**
 * The account after every slice. The row of a session's last slice is marked at the official close, as soon as that is known:
 * the same instant, the better price. Where the start is known, row 0 is the account before anything happened.
 */
export interface EquityColumns {
  readonly length: number;
  /** End of the slice. */
  readonly time: Float64Array;
  /** New York date of the slice's session, as days since 1970; 0 in the row of the start. */
  readonly session: Int32Array;
  readonly cash: Float64Array;
  readonly equity: Float64Array;
  /** Growth of one dollar with deposits and withdrawals taken out; without any it is equity ÷ initial cash. */
  readonly index: Float64Array;
  /** Sum of |market value| ÷ equity; NaN where the equity is not above zero. */
  readonly exposure: Float64Array;
}

/** Every session that was closed. */
export interface SessionColumns {
  readonly length: number;
  readonly day: Int32Array;
  /** Its last row in {@link EquityColumns}. */
  readonly row: Int32Array;
}

/** A wish that was refused, once for as long as it stood, with a count of how often it was tried. */
export interface RefusalRow {
  readonly time: Timestamp;
  readonly lastTime: Timestamp;
  readonly strategy: StrategyIndex;
  readonly instrument: InstrumentIndex;
  readonly direction: number;
  readonly rule: string;
  /** Of the first time. */
  readonly measured: number;
  readonly limit: number;
  readonly reason: string;
  readonly count: number;
  /** Mark of the instrument when it was refused first; NaN before the first. */
  readonly mark: number;
}

/** What ended a round trip: the role of the order that did, or something that was no order of ours. */
export type ClosedBy = OrderRole | 'delisted' | 'adjustment';

/** One strategy's position in one instrument from flat to flat. A flip ends one and begins the next. */
export interface RoundTrip {
  readonly strategy: StrategyIndex;
  readonly instrument: InstrumentIndex;
  /** +1 long, −1 short. */
  readonly direction: 1 | -1;
  /** Shares that were opened, in shares of its end where a split lay between. */
  readonly quantity: number;
  readonly entryTime: Timestamp;
  /** Average price of what was opened, likewise. */
  readonly entryPrice: number;
  readonly exitTime: Timestamp;
  readonly exitPrice: number;
  readonly commission: number;
  /** Dollars net of commission, dividends included. */
  readonly profit: number;
  /** Row of the slice that closed last before the exit, in {@link EquityColumns}. */
  readonly exitRow: number;
  /** Slices between entry and exit. */
  readonly barsHeld: number;
  readonly closedBy: ClosedBy;
  readonly reason: string;
}

/** What is held at the end, marked and not closed: nothing is invented. */
export interface OpenPosition {
  readonly strategy: StrategyIndex;
  readonly instrument: InstrumentIndex;
  /** Signed shares. */
  readonly quantity: number;
  readonly entryTime: Timestamp;
  readonly entryPrice: number;
  /** Last mark. */
  readonly mark: number;
  readonly commission: number;
  /** Dollars at the mark, net of commission, from flat on. */
  readonly profit: number;
}

/** An order that still works at the end. */
export interface OpenOrder {
  readonly number: OrderNumber;
  readonly strategy: StrategyIndex;
  readonly instrument: InstrumentIndex;
  readonly sign: number;
  /** Shares that it may yet trade. */
  readonly remaining: number;
}

/** Cash or shares that moved without an order: a corporate action on what was held, a fee, a deposit. */
export interface Movement {
  readonly time: Timestamp;
  readonly type: CorporateAction['type'] | AdjustmentType;
  readonly instrument: InstrumentIndex | undefined;
  /** New shares for one old one of a split; dollars a share of a dividend or a delisting; else undefined. */
  readonly value: number | undefined;
  /** Signed shares of the account; both 0 where there is no instrument. */
  readonly sharesBefore: number;
  readonly sharesAfter: number;
  /** Dollars, signed. */
  readonly cash: number;
  readonly reason: string;
}

/** A change of the trading state: a halt, or its end. */
export interface StateChange {
  readonly time: Timestamp;
  readonly session: SessionDay;
  readonly state: TradingState;
  readonly until: HaltEnd;
  readonly rule: string;
  readonly reason: string;
  /** What the rule measured and its limit, where it has them. */
  readonly measured: number | undefined;
  readonly limit: number | undefined;
  /** The halt ends by itself so many sessions later; only for research. */
  readonly releaseAfterSessions: number | undefined;
}

/** Everything that a run has come to. A value: recording further does not change it. */
export interface RunResult {
  readonly universe: Universe;
  /** Names, by strategy index. */
  readonly strategies: readonly string[];
  readonly accountTag: string;
  readonly initialCash: number;
  /** Yearly rate of cash that Sharpe takes off, as a fraction. */
  readonly cashRate: number;
  readonly orders: OrderColumns;
  readonly fills: FillColumns;
  readonly equity: EquityColumns;
  readonly sessions: SessionColumns;
  readonly exposures: SessionExposures;
  readonly refusals: readonly RefusalRow[];
  /** Closed round trips in the order of their ends. */
  readonly trades: readonly RoundTrip[];
  readonly positions: readonly OpenPosition[];
  readonly openOrders: readonly OpenOrder[];
  /** With the fills they make up the whole of the cash and the shares. */
  readonly movements: readonly Movement[];
  readonly states: readonly StateChange[];
  /** Totals of each strategy's book, by strategy index. */
  readonly books: readonly BookTotals[];
  readonly finalCash: number;
  /** Cash and positions at the last mark. */
  readonly finalEquity: number;
}
