import { type BarHistory, type InstrumentIndex, parseIsoDate } from '@tradekit/core';

/** From this New York date on sales settle one session later; before, two. Source: SEC Release 34-96930. */
const ONE_DAY_FROM = parseIsoDate('2024-05-28') ?? Number.NaN;

/** Proceeds of sales that have not settled, and the shares that were bought with them. Sessions are places in the market. */
export class UnsettledProceeds {
  readonly #history: BarHistory;
  #proceeds: { readonly settles: number; readonly cash: number }[] = [];
  #bound: { readonly settles: number; readonly instrument: InstrumentIndex; readonly quantity: number }[] = [];

  constructor(history: BarHistory) {
    this.#history = history;
  }

  sold(cash: number, session: number): void {
    const { day } = this.#history.sessions[session]!;
    this.#proceeds.push({ settles: session + (day >= ONE_DAY_FROM ? 1 : 2), cash });
  }

  /** `cash`: on the account before the purchase. Settled cash is spent first; a purchase that needs more is bound whole. */
  bought(instrument: InstrumentIndex, quantity: number, cost: number, cash: number, session: number): void {
    this.#proceeds = this.#proceeds.filter(({ settles }) => settles > session);
    const unsettled = this.#proceeds.reduce((sum, proceeds) => sum + proceeds.cash, 0);
    if (cost <= cash - unsettled) return;
    const settles = Math.max(...this.#proceeds.map((proceeds) => proceeds.settles), session);
    this.#bound.push({ settles, instrument, quantity });
  }

  /** Shares of an instrument that must not be sold in a session. */
  bound(instrument: InstrumentIndex, session: number): number {
    this.#bound = this.#bound.filter(({ settles }) => settles > session);
    return this.#bound.reduce((sum, shares) => (shares.instrument === instrument ? sum + shares.quantity : sum), 0);
  }
}
