import {
  type InstrumentIndex,
  type OrderRequest,
  parseIsoDate,
  type RecentEntry,
  type RiskContext,
  type SessionDay,
  type Signal,
  type StrategyIndex,
  type Timestamp,
  type TradeStatistics,
  type Wish,
} from '@tradekit/core';

/** One instrument of a context made by hand. */
export interface Line {
  readonly price?: number;
  readonly held?: number;
  readonly openBuys?: number;
  readonly openSells?: number;
  readonly sector?: string | undefined;
  readonly lot?: number;
  readonly id?: string;
  readonly lastTradeTime?: number;
  readonly lastLossTime?: number;
  readonly averageVolume?: number;
  /** Session returns, the last session first. */
  readonly returns?: readonly number[];
  readonly stopPrice?: number;
  readonly lastEntry?: RecentEntry;
  readonly feature?: number;
}

/** The account of a context made by hand. */
export interface Account {
  readonly equity?: number;
  readonly cash?: number;
  readonly reservedCash?: number;
  readonly collarBps?: number;
  readonly perShare?: number;
  readonly perOrder?: number;
  readonly time?: number;
  readonly session?: string;
  /** Minutes since the open and until the close. */
  readonly sinceOpen?: number;
  readonly toClose?: number;
  readonly previousCloseEquity?: number;
  readonly flows?: number;
  readonly index?: number;
  readonly peakIndex?: number;
  /** Times of the session's entries. */
  readonly entries?: readonly number[];
  readonly trades?: TradeStatistics;
}

/** Equity 100,000 in cash, every price 100, whole shares, no collar, no commission, sector "A" unless a line says otherwise. */
export function contextOf(lines: readonly Line[], account: Account = {}): RiskContext {
  const { equity = 100_000, cash = equity, reservedCash = 0, collarBps = 0, perShare = 0, perOrder = 0 } = account;
  const { time = 0, entries = [] } = account;
  const collar = collarBps * 1e-4;
  const line = (instrument: number): Line => lines[instrument] ?? {};
  const price = (instrument: number): number => line(instrument).price ?? 100;
  return {
    time: time as Timestamp,
    changes: 0,
    changedSince: () => undefined,
    session: (account.session === undefined ? 0 : (parseIsoDate(account.session) ?? 0)) as SessionDay,
    sessionOpen: (time - (account.sinceOpen ?? 60) * 60_000) as Timestamp,
    sessionClose: (time + (account.toClose ?? 60) * 60_000) as Timestamp,
    sessionsClosed: Math.max(0, ...lines.map(({ returns }) => returns?.length ?? 0)),
    state: 'active',
    instruments: lines.map((_, i) => i as InstrumentIndex),
    equity,
    previousCloseEquity: account.previousCloseEquity ?? equity,
    flows: account.flows ?? 0,
    index: account.index ?? 1,
    peakIndex: account.peakIndex ?? 1,
    cash,
    reservedCash,
    positionsAtMost: lines.filter(({ held, openBuys, openSells }) => held || openBuys || openSells).length,
    exposureAtMost: lines.reduce((dollars, { held = 0, openBuys = 0, openSells = 0 }, i) => {
      const isTaken = held !== 0 || openBuys !== 0 || openSells !== 0;
      return dollars + (isTaken ? (Math.abs(held) + Math.max(openBuys, openSells)) * price(i) * (1 + collar) : 0);
    }, 0),
    price,
    worstPrice: (instrument, side) => price(instrument) * (1 + (side === 'buy' ? 1 : -1) * collarBps * 1e-4),
    commission: (quantity) => perOrder + quantity * perShare,
    held: (instrument) => line(instrument).held ?? 0,
    openBuys: (instrument) => line(instrument).openBuys ?? 0,
    openSells: (instrument) => line(instrument).openSells ?? 0,
    sector: (instrument) => ('sector' in line(instrument) ? line(instrument).sector : 'A'),
    lot: (instrument) => line(instrument).lot ?? 1,
    id: (instrument) => line(instrument).id ?? `S${instrument}`,
    lastTradeTime: (instrument) => (line(instrument).lastTradeTime ?? time) as Timestamp,
    lastLossTime: (instrument) => (line(instrument).lastLossTime ?? Number.NaN) as Timestamp,
    averageVolume: (instrument) => line(instrument).averageVolume ?? Number.NaN,
    sessionReturn: (instrument, ago) => line(instrument).returns?.[ago - 1] ?? Number.NaN,
    feature: (_, instrument) => line(instrument).feature ?? Number.NaN,
    stopPrice: (_, instrument) => line(instrument).stopPrice ?? Number.NaN,
    entriesSince: (since) => entries.filter((entered) => entered >= since).length,
    lastEntry: (_, instrument) => line(instrument).lastEntry,
    tradeStatistics: () => account.trades ?? { count: 0, meanReturn: Number.NaN, variance: Number.NaN },
  };
}

/** A wish of strategy 0 with a size of its own: signed shares. */
export function wishFor(instrument: number, quantity: number, more: Partial<Wish> = {}): Wish {
  const direction = Math.sign(quantity) as Signal['direction'];
  const signal: Signal = { instrument: instrument as InstrumentIndex, direction, reason: 'test' };
  return { strategy: 0 as StrategyIndex, signal, quantity, budget: 100_000, held: 0, ...more };
}

/** A wish of strategy 0 that leaves its size to the sizer. */
export function unsized(instrument: number, direction: 1 | -1, budget = 100_000): Wish {
  return { ...wishFor(instrument, direction), quantity: undefined, budget };
}

/** A market order that opens. */
export function entry(instrument: number, quantity: number, more: Partial<OrderRequest> = {}): OrderRequest {
  return {
    strategy: 0 as StrategyIndex,
    instrument: instrument as InstrumentIndex,
    side: quantity > 0 ? 'buy' : 'sell',
    quantity: Math.abs(quantity),
    pricing: { type: 'market' },
    timeInForce: 'day',
    role: 'entry',
    reason: 'test',
    ...more,
  };
}
