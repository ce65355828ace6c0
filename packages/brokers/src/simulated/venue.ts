import {
  type BarHistory,
  type Bars,
  type Broker,
  type BrokerCapabilities,
  type BrokerCommand,
  type BrokerEvent,
  type BrokerSnapshot,
  type Commission,
  ConfigError,
  type CorporateAction,
  emptyBars,
  type Feed,
  type FeedStep,
  freeOfCharge,
  type InstrumentIndex,
  isoDate,
  type SessionDay,
  type SynchronousVenue,
  type Timestamp,
} from '@tradekit/core';
import { type AccountDesk, noTerms } from './account/desk.js';
import type { AccountTerms } from './account/terms.js';
import { termsDesk } from './account/terms-desk.js';
import { VenueAccount } from './account/venue-account.js';
import { AnswerQueue } from './answers.js';
import { VenueClock } from './clock.js';
import { type FeeSchedule, noFees } from './costs/fees.js';
import { Matcher } from './matcher.js';
import { OrderBook } from './order-book.js';
import { type BarPath, worstCase } from './path/bar-path.js';
import { noSlippage, type SlippageModel } from './slippage/model.js';

/** How a simulated venue trades. */
export interface SimulatedVenueOptions {
  /** Dollars on the account at the start. */
  readonly initialCash: number;
  /** Default: free. */
  readonly commission?: Commission;
  /** What regulators take beside it. Default: nothing. */
  readonly fees?: FeeSchedule;
  /** Default: none, in any size. */
  readonly slippage?: SlippageModel;
  /** Terms of the account. Default: none, everything is allowed and nothing accrues. */
  readonly account?: AccountTerms;
  /** What is assumed of the path inside a bar. Default: the worst case. */
  readonly path?: BarPath;
  /** What it does natively, where that is less than everything. */
  readonly capabilities?: Partial<BrokerCapabilities>;
}

/** A recorded market and the broker that trades it: one object behind the synchronous loop and behind the asynchronous ports. */
export interface SimulatedVenue extends SynchronousVenue, Broker, Feed {
  /** Broker events issued so far. */
  readonly issued: number;
  /** Takes commands, in their order; each ends in at least one event. Never throws. */
  send(commands: readonly BrokerCommand[]): void;
}

const EVERYTHING: BrokerCapabilities = Object.freeze({
  pricing: [
    'market',
    'market-on-open',
    'market-on-close',
    'limit',
    'limit-on-close',
    'stop',
    'stop-limit',
    'trailing-stop',
  ] as const,
  bracket: true,
  oco: true,
  chain: true,
  replace: true,
  fractionalShares: true,
  shortSelling: true,
});

/** What a simulated venue can do when nothing is taken away. */
export const simulatedCapabilities: BrokerCapabilities = EVERYTHING;

/**
 * Makes a venue over recorded bars. Orders trade at the next bar's open at the earliest; at one open reductions trade before
 * entries; inside a bar the worse of two exits trades. Throws `ConfigError` when an action of the history names an instrument that is not there.
 */
export function simulatedVenue(history: BarHistory, options: SimulatedVenueOptions): SimulatedVenue {
  return new Venue(history, options);
}

type Phase = 'open' | 'inside' | 'close';

class Venue implements SimulatedVenue {
  readonly name = 'simulated';
  readonly capabilities: BrokerCapabilities;
  readonly #history: BarHistory;
  readonly #queue = new AnswerQueue();
  readonly #clock: VenueClock;
  readonly #account: VenueAccount;
  readonly #book: OrderBook;
  readonly #desk: AccountDesk;
  readonly #matcher: Matcher;
  readonly #actions: ReadonlyMap<SessionDay, readonly { instrument: InstrumentIndex; action: CorporateAction }[]>;
  readonly #row: Bars;
  readonly #official: Float64Array;
  #phase: Phase = 'open';
  #next = 0; // the row whose open or inside comes next
  #session = 0; // place of that row's session; in the close phase the session before it
  #actionsDone = 0;

  constructor(history: BarHistory, options: SimulatedVenueOptions) {
    const { commission = freeOfCharge, fees = noFees, slippage = noSlippage, path = worstCase, initialCash } = options;
    this.capabilities = Object.freeze({
      ...EVERYTHING,
      ...(options.account?.type === 'cash' ? { shortSelling: false } : {}),
      ...options.capabilities,
    });
    this.#history = history;
    this.#row = emptyBars(history.universe.size);
    this.#official = new Float64Array(history.universe.size);
    const queue = this.#queue;
    const clock = new VenueClock();
    const account = new VenueAccount(history.universe, initialCash);
    const { account: terms } = options;
    const desk = terms === undefined ? noTerms : termsDesk(terms, { history, queue, clock, account });
    const book = new OrderBook(history, queue, clock, this.capabilities, desk);
    this.#clock = clock;
    this.#account = account;
    this.#book = book;
    this.#desk = desk;
    this.#matcher = new Matcher({ history, queue, clock, book, account, desk, commission, fees, slippage, path });
    this.#actions = bySession(history);
  }

  get issued(): number {
    return this.#queue.issued;
  }

  send(commands: readonly BrokerCommand[]): void {
    for (const command of commands) this.#book.take(command);
  }

  answer(): BrokerEvent | undefined {
    return this.#queue.take();
  }

  step(until: Timestamp): FeedStep | undefined {
    switch (this.#phase) {
      case 'open':
        return this.#open(until);
      case 'inside':
        return this.#inside(until);
      case 'close':
        return this.#close(until);
    }
  }

  #open(until: Timestamp): FeedStep | undefined {
    const { starts, firstRow, sessions } = this.#history;
    if (this.#next === starts.length) return undefined;
    const time = starts[this.#next] as Timestamp;
    if (until <= time) return this.#wait(until);
    this.#clock.now = time;
    const isFirst = this.#next === firstRow[this.#session];
    if (isFirst) {
      const due = this.#actions.get(sessions[this.#session]!.day) ?? [];
      const action = due[this.#actionsDone];
      if (action !== undefined) {
        this.#actionsDone += 1;
        this.#account.act(action.instrument, action.action);
        return { kind: 'corporate-action', time, ...action };
      }
      this.#actionsDone = 0;
    }
    const before = this.#queue.issued;
    this.#matcher.matchOpen(this.#next, isFirst);
    this.#phase = 'inside';
    this.#clock.isInside = true;
    // Without an answer nobody has anything to say before the bar ends.
    return this.#queue.issued === before ? this.#inside(until) : { kind: 'clock', time };
  }

  #inside(until: Timestamp): FeedStep {
    const { ends, firstRow, sessions } = this.#history;
    const row = this.#next;
    const time = ends[row] as Timestamp;
    if (until < time) return this.#wait(until);
    this.#clock.now = time;
    this.#matcher.matchInside(row);
    const session = sessions[this.#session]!.day;
    this.#next += 1;
    this.#clock.isInside = false;
    this.#clock.nextRow = this.#next;
    if (this.#next === firstRow[this.#session + 1]) {
      this.#phase = 'close';
      this.#clock.session = this.#session + 1;
    } else this.#phase = 'open';
    this.#copyRow(row);
    return { kind: 'slice', time, end: time, session, bars: this.#row };
  }

  #close(until: Timestamp): FeedStep {
    const { ends, sessions, official, universe } = this.#history;
    const time = ends[this.#next - 1] as Timestamp;
    if (until <= time) return this.#wait(until);
    const session = this.#session;
    const offset = session * universe.size;
    for (let i = 0; i < universe.size; i++) this.#official[i] = official[offset + i]!;
    this.#matcher.matchClose(session, this.#official, this.#next - 1);
    this.#desk.closed(session);
    this.#session += 1;
    this.#clock.tradingSession = this.#session;
    this.#phase = 'open';
    return { kind: 'session-close', time, session: sessions[session]!.day, official: this.#official };
  }

  /** Nothing happens before `time`; what is sent then is sent then. */
  #wait(time: Timestamp): FeedStep {
    if (time > this.#clock.now) this.#clock.now = time;
    return { kind: 'clock', time };
  }

  #copyRow(row: number): void {
    const { bars, universe } = this.#history;
    const { open, high, low, close, volume } = this.#row;
    const offset = row * universe.size;
    for (let i = 0; i < universe.size; i++) {
      open[i] = bars.open[offset + i]!;
      high[i] = bars.high[offset + i]!;
      low[i] = bars.low[offset + i]!;
      close[i] = bars.close[offset + i]!;
      volume[i] = bars.volume[offset + i]!;
    }
  }

  next(until: Timestamp): Promise<FeedStep | undefined> {
    return Promise.resolve(this.step(until));
  }

  connect(): Promise<void> {
    return Promise.resolve();
  }

  events(): AsyncIterable<BrokerEvent> {
    return this.#queue;
  }

  snapshot(): Promise<BrokerSnapshot> {
    const openOrders = this.#book.orders().map(({ order, filled }) => ({
      id: order.id,
      status: filled > 0 ? ('partially-filled' as const) : ('accepted' as const),
      quantity: order.request.quantity,
      filledQuantity: filled,
    }));
    return Promise.resolve({ cash: this.#account.cash, positions: this.#account.positions(), openOrders });
  }

  close(): Promise<void> {
    this.#queue.close();
    return Promise.resolve();
  }
}

function bySession({
  universe,
  sessions,
  actions = [],
}: BarHistory): ReadonlyMap<SessionDay, readonly { instrument: InstrumentIndex; action: CorporateAction }[]> {
  const days = new Map<SessionDay, { instrument: InstrumentIndex; action: CorporateAction }[]>();
  for (const { session, instrument, action } of actions) {
    if (action.type === 'split' && !(action.ratio > 0)) {
      throw new ConfigError(
        'SPLIT_RATIO',
        `the split of ${instrument} has ratio ${action.ratio}; give new shares for one old share, above 0`,
        {
          instrument,
        },
      );
    }
    const due = sessions.find(({ day }) => day >= session)?.day;
    if (due === undefined || session < sessions[0]!.day) {
      const message = `the ${action.type} of ${instrument} on ${isoDate(session)} lies outside the data; leave it out`;
      throw new ConfigError('ACTION_OUTSIDE', message, { instrument });
    }
    const day = days.get(due) ?? [];
    day.push({ instrument: universe.index(instrument), action });
    days.set(due, day);
  }
  return days;
}
