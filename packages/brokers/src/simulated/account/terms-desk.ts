import {
  type ApprovedOrder,
  type BarHistory,
  type BrokerEvent,
  type InstrumentIndex,
  isReducing,
  parseIsoDate,
  roundQuantity,
  type SessionDay,
} from '@tradekit/core';
import type { AnswerQueue } from '../answers.js';
import type { VenueClock } from '../clock.js';
import type { AccountDesk } from './desk.js';
import { type AccountTerms, requireTerms } from './terms.js';
import { UnsettledProceeds } from './unsettled.js';
import type { VenueAccount } from './venue-account.js';

/** What the desk needs of its venue. */
export interface DeskParts {
  readonly history: BarHistory;
  readonly queue: AnswerQueue;
  readonly clock: VenueClock;
  readonly account: VenueAccount;
}

/** A desk that keeps the terms of an account. Throws `ConfigError` on terms that cannot be meant. */
export function termsDesk(terms: AccountTerms, parts: DeskParts): AccountDesk {
  requireTerms(terms);
  return new TermsDesk(terms, parts);
}

const DAYS_IN_A_YEAR = 360;
const PATTERN_EQUITY = 25_000;
const PATTERN_TRADES = 3;
const PATTERN_SESSIONS = 5;
const RESTRICTION_FALL = 0.1;

class TermsDesk implements AccountDesk {
  readonly #terms: AccountTerms;
  readonly #history: BarHistory;
  readonly #queue: AnswerQueue;
  readonly #clock: VenueClock;
  readonly #account: VenueAccount;
  readonly #unsettled: UnsettledProceeds;
  readonly #ruleUntil: number;
  /** By instrument: the session in which its position was last opened or added to, and the last one with a day trade of it. */
  readonly #openedIn: Int32Array;
  /** Sessions of the day trades. */
  readonly #dayTrades: number[] = [];

  constructor(terms: AccountTerms, { history, queue, clock, account }: DeskParts) {
    this.#terms = terms;
    this.#history = history;
    this.#queue = queue;
    this.#clock = clock;
    this.#account = account;
    this.#unsettled = new UnsettledProceeds(history);
    this.#openedIn = new Int32Array(history.universe.size).fill(-1);
    const { until } = terms.dayTradeRule ?? {};
    this.#ruleUntil = until === undefined ? Number.POSITIVE_INFINITY : (parseIsoDate(until) ?? Number.NaN);
  }

  faultOf(order: ApprovedOrder): string | undefined {
    const { request } = order;
    const opens = !isReducing(request.role);
    if (!opens) return undefined;
    if (this.#terms.type === 'cash' && request.side === 'sell') return 'a cash account sells nothing short';
    if (request.side === 'sell') {
      const fault = this.#shortFault(order);
      if (fault !== undefined) return fault;
    }
    return this.#dayTradeFault() ?? this.#leverageFault(order);
  }

  #shortFault({ request: { instrument, pricing } }: ApprovedOrder): string | undefined {
    const { borrow, shortSaleRestriction = false } = this.#terms;
    const { id } = this.#history.universe.instruments[instrument]!;
    if (borrow !== undefined && borrow.feeFraction(id, this.#day) === undefined) return 'no shares to borrow';
    if (!shortSaleRestriction || !this.#isRestricted(instrument)) return undefined;
    const last = this.#lastPrice(instrument);
    if ('limitPrice' in pricing && pricing.limitPrice > last) return undefined;
    return `short-sale restriction after a fall of 10 %: give a limit above ${last}`;
  }

  #dayTradeFault(): string | undefined {
    if (this.#terms.dayTradeRule === undefined || this.#day > this.#ruleUntil) return undefined;
    const since = this.#clock.session - PATTERN_SESSIONS + 1;
    const trades = this.#dayTrades.filter((session) => session >= since).length;
    if (trades < PATTERN_TRADES || this.#equity() >= PATTERN_EQUITY) return undefined;
    return `pattern day trader: ${trades} day trades in ${PATTERN_SESSIONS} sessions below ${PATTERN_EQUITY} dollars`;
  }

  #leverageFault({ request: { instrument, side, quantity } }: ApprovedOrder): string | undefined {
    const { type, intradayLeverage = 4, overnightLeverage = 2 } = this.#terms;
    const isLast = !this.#clock.isInside && this.#clock.nextRow === this.#history.firstRow[this.#clock.session];
    const leverage = type === 'cash' ? 1 : isLast ? overnightLeverage : intradayLeverage;
    const held = this.#account.held(instrument);
    const after = held + (side === 'buy' ? quantity : -quantity);
    const price = this.#lastPrice(instrument);
    if (Number.isNaN(price) || Math.abs(after) <= Math.abs(held)) return undefined;
    const gross = this.#gross() + (Math.abs(after) - Math.abs(held)) * price;
    const most = leverage * this.#equity();
    if (gross <= most) return undefined;
    return `buying power: positions of ${gross.toFixed(2)} dollars, ${leverage} × equity is ${most.toFixed(2)}`;
  }

  most(instrument: InstrumentIndex, sign: 1 | -1, wanted: number): number {
    if (this.#terms.type === 'margin' || sign > 0) return wanted;
    const bound = this.#unsettled.bound(instrument, this.#clock.tradingSession);
    return Math.min(wanted, Math.max(0, roundQuantity(this.#account.held(instrument) - bound)));
  }

  filled(instrument: InstrumentIndex, quantity: number, price: number, session: number): void {
    const held = this.#account.held(instrument);
    const closes = held * quantity < 0;
    if (closes && this.#openedIn[instrument] === session) this.#dayTrades.push(session);
    if (!closes || Math.abs(quantity) > Math.abs(held)) this.#openedIn[instrument] = session;
    if (this.#terms.type !== 'cash') return;
    if (quantity > 0) this.#unsettled.bought(instrument, quantity, quantity * price, this.#account.cash, session);
    else this.#unsettled.sold(-quantity * price, session);
  }

  closed(session: number): void {
    const { sessions, universe } = this.#history;
    const next = sessions[session + 1];
    if (next === undefined) return;
    const days = next.day - sessions[session]!.day;
    let short = 0;
    for (let i = 0; i < universe.size; i++) {
      const instrument = i as InstrumentIndex;
      const held = this.#account.held(instrument);
      if (held >= 0) continue;
      const value = -held * this.#lastPrice(instrument);
      short += value;
      const fee = this.#terms.borrow?.feeFraction(universe.instruments[i]!.id, sessions[session]!.day) ?? 0;
      this.#charge(
        'borrow',
        (0 - value * fee * days) / DAYS_IN_A_YEAR,
        `fee of ${fee} a year, ${days} days`,
        instrument,
      );
    }
    const { creditRate = 0, debitRate = 0 } = this.#terms;
    // Proceeds of short sales are the lender's security and bear nothing.
    const own = this.#account.cash - short;
    const rate = own > 0 ? creditRate : debitRate;
    this.#charge('interest', (own * rate * days) / DAYS_IN_A_YEAR, `${rate} a year, ${days} days`);
  }

  #charge(type: 'borrow' | 'interest', cash: number, reason: string, instrument?: InstrumentIndex): void {
    if (cash === 0) return;
    this.#account.adjust(cash);
    const time = this.#clock.now;
    const event = { kind: 'adjustment', time, type, cash, reason } as const;
    const answer: BrokerEvent = instrument === undefined ? event : { ...event, instrument };
    this.#queue.put(answer);
  }

  get #day(): SessionDay {
    const { sessions } = this.#history;
    return sessions[Math.min(this.#clock.session, sessions.length - 1)]!.day;
  }

  /** Fell 10 % below the close before, in this session or the one before it. */
  #isRestricted(instrument: InstrumentIndex): boolean {
    const { session } = this.#clock;
    return this.#fell(instrument, session) || this.#fell(instrument, session - 1);
  }

  #fell(instrument: InstrumentIndex, session: number): boolean {
    const { firstRow, bars, universe } = this.#history;
    if (session < 1 || session >= this.#history.sessions.length) return false;
    const close = this.#lastPrice(instrument, firstRow[session]! - 1);
    const end = Math.min(firstRow[session + 1]!, this.#lastRow + 1);
    for (let row = firstRow[session]!; row < end; row++) {
      if (bars.low[row * universe.size + instrument]! <= close * (1 - RESTRICTION_FALL)) return true;
    }
    return false;
  }

  /** The last row that has ended. */
  get #lastRow(): number {
    return this.#clock.nextRow - 1;
  }

  /** Last close up to a row; NaN before the first. */
  #lastPrice(instrument: InstrumentIndex, until = this.#lastRow): number {
    const { bars, universe } = this.#history;
    for (let row = until; row >= 0; row--) {
      const close = bars.close[row * universe.size + instrument]!;
      if (!Number.isNaN(close)) return close;
    }
    return Number.NaN;
  }

  #gross(): number {
    return this.#sum((held, price) => Math.abs(held) * price);
  }

  #equity(): number {
    return this.#account.cash + this.#sum((held, price) => held * price);
  }

  #sum(worth: (held: number, price: number) => number): number {
    let sum = 0;
    for (let i = 0; i < this.#history.universe.size; i++) {
      const held = this.#account.held(i as InstrumentIndex);
      if (held !== 0) sum += worth(held, this.#lastPrice(i as InstrumentIndex));
    }
    return sum;
  }
}
