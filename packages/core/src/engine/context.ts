import type { InstrumentIndex } from '../market/instrument.js';
import { commissionOf } from '../ports/commission.js';
import type { RiskContext } from '../ports/risk.js';
import type { Core } from './core.js';

/**
 * What a risk manager may know of an engine: one object for its whole life, read-only, always of the event in hand. Functions
 * rather than methods, so that a rule may take it apart.
 */
export function riskContext(core: Core): RiskContext {
  const { portfolio, orders, options } = core;
  const { universe, commission } = options;
  const collar = options.collarBps * 1e-4;
  const price = (instrument: InstrumentIndex): number => portfolio.mark[instrument] ?? Number.NaN;
  return Object.freeze<RiskContext>({
    get time() {
      return core.now;
    },
    get session() {
      return core.sessionDay;
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
    price,
    worstPrice: (instrument, side) => price(instrument) * (side === 'buy' ? 1 + collar : 1 - collar),
    commission: (quantity, at) => commissionOf(commission, quantity, at, true),
    held: (instrument) => portfolio.position[instrument] ?? 0,
    openBuys: (instrument) => orders.openBuys[instrument] ?? 0,
    openSells: (instrument) => orders.openSells[instrument] ?? 0,
    sector: (instrument) => universe.instruments[instrument]?.sector,
    lot: (instrument) => core.lot(instrument, false),
  });
}
