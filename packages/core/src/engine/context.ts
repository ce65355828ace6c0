import { RiskError } from '../errors.js';
import type { InstrumentIndex } from '../market/instrument.js';
import { commissionOf } from '../ports/commission.js';
import type { RiskContext } from '../ports/risk.js';
import type { FeatureHandle, FeatureSpec } from '../strategy/feature.js';
import type { Timestamp } from '../time/timestamp.js';
import type { Core } from './core.js';

/**
 * What a risk manager may know of an engine: one object for its whole life, read-only, always of the event in hand. Functions
 * rather than methods, so that a rule may take it apart.
 */
export function riskContext(core: Core): RiskContext {
  const { portfolio, orders, memory, stances, options } = core;
  const { universe, commission } = options;
  const collar = options.collarBps * 1e-4;
  const price = (instrument: InstrumentIndex): number => portfolio.mark[instrument] ?? Number.NaN;
  const feature = featureReader(core);
  return Object.freeze<RiskContext>({
    get time() {
      return core.now;
    },
    get revision() {
      return core.revision;
    },
    get session() {
      return core.sessionDay;
    },
    get sessionOpen() {
      return core.session?.open ?? (Number.NaN as Timestamp);
    },
    get sessionClose() {
      return core.session?.close ?? (Number.NaN as Timestamp);
    },
    get state() {
      return core.state;
    },
    instruments: core.everyInstrument,
    get equity() {
      return portfolio.equity;
    },
    get previousCloseEquity() {
      return portfolio.previousCloseEquity;
    },
    get flows() {
      return portfolio.flowsSinceClose;
    },
    get index() {
      return portfolio.index;
    },
    get peakIndex() {
      return portfolio.peakIndex;
    },
    get cash() {
      return portfolio.cash;
    },
    get reservedCash() {
      return orders.reservedCash;
    },
    id: (instrument) => universe.instruments[instrument]?.id ?? '',
    price,
    worstPrice: (instrument, side) => price(instrument) * (side === 'buy' ? 1 + collar : 1 - collar),
    commission: (quantity, at) => commissionOf(commission, quantity, at),
    held: (instrument) => portfolio.position[instrument] ?? 0,
    openBuys: (instrument) => orders.openBuys[instrument] ?? 0,
    openSells: (instrument) => orders.openSells[instrument] ?? 0,
    sector: (instrument) => universe.instruments[instrument]?.sector,
    lot: (instrument) => core.lot(instrument, false),
    get sessionsClosed() {
      return memory.sessions;
    },
    lastTradeTime: (instrument) => memory.lastTradeTime(instrument),
    averageVolume: (instrument) => memory.averageVolume(instrument),
    sessionReturn: (instrument, sessionsAgo) => memory.sessionReturn(instrument, sessionsAgo),
    feature,
    stopPrice: (strategy, instrument) => stances.stopPrice[strategy * core.instruments + instrument] ?? Number.NaN,
    entriesSince: (time) => memory.entriesSince(time),
    lastEntry: (strategy, instrument) => memory.lastEntry(strategy * core.instruments + instrument),
    lastLossTime: (instrument) => memory.lastLossTime(instrument),
    tradeStatistics: (strategy) => memory.tradeStatistics(strategy),
  });
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
