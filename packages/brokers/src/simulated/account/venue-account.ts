import { type CorporateAction, type InstrumentIndex, roundQuantity, type Universe, wholeLots } from '@tradekit/core';

/** What the venue itself believes of the account: cash, and signed shares by instrument. The engine never reads it, tests compare. */
export class VenueAccount {
  readonly #universe: Universe;
  readonly #position: Float64Array;
  #cash: number;

  constructor(universe: Universe, initialCash: number) {
    this.#universe = universe;
    this.#position = new Float64Array(universe.size);
    this.#cash = initialCash;
  }

  get cash(): number {
    return this.#cash;
  }

  /** Signed shares of an instrument. */
  held(instrument: InstrumentIndex): number {
    return this.#position[instrument]!;
  }

  /** Interest, a fee: signed dollars. */
  adjust(cash: number): void {
    this.#cash += cash;
  }

  /** Signed shares by id, of the instruments that are held. */
  positions(): Readonly<Record<string, number>> {
    const held = this.#universe.instruments.map(({ id }, i) => [id, this.#position[i]!] as const);
    return Object.fromEntries(held.filter(([, shares]) => shares !== 0));
  }

  /** A fill: `quantity` is signed. */
  trade(instrument: InstrumentIndex, quantity: number, price: number, commission: number): void {
    this.#position[instrument] = roundQuantity(this.#position[instrument]! + quantity);
    this.#cash -= quantity * price + commission;
  }

  act(instrument: InstrumentIndex, action: CorporateAction): void {
    const held = this.#position[instrument]!;
    switch (action.type) {
      case 'split': {
        const exact = roundQuantity(held * action.ratio);
        const whole = this.wholeLots(instrument, exact);
        this.#position[instrument] = whole;
        if (exact !== whole) this.#cash += (exact - whole) * action.cashInLieu;
        return;
      }
      case 'dividend':
        this.#cash += held * action.perShare;
        return;
      case 'delisted':
        this.#cash += held * action.perShare;
        this.#position[instrument] = 0;
    }
  }

  /** The quantity rounded toward zero to whole lots of the instrument. */
  wholeLots(instrument: InstrumentIndex, quantity: number): number {
    const { lot } = this.#universe.instruments[instrument]!;
    return wholeLots(quantity, lot);
  }
}
