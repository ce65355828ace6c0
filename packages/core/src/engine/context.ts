import { RiskError } from '../errors.js';
import type { InstrumentIndex } from '../market/instrument.js';
import { commissionOf } from '../ports/commission.js';
import type { TradingState } from '../ports/events.js';
import type { RiskContext } from '../ports/risk.js';
import type { FeatureHandle, FeatureSpec } from '../strategy/feature.js';
import type { SessionDay, Timestamp } from '../time/timestamp.js';
import type { Core } from './core.js';

/**
 * What a risk manager may know of an engine: one object for its whole life, read-only, always of the event in hand. Functions
 * and properties of its own rather than methods, so that a rule may take it apart or spread it. A class, so that the context of
 * every engine has one shape: a literal with getters has another one each time, and every rule is slow from the second on.
 */
class EngineContext implements RiskContext {
  readonly #core: Core;
  readonly instruments: RiskContext['instruments'];
  readonly id: RiskContext['id'];
  readonly changedSince: RiskContext['changedSince'];
  readonly price: RiskContext['price'];
  readonly worstPrice: RiskContext['worstPrice'];
  readonly commission: RiskContext['commission'];
  readonly held: RiskContext['held'];
  readonly openBuys: RiskContext['openBuys'];
  readonly openSells: RiskContext['openSells'];
  readonly sector: RiskContext['sector'];
  readonly lot: RiskContext['lot'];
  readonly lastTradeTime: RiskContext['lastTradeTime'];
  readonly averageVolume: RiskContext['averageVolume'];
  readonly sessionReturn: RiskContext['sessionReturn'];
  readonly feature: RiskContext['feature'];
  readonly stopPrice: RiskContext['stopPrice'];
  readonly entriesSince: RiskContext['entriesSince'];
  readonly lastEntry: RiskContext['lastEntry'];
  readonly lastLossTime: RiskContext['lastLossTime'];
  readonly tradeStatistics: RiskContext['tradeStatistics'];

  constructor(core: Core) {
    const { portfolio, orders, memory, stances, options } = core;
    const { universe, commission } = options;
    const collar = options.collarBps * 1e-4;
    const price = (instrument: InstrumentIndex): number => portfolio.mark[instrument] ?? Number.NaN;
    this.#core = core;
    this.instruments = core.everyInstrument;
    this.id = (instrument) => universe.instruments[instrument]?.id ?? '';
    this.changedSince = (changes) => core.changes.since(changes);
    this.price = price;
    this.worstPrice = (instrument, side) => price(instrument) * (side === 'buy' ? 1 + collar : 1 - collar);
    this.commission = (quantity, at) => commissionOf(commission, quantity, at);
    this.held = (instrument) => portfolio.position[instrument] ?? 0;
    this.openBuys = (instrument) => orders.openBuys[instrument] ?? 0;
    this.openSells = (instrument) => orders.openSells[instrument] ?? 0;
    this.sector = (instrument) => universe.instruments[instrument]?.sector;
    this.lot = (instrument) => core.lot(instrument, false);
    this.lastTradeTime = (instrument) => memory.lastTradeTime(instrument);
    this.averageVolume = (instrument) => memory.averageVolume(instrument);
    this.sessionReturn = (instrument, sessionsAgo) => memory.sessionReturn(instrument, sessionsAgo);
    this.feature = featureReader(core);
    this.stopPrice = (strategy, instrument) =>
      stances.stopPrice[strategy * core.instruments + instrument] ?? Number.NaN;
    this.entriesSince = (time) => memory.entriesSince(time);
    this.lastEntry = (strategy, instrument) => memory.lastEntry(strategy * core.instruments + instrument);
    this.lastLossTime = (instrument) => memory.lastLossTime(instrument);
    this.tradeStatistics = (strategy) => memory.tradeStatistics(strategy);
    Object.defineProperties(this, LIVE);
    Object.freeze(this);
  }

  get time(): Timestamp {
    return this.#core.now;
  }
  get changes(): number {
    return this.#core.changes.count;
  }
  get session(): SessionDay {
    return this.#core.sessionDay;
  }
  get sessionOpen(): Timestamp {
    return this.#core.session?.open ?? (Number.NaN as Timestamp);
  }
  get sessionClose(): Timestamp {
    return this.#core.session?.close ?? (Number.NaN as Timestamp);
  }
  get state(): TradingState {
    return this.#core.state;
  }
  get equity(): number {
    return this.#core.portfolio.equity;
  }
  get previousCloseEquity(): number {
    return this.#core.portfolio.previousCloseEquity;
  }
  get flows(): number {
    return this.#core.portfolio.flowsSinceClose;
  }
  get index(): number {
    return this.#core.portfolio.index;
  }
  get peakIndex(): number {
    return this.#core.portfolio.peakIndex;
  }
  get cash(): number {
    return this.#core.portfolio.cash;
  }
  get reservedCash(): number {
    return this.#core.orders.reservedCash;
  }
  get positionsAtMost(): number {
    const { portfolio, orders } = this.#core;
    return portfolio.positionsAtMost + orders.working;
  }
  get exposureAtMost(): number {
    const { portfolio, orders, options } = this.#core;
    return portfolio.grossAtMost + orders.openAtMost(portfolio.mark) * (1 + options.collarBps * 1e-4);
  }
  get sessionsClosed(): number {
    return this.#core.memory.sessions;
  }
}

/** The getters of the class, as properties that every context has itself. */
const LIVE: PropertyDescriptorMap = Object.fromEntries(
  Object.entries(Object.getOwnPropertyDescriptors(EngineContext.prototype))
    .filter(([, { get }]) => get !== undefined)
    .map(([name, { get }]) => [name, { get: get!, enumerable: true }]),
);

/** The context of an engine. */
export function riskContext(core: Core): RiskContext {
  return new EngineContext(core);
}

/** Reads the features that the risk manager has asked for; asks for them on the way. */
function featureReader({ features, options }: Core): RiskContext['feature'] {
  const handles = new Map<FeatureSpec, FeatureHandle>();
  for (const spec of options.risk.features ?? []) handles.set(spec, features.add(spec));
  return (spec, instrument) => {
    const handle = handles.get(spec);
    if (handle !== undefined) return features.value(handle, instrument);
    const message = `risk manager "${options.risk.name}" reads feature "${spec.key}" without asking for it; list that very value in its features`;
    throw new RiskError('RISK_FEATURE', message, { risk: options.risk.name, key: spec.key });
  };
}
