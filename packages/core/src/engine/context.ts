import type { InstrumentIndex } from '../market/instrument.js';
import { commissionOf } from '../ports/commission.js';
import type { TradingState } from '../ports/events.js';
import type { RiskContext } from '../ports/risk.js';
import type { SessionDay, Timestamp } from '../time/timestamp.js';
import type { Core } from './core.js';

/** What a risk manager may know of an engine: one object for its whole life, read-only, always of the event in hand. */
export class Context implements RiskContext {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
    Object.freeze(this);
  }

  get time(): Timestamp {
    return this.#core.now;
  }
  get session(): SessionDay {
    return this.#core.sessionDay;
  }
  get state(): TradingState {
    return this.#core.state;
  }
  get instruments(): number {
    return this.#core.instruments;
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
  price(instrument: InstrumentIndex): number {
    return this.#core.portfolio.mark[instrument] ?? Number.NaN;
  }
  worstPrice(instrument: InstrumentIndex, side: 'buy' | 'sell'): number {
    const collar = this.#core.options.collarBps * 1e-4;
    return this.price(instrument) * (side === 'buy' ? 1 + collar : 1 - collar);
  }
  commission(quantity: number, price: number): number {
    return commissionOf(this.#core.options.commission, quantity, price, true);
  }
  held(instrument: InstrumentIndex): number {
    return this.#core.portfolio.position[instrument] ?? 0;
  }
  openBuys(instrument: InstrumentIndex): number {
    return this.#core.orders.openBuys[instrument] ?? 0;
  }
  openSells(instrument: InstrumentIndex): number {
    return this.#core.orders.openSells[instrument] ?? 0;
  }
  sector(instrument: InstrumentIndex): string | undefined {
    return this.#core.options.universe.instruments[instrument]?.sector;
  }
  lot(instrument: InstrumentIndex): number {
    return this.#core.lot(instrument, false);
  }
}
