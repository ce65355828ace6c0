import type { AccountView, CorporateAction, InstrumentIndex, Universe } from '@tradekit/core';
import type { SessionExposures } from '../result/exposures.js';

type Rows = { -readonly [K in keyof SessionExposures]: SessionExposures[K][number][] };

/** What is held at every session's close, and the most that it came to within. Slices write numbers and make nothing. */
export class ExposureLog {
  readonly #account: AccountView;
  readonly #sectorOf: Int32Array;
  /** Dollars by sector, of the book that is being measured. */
  readonly #sectors: Float64Array;
  readonly #rows: Rows = {
    held: [],
    mark: [],
    sessionReturn: [],
    position: [],
    sector: [],
    gross: [],
    net: [],
    positions: [],
  };
  /** 1 where an instrument has had a bar in this session, and how many have not. */
  readonly #traded: Uint8Array;
  #untraded: number;
  readonly #lastClose: Float64Array;
  /** The most of this session so far. */
  readonly #peak = { position: 0, sector: 0, gross: 0, net: 0, positions: 0 };

  constructor({ instruments, size }: Universe, account: AccountView) {
    const names = [...new Set(instruments.map(({ sector }) => sector))];
    this.#account = account;
    this.#sectorOf = Int32Array.from(instruments, ({ sector }) => names.indexOf(sector));
    this.#sectors = new Float64Array(names.length);
    this.#traded = new Uint8Array(size);
    this.#untraded = size;
    this.#lastClose = new Float64Array(size).fill(Number.NaN);
  }

  /** Measures shares at the closes of a slice, where there are any, and at marks; answers Σ |market value|. */
  measure(shares: Float64Array, close?: Float64Array): number {
    if (close !== undefined && this.#untraded > 0) this.#see(close);
    this.#sectors.fill(0);
    let [gross, net, largest, count] = [0, 0, 0, 0];
    for (let i = 0; i < shares.length; i++) {
      const quantity = shares[i]!;
      if (quantity === 0) continue;
      const last = close === undefined ? Number.NaN : close[i]!;
      const price = Number.isNaN(last) ? this.#account.mark(i as InstrumentIndex) : last;
      if (Number.isNaN(price)) continue;
      const value = Math.abs(quantity) * price;
      gross += value;
      net += quantity * price;
      count += 1;
      if (value > largest) largest = value;
      this.#sectors[this.#sectorOf[i]!]! += value;
    }
    if (count > 0) this.#raise(largest, gross, Math.abs(net), count);
    return gross;
  }

  #see(close: Float64Array): void {
    for (let i = 0; i < close.length; i++) {
      if (this.#traded[i] === 1 || Number.isNaN(close[i]!)) continue;
      this.#traded[i] = 1;
      this.#untraded -= 1;
    }
  }

  #raise(position: number, gross: number, net: number, positions: number): void {
    const { equity } = this.#account;
    let sector = 0;
    for (const dollars of this.#sectors) if (dollars > sector) sector = dollars;
    // What cannot be measured shows: Math.max is NaN when one of them is.
    const part = (dollars: number): number => (equity > 0 ? dollars / equity : Number.NaN);
    const peak = this.#peak;
    peak.position = Math.max(peak.position, part(position));
    peak.sector = Math.max(peak.sector, part(sector));
    peak.gross = Math.max(peak.gross, part(gross));
    peak.net = Math.max(peak.net, part(net));
    peak.positions = Math.max(peak.positions, positions);
  }

  /** The session is over; its book has been measured at the official closes. */
  closeSession(shares: Float64Array): void {
    const mark = Float64Array.from(shares, (_, i) => this.#account.mark(i as InstrumentIndex));
    const close = mark.map((price, i) => (this.#traded[i] === 1 ? price : Number.NaN));
    const { held, mark: marks, sessionReturn, position, sector, gross, net, positions } = this.#rows;
    held.push(shares.slice());
    marks.push(mark);
    sessionReturn.push(close.map((price, i) => price / this.#lastClose[i]! - 1));
    position.push(this.#peak.position);
    sector.push(this.#peak.sector);
    gross.push(this.#peak.gross);
    net.push(this.#peak.net);
    positions.push(this.#peak.positions);
    this.#lastClose.set(close);
    this.#traded.fill(0);
    this.#untraded = this.#traded.length;
    Object.assign(this.#peak, { position: 0, sector: 0, gross: 0, net: 0, positions: 0 });
  }

  /** Continues closes across a corporate action, so that it is no return. */
  act(instrument: InstrumentIndex, action: CorporateAction): void {
    const close = this.#lastClose[instrument]!;
    if (action.type === 'dividend') this.#lastClose[instrument] = close - action.perShare;
    if (action.type === 'split') this.#lastClose[instrument] = close / action.ratio;
  }

  rows(): SessionExposures {
    const { held, mark, sessionReturn, position, sector, gross, net, positions } = this.#rows;
    return {
      held: [...held],
      mark: [...mark],
      sessionReturn: [...sessionReturn],
      position: [...position],
      sector: [...sector],
      gross: [...gross],
      net: [...net],
      positions: [...positions],
    };
  }
}
