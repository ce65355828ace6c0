import {
  type AccountView,
  type AdjustmentEvent,
  type CorporateActionEvent,
  type Decision,
  type EngineEvent,
  type EngineOutput,
  type InstrumentIndex,
  type Journal,
  type OrderGroup,
  ordersOf,
  type SessionDay,
  type SliceEvent,
  type StrategyIndex,
  type Timestamp,
  type Universe,
} from '@tradekit/core';
import { openOrdersOf } from '../result/open-orders.js';
import { type BookEvent, roundTrips } from '../result/round-trips.js';
import type { Movement, RunResult, StateChange } from '../result/run-result.js';
import { EquityLog } from './equity-log.js';
import { ExposureLog } from './exposure-log.js';
import { FillLog } from './fill-log.js';
import { OrderLog } from './order-log.js';
import { RefusalLog } from './refusal-log.js';

/** What a recorder needs to know of the engine that it listens to. */
export interface RecorderOptions {
  readonly universe: Universe;
  /** Names, in the order of the engine's slots. */
  readonly strategies: readonly string[];
  /** The engine's account. */
  readonly account: AccountView;
  readonly initialCash: number;
  /** When the run starts, for example the first bar's open: the first row of the equity is the account as it was then. */
  readonly startTime?: Timestamp;
  /** The engine's account tag, for order ids. Default `tk`, as the engine's. */
  readonly accountTag?: string;
  /** Yearly rate of cash as a fraction, for the Sharpe ratio. Default 0. */
  readonly cashRate?: number;
}

/** A journal that makes a {@link RunResult}. It must hear every event from the engine's first on. */
export interface Recorder extends Journal {
  /** What the run has come to so far. */
  result(): RunResult;
}

/**
 * Makes a recorder. It keeps typed columns and no event, so that a fill costs the same whether it is the first or the millionth.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  return new RunRecorder(options);
}

const NO_SHARES = { sharesBefore: 0, sharesAfter: 0 };

/** Before the first slice no session runs. */
const NO_SESSION = 0 as SessionDay;

class RunRecorder implements Recorder {
  readonly #options: RecorderOptions;
  readonly #account: AccountView;
  readonly #orders = new OrderLog();
  readonly #fills = new FillLog(this.#orders);
  readonly #equity: EquityLog;
  readonly #refusals: RefusalLog;
  readonly #exposures: ExposureLog;
  readonly #bookEvents: BookEvent[] = [];
  readonly #movements: Movement[] = [];
  readonly #states: StateChange[] = [];
  /** Signed shares of the account, as the engine has them. */
  readonly #position: Float64Array;
  #session = NO_SESSION;

  constructor(options: RecorderOptions) {
    const { universe, strategies, account, initialCash, startTime } = options;
    this.#options = options;
    this.#account = account;
    this.#equity = new EquityLog(initialCash);
    this.#refusals = new RefusalLog(strategies.length, universe.size);
    this.#position = new Float64Array(universe.size);
    this.#exposures = new ExposureLog(universe, account);
    if (startTime !== undefined) this.#equity.slice(startTime, NO_SESSION, initialCash, initialCash, 0);
  }

  append(event: EngineEvent, { decisions }: EngineOutput): void {
    this.#take(event);
    for (const decision of decisions) this.#decided(decision, event.time);
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  #take(event: EngineEvent): void {
    switch (event.kind) {
      case 'slice':
        return this.#slice(event);
      case 'fill': {
        const order = this.#orders.placeOf(event.order);
        if (this.#fills.add(order, event, this.#equity.row)) this.#moved(this.#orders.instrumentAt(order));
        return;
      }
      case 'fill-corrected': {
        const order = this.#orders.placeOf(event.order);
        this.#fills.correct(order, event, this.#equity.row);
        return this.#moved(this.#orders.instrumentAt(order));
      }
      case 'order-update':
        return this.#orders.update(this.#orders.placeOf(event.order), event.status);
      case 'session-close':
        return this.#closeSession(event.session);
      case 'corporate-action':
        return this.#acted(event);
      case 'adjustment':
        return this.#adjusted(event);
      case 'timer':
      case 'bar-correction':
      case 'account':
      case 'connection':
      case 'command':
      case 'started':
        return;
    }
  }

  #slice({ end, session, bars }: SliceEvent): void {
    const gross = this.#exposures.measure(this.#position, bars.close);
    this.#session = session;
    this.#equity.slice(end, session, this.#account.cash, this.#account.equity, gross);
  }

  #closeSession(session: SessionDay): void {
    const gross = this.#exposures.measure(this.#position);
    const { cash, equity } = this.#account;
    if (this.#equity.closeSession(session, cash, equity, gross)) this.#exposures.closeSession(this.#position);
  }

  #moved(instrument: InstrumentIndex): void {
    this.#position[instrument] = this.#account.position(instrument);
  }

  #acted(event: CorporateActionEvent): void {
    const { time, instrument, action } = event;
    this.#exposures.act(instrument, action);
    const shares = this.#changed(event, instrument);
    const { sharesBefore, sharesAfter } = shares;
    if (sharesBefore === 0) return;
    const { type } = action;
    const value = type === 'split' ? action.ratio : action.perShare;
    const cash =
      type === 'split'
        ? (sharesBefore * action.ratio - sharesAfter) * action.cashInLieu
        : sharesBefore * action.perShare;
    this.#movements.push({ time, type, instrument, value, ...shares, cash, reason: '' });
  }

  #adjusted(event: AdjustmentEvent): void {
    const { time, type, cash, reason, instrument } = event;
    if (type === 'deposit' || type === 'withdrawal') this.#equity.flow(cash);
    const shares = instrument === undefined ? NO_SHARES : this.#changed(event, instrument);
    if (cash === 0 && shares.sharesBefore === shares.sharesAfter) return;
    this.#movements.push({ time, type, instrument, value: undefined, ...shares, cash, reason });
  }

  /** Notes what an event without an order did to books, and answers the account's shares before and after it. */
  #changed(event: CorporateActionEvent | AdjustmentEvent, instrument: InstrumentIndex): typeof NO_SHARES {
    this.#bookEvent(event, instrument);
    const sharesBefore = this.#position[instrument]!;
    this.#moved(instrument);
    return { sharesBefore, sharesAfter: this.#position[instrument]! };
  }

  #bookEvent(event: CorporateActionEvent | AdjustmentEvent, instrument: InstrumentIndex): void {
    const held = this.#options.strategies.map((_, s) => this.#account.stance(s as StrategyIndex, instrument).held);
    const mark = this.#account.mark(instrument);
    this.#bookEvents.push({ afterFills: this.#fills.length, row: this.#equity.row, event: { ...event }, held, mark });
  }

  #decided(decision: Decision, time: Timestamp): void {
    switch (decision.kind) {
      case 'command':
        if (decision.command.kind === 'submit') this.#submitted(decision.command.group, time);
        else if (decision.command.kind === 'replace') this.#orders.add(decision.command.by, time, this.#equity.row);
        return;
      case 'stance':
        return this.#refusals.stance(decision);
      case 'refused':
        return this.#refusals.refused(decision, time, this.#account.mark(decision.instrument));
      case 'state': {
        const { state, until, rule, reason, measured, limit, releaseAfterSessions } = decision;
        const session = this.#session;
        this.#states.push({ time, session, state, until, rule, reason, measured, limit, releaseAfterSessions });
        return;
      }
      case 'limit':
      case 'timer':
        return;
    }
  }

  #submitted(group: OrderGroup, time: Timestamp): void {
    const { row } = this.#equity;
    if (group.kind === 'single') this.#orders.add(group.order, time, row);
    else for (const order of ordersOf(group)) this.#orders.add(order, time, row);
  }

  result(): RunResult {
    const { universe, strategies, initialCash, accountTag = 'tk', cashRate = 0 } = this.#options;
    const account = this.#account;
    const orders = this.#orders.columns();
    const fills = this.#fills.columns();
    const mark = universe.instruments.map((_, i) => account.mark(i as InstrumentIndex));
    const { trades, positions } = roundTrips({
      orders,
      fills,
      events: this.#bookEvents,
      mark,
      books: strategies.length,
    });
    return Object.freeze<RunResult>({
      universe,
      strategies: [...strategies],
      accountTag,
      initialCash,
      cashRate,
      orders,
      fills,
      equity: this.#equity.columns(),
      sessions: this.#equity.sessions(),
      exposures: this.#exposures.rows(),
      refusals: this.#refusals.rows(),
      trades,
      positions,
      openOrders: openOrdersOf(orders),
      movements: [...this.#movements],
      states: [...this.#states],
      books: strategies.map((_, s) => ({ ...account.book(s as StrategyIndex) })),
      finalCash: account.cash,
      finalEquity: account.equity,
    });
  }
}
