import type { SessionDay, Timestamp } from '@tradekit/core';
import type { EquityColumns, SessionColumns } from '../result/run-result.js';
import { copyOf, FIRST_CAPACITY, grow } from './table.js';

/** The account after every slice, and which rows end a session. */
export class EquityLog {
  readonly #cells = {
    time: new Float64Array(FIRST_CAPACITY),
    session: new Int32Array(FIRST_CAPACITY),
    cash: new Float64Array(FIRST_CAPACITY),
    equity: new Float64Array(FIRST_CAPACITY),
    index: new Float64Array(FIRST_CAPACITY),
    gross: new Float64Array(FIRST_CAPACITY),
  };
  #length = 0;
  readonly #sessions = { day: new Int32Array(FIRST_CAPACITY), row: new Int32Array(FIRST_CAPACITY) };
  #closed = 0;
  /** The index grows with the equity from here on; a flow begins a new stretch. */
  #baseIndex = 1;
  #baseEquity: number;
  /** Deposits and withdrawals since the last row. */
  #flows = 0;

  constructor(initialCash: number) {
    this.#baseEquity = initialCash;
  }

  /** The last row; −1 before the first. */
  get row(): number {
    return this.#length - 1;
  }

  /** A new row. `gross` is the sum of |market value|. */
  slice(time: Timestamp, session: SessionDay, cash: number, equity: number, gross: number): void {
    if (this.#length === this.#cells.time.length) grow(this.#cells);
    this.#cells.time[this.#length] = time;
    this.#cells.session[this.#length] = session;
    this.#length += 1;
    this.#mark(cash, equity, gross);
  }

  /** Marks the session's last row anew, at the official close. `false` where a session without a slice has no row. */
  closeSession(session: SessionDay, cash: number, equity: number, gross: number): boolean {
    if (this.#cells.session[this.row] !== session) return false;
    this.#mark(cash, equity, gross);
    if (this.#closed === this.#sessions.day.length) grow(this.#sessions);
    this.#sessions.day[this.#closed] = session;
    this.#sessions.row[this.#closed] = this.row;
    this.#closed += 1;
    return true;
  }

  /** A deposit or a withdrawal, in dollars. */
  flow(cash: number): void {
    this.#flows += cash;
  }

  #mark(cash: number, equity: number, gross: number): void {
    const { row } = this;
    this.#cells.cash[row] = cash;
    this.#cells.equity[row] = equity;
    this.#cells.index[row] = this.#indexOf(equity);
    this.#cells.gross[row] = gross;
  }

  /** Flow-adjusted growth: a deposit lifts the equity and leaves the index where it was. */
  #indexOf(equity: number): number {
    const growth = this.#baseEquity === 0 ? 1 : (equity - this.#flows) / this.#baseEquity;
    const index = this.#baseIndex * growth;
    if (this.#flows !== 0) {
      this.#baseIndex = index;
      this.#baseEquity = equity;
      this.#flows = 0;
    }
    return index;
  }

  columns(): EquityColumns {
    const { gross, ...cells } = copyOf(this.#cells, this.#length);
    const exposure = gross.map((dollars, row) => (cells.equity[row]! > 0 ? dollars / cells.equity[row]! : Number.NaN));
    return { length: this.#length, ...cells, exposure };
  }

  sessions(): SessionColumns {
    return { length: this.#closed, ...copyOf(this.#sessions, this.#closed) };
  }
}
