import {
  type SimulatedVenue,
  type SimulatedVenueOptions,
  simulatedCapabilities,
  simulatedVenue,
} from '@tradekit/brokers/simulated';
import {
  type ApprovedOrder,
  type BarHistory,
  type BrokerCommand,
  type ClientOrderId,
  DAY_MS,
  emptyBars,
  type FeedStep,
  type InstrumentIndex,
  isoDate,
  MINUTE_MS,
  type OrderGroup,
  type OrderNumber,
  type OrderRole,
  type Pricing,
  type Session,
  type SessionDay,
  type Side,
  type StrategyIndex,
  sessionDay,
  stock,
  type TimeInForce,
  type Timestamp,
  type TradingCalendar,
  universe,
} from '@tradekit/core';
// The seal is the engine's alone and no package exports it: to hand a venue orders of every type, the test takes it from its file.
import { seal } from '../../../core/src/orders/approved.js';

const BAR_MS = 15 * MINUTE_MS;
/** Monday 2021-01-04. */
const FIRST_DAY = 18_631;

/** Open, high, low, close and volume (a million where none is given); `undefined` is a hole. */
export type Bar = readonly [open: number, high: number, low: number, close: number, volume?: number] | undefined;

/** A bar that stands still. */
export const still = (price: number, volume?: number): Bar =>
  volume === undefined ? [price, price, price, price] : [price, price, price, price, volume];

/** A market in short: bars by instrument, how many bars each session has (default: one session), official closes by session. */
export interface Market {
  readonly bars: Readonly<Record<string, readonly Bar[]>>;
  readonly sessions?: readonly number[];
  readonly official?: Readonly<Record<string, readonly number[]>>;
  /** Smallest quantity step of every instrument, 1 by default. */
  readonly lot?: number;
  readonly actions?: BarHistory['actions'];
}

/** The market as a venue reads it: sessions on consecutive days from 2021-01-04, 15-minute bars from 14:30 UTC. */
export function marketOf({ bars, sessions, official = {}, lot = 1, actions = [] }: Market): BarHistory {
  const ids = Object.keys(bars);
  const instruments = universe(ids.map((id) => ({ ...stock(id), lot })));
  const rows = Math.max(...Object.values(bars).map(({ length }) => length));
  const counts = sessions ?? [rows];
  const columns = emptyBars(rows * instruments.size);
  for (const id of ids) {
    for (const [row, bar] of (bars[id] ?? []).entries()) {
      if (bar === undefined) continue;
      const cell = row * instruments.size + instruments.index(id);
      [columns.open[cell], columns.high[cell], columns.low[cell], columns.close[cell]] = bar;
      columns.volume[cell] = bar[4] ?? 1_000_000;
    }
  }
  const closes = new Float64Array(counts.length * instruments.size).fill(Number.NaN);
  for (const [id, prices] of Object.entries(official)) {
    for (const [k, price] of prices.entries()) closes[k * instruments.size + instruments.index(id)] = price;
  }
  const days = counts.map((count, k) => sessionOf(FIRST_DAY + k, count));
  const firstRow = Int32Array.from([0, ...counts.map((_, k) => counts.slice(0, k + 1).reduce((a, b) => a + b, 0))]);
  const starts = days.flatMap(({ open }, k) => Array.from({ length: counts[k] ?? 0 }, (_, n) => open + n * BAR_MS));
  return {
    universe: instruments,
    barMs: BAR_MS,
    sessions: days,
    firstRow,
    starts: Float64Array.from(starts),
    ends: Float64Array.from(starts, (start) => start + BAR_MS),
    bars: columns,
    official: closes,
    actions,
  };
}

function sessionOf(day: number, bars: number): Session {
  const open = (day * DAY_MS + 870 * MINUTE_MS) as Timestamp;
  const close = (open + bars * BAR_MS) as Timestamp;
  return { day: day as SessionDay, date: isoDate(sessionDay(day)), open, close, half: false };
}

/** The calendar of a market's own sessions. */
export function calendarOf({ sessions }: BarHistory): TradingCalendar {
  return {
    name: 'test',
    session: (day) => sessions.find((session) => session.day === day),
    sessions: (first, last) => sessions.filter(({ day }) => day >= first && day <= last),
  };
}

/** What an order of a test is, beside its number, side, quantity and pricing. */
export interface OrderDetails {
  readonly role?: OrderRole;
  readonly timeInForce?: TimeInForce;
  readonly instrument?: number;
}

export const MARKET: Pricing = { type: 'market' };
export const limit = (limitPrice: number): Pricing => ({ type: 'limit', limitPrice });
export const stop = (stopPrice: number): Pricing => ({ type: 'stop', stopPrice });

/** An order as the engine would have sealed it: buys are entries and sells exits unless something else is said. */
export function order(
  number: number,
  side: Side,
  quantity: number,
  pricing: Pricing = MARKET,
  { role = side === 'buy' ? 'entry' : 'exit', timeInForce = 'gtc', instrument = 0 }: OrderDetails = {},
): ApprovedOrder {
  const request = {
    strategy: 0 as StrategyIndex,
    instrument: instrument as InstrumentIndex,
    side,
    quantity,
    pricing,
    timeInForce,
    role,
    reason: 'test',
  };
  const names = { idOf: () => `order-${number}` as ClientOrderId };
  const origin = { session: 0 as SessionDay, slice: 0 as Timestamp, attempt: 0 };
  return seal(number as OrderNumber, request, Number.NaN, names, origin);
}

export const single = (approved: ApprovedOrder): BrokerCommand => submit({ kind: 'single', order: approved });
export const submit = (group: OrderGroup): BrokerCommand => ({ kind: 'submit', group });
export const cancel = (number: number): BrokerCommand => ({ kind: 'cancel', order: number as OrderNumber });
export const replace = (number: number, by: ApprovedOrder): BrokerCommand => ({
  kind: 'replace',
  order: number as OrderNumber,
  by,
});

/** What is sent when: `slice` after so many bars have ended (0: before the first open), `open` when fills of a row's open are told. */
export interface Script {
  readonly slice?: Readonly<Record<number, readonly BrokerCommand[]>>;
  readonly open?: Readonly<Record<number, readonly BrokerCommand[]>>;
}

/** A run of a venue without an engine. */
export interface VenueRun {
  /** `order: quantity@price place row`, for example `1: 100@10.5 open 3`; rows from 0. */
  readonly fills: readonly string[];
  /** `order status filled` of every update but `accepted`, with its reason. */
  readonly updates: readonly string[];
  /** What fills said besides, and what they cost. */
  readonly notes: readonly (string | undefined)[];
  readonly commissions: readonly number[];
  /** Dollars of fees, spread and impact of every fill. */
  readonly fees: readonly number[];
  readonly spreads: readonly number[];
  readonly impacts: readonly number[];
  readonly venue: SimulatedVenue;
}

/** Drives a venue over a market, and sends what the script says. */
export function trade(market: Market, script: Script, options: Partial<SimulatedVenueOptions> = {}): VenueRun {
  const venue = simulatedVenue(marketOf(market), { initialCash: 100_000, ...options });
  const fills: string[] = [];
  const updates: string[] = [];
  const notes: (string | undefined)[] = [];
  const commissions: number[] = [];
  const fees: number[] = [];
  const spreads: number[] = [];
  const impacts: number[] = [];
  let slices = 0;
  const drain = (step: FeedStep['kind'] | 'send'): void => {
    const place = { clock: 'open', slice: 'inside', 'session-close': 'close' }[step as string] ?? step;
    const row = step === 'session-close' ? slices - 1 : slices;
    for (let answer = venue.answer(); answer !== undefined; answer = venue.answer()) {
      if (answer.kind === 'fill') {
        fills.push(`${answer.order}: ${answer.quantity}@${answer.price} ${place} ${row}`);
        notes.push(answer.note);
        commissions.push(answer.commission);
        fees.push(answer.fees ?? 0);
        spreads.push(answer.spread ?? 0);
        impacts.push(answer.impact ?? 0);
      } else if (answer.kind === 'order-update' && answer.status !== 'accepted') {
        updates.push(`${answer.order} ${answer.status} ${answer.filledQuantity}: ${answer.reason}`);
      }
    }
  };
  venue.send(script.slice?.[0] ?? []);
  drain('send');
  for (;;) {
    const step = venue.step(Number.POSITIVE_INFINITY as Timestamp);
    if (step === undefined) break;
    drain(step.kind);
    if (step.kind === 'clock') venue.send(script.open?.[slices] ?? []);
    if (step.kind === 'slice') {
      slices += 1;
      venue.send(script.slice?.[slices] ?? []);
    }
    drain('send');
  }
  return { fills, updates, notes, commissions, fees, spreads, impacts, venue };
}

export { simulatedCapabilities };
