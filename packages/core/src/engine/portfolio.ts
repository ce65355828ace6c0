import { roundQuantity, wholeLots } from '../orders/quantity.js';
import type { CorporateAction } from '../ports/events.js';
import { ChangeLog } from './change-log.js';

/** What a fill was paid at. */
export interface Paid {
  readonly price: number;
  readonly commission: number;
}

/**
 * The ledger: every strategy's book, and the account that they add up to. Only fills, corrections, corporate actions and
 * adjustments change it. Cell `strategy * instruments + instrument` is one strategy's book of one instrument.
 */
export class Portfolio {
  readonly instruments: number;
  readonly #changes: ChangeLog;
  /** Signed shares and their average price, by cell. */
  readonly held: Float64Array;
  readonly entryPrice: Float64Array;
  /** Average price of the position that a cell held last, for a closing fill that is taken back. */
  readonly #lastEntryPrice: Float64Array;
  /** Cash that each strategy's fills and dividends have brought and cost, its realised result before commission, its commission. */
  readonly bookCash: Float64Array;
  readonly realised: Float64Array;
  readonly commission: Float64Array;
  /** Signed shares of the account and last mark, by instrument; a mark is NaN before the first bar. */
  readonly position: Float64Array;
  readonly mark: Float64Array;
  readonly initialCash: number;
  cash: number;
  /** Cash that belongs to no strategy: deposits, interest, fees of the account. */
  unallocated = 0;
  /** As of the last mark. */
  equity: number;
  previousCloseEquity: number;
  flowsSinceClose = 0;
  /**
   * Dollars held, longs and shorts added up, and instruments held: as of the last mark, and with everything that was filled since
   * added. So never less than there is, and cheap.
   */
  grossAtMost = 0;
  positionsAtMost = 0;
  /** Growth of one dollar, deposits and withdrawals taken out. */
  index = 1;
  peakIndex = 1;
  #flowsSinceMark = 0;

  constructor(strategies: number, instruments: number, initialCash: number, changes: ChangeLog = new ChangeLog()) {
    this.instruments = instruments;
    this.#changes = changes;
    this.held = new Float64Array(strategies * instruments);
    this.entryPrice = new Float64Array(strategies * instruments);
    this.#lastEntryPrice = new Float64Array(strategies * instruments);
    this.bookCash = new Float64Array(strategies);
    this.realised = new Float64Array(strategies);
    this.commission = new Float64Array(strategies);
    this.position = new Float64Array(instruments);
    this.mark = new Float64Array(instruments).fill(Number.NaN);
    this.initialCash = initialCash;
    this.cash = initialCash;
    this.equity = initialCash;
    this.previousCloseEquity = initialCash;
  }

  /** Takes a fill into a book: `quantity` is signed. Average cost; a reduction realises against the average. */
  fill(strategy: number, instrument: number, quantity: number, price: number, commission: number): void {
    const cell = strategy * this.instruments + instrument;
    const before = this.held[cell]!;
    const after = roundQuantity(before + quantity);
    if (before * quantity >= 0) {
      this.entryPrice[cell] = (this.entryPrice[cell]! * before + price * quantity) / (before + quantity);
    } else {
      const closed = Math.abs(quantity) < Math.abs(before) ? quantity : -before;
      this.realised[strategy] = this.realised[strategy]! + closed * (this.entryPrice[cell]! - price);
      if (after === 0) {
        this.#lastEntryPrice[cell] = this.entryPrice[cell]!;
        this.entryPrice[cell] = 0;
      } else if (after * before < 0) this.entryPrice[cell] = price;
    }
    this.held[cell] = after;
    this.#move(instrument, quantity);
    this.commission[strategy] = this.commission[strategy]! + commission;
    this.#bookCash(strategy, -quantity * price - commission);
  }

  /** The venue takes a fill back: book and cash are as if it had never been. `quantity` is signed. */
  takeBack(strategy: number, instrument: number, quantity: number, { price, commission }: Paid, opened: boolean): void {
    const cell = strategy * this.instruments + instrument;
    const before = this.held[cell]!;
    const after = roundQuantity(before - quantity);
    const entry = before === 0 ? this.#lastEntryPrice[cell]! : this.entryPrice[cell]!;
    if (!opened) {
      this.realised[strategy] = this.realised[strategy]! - quantity * (entry - price);
      this.entryPrice[cell] = after === 0 ? 0 : entry;
    } else if (after * before > 0) this.entryPrice[cell] = (entry * before - price * quantity) / after;
    else {
      // Shares of it were sold already: that sale has no purchase any more and stands at its own price.
      this.realised[strategy] = this.realised[strategy]! - (quantity - before) * (entry - price);
      this.entryPrice[cell] = after === 0 ? 0 : price;
    }
    this.held[cell] = after;
    this.#move(instrument, -quantity);
    this.commission[strategy] = this.commission[strategy]! - commission;
    this.#bookCash(strategy, quantity * price + commission);
  }

  /** Shares of the account come or go. */
  #move(instrument: number, quantity: number): void {
    this.#changes.add(instrument);
    this.position[instrument] = roundQuantity(this.position[instrument]! + quantity);
    this.grossAtMost += Math.abs(quantity) * this.mark[instrument]!;
    this.positionsAtMost += 1;
  }

  /** Cash that moved without an order of ours. A flow is no profit: it leaves the index where it was. */
  adjustCash(amount: number, strategy: number | undefined, isFlow: boolean): void {
    if (strategy === undefined) {
      this.cash += amount;
      this.unallocated += amount;
    } else this.#bookCash(strategy, amount);
    if (!isFlow) return;
    this.#flowsSinceMark += amount;
    this.flowsSinceClose += amount;
  }

  /** Shares that moved without an order of ours; an adopted position is entered at the last mark. */
  adjustQuantity(strategy: number, instrument: number, quantity: number): void {
    const cell = strategy * this.instruments + instrument;
    const before = this.held[cell]!;
    const after = roundQuantity(before + quantity);
    const mark = this.mark[instrument]!;
    if (before === 0 || before * after < 0) this.entryPrice[cell] = Number.isNaN(mark) ? 0 : mark;
    if (after === 0) this.entryPrice[cell] = 0;
    this.held[cell] = after;
    this.#move(instrument, quantity);
  }

  /** Marks all positions to the closes of a row; an instrument without a bar keeps its mark. */
  markTo(prices: Float64Array): void {
    this.#changes.addAll();
    const { mark, position } = this;
    let value = 0;
    let gross = 0;
    let positions = 0;
    for (let i = 0; i < this.instruments; i++) {
      const price = prices[i]!;
      if (!Number.isNaN(price)) mark[i] = price;
      const shares = position[i]!;
      if (shares === 0) continue;
      const worth = shares * mark[i]!;
      if (!Number.isNaN(worth)) value += worth;
      gross += Math.abs(worth);
      positions += 1;
    }
    this.grossAtMost = gross;
    this.positionsAtMost = positions;
    const equity = this.cash + value;
    if (this.equity > 0) this.index *= (equity - this.#flowsSinceMark) / this.equity;
    this.#flowsSinceMark = 0;
    this.equity = equity;
    if (this.index > this.peakIndex) this.peakIndex = this.index;
  }

  /** The session is over: what was marked last is the base of the next session's loss. */
  closeSession(): void {
    this.previousCloseEquity = this.equity;
    this.flowsSinceClose = 0;
  }

  /** A release after a drawdown halt sets a new reference peak. */
  resetPeak(): void {
    this.peakIndex = this.index;
  }

  /** Books and mark of an instrument after a corporate action. `lot` is the smallest quantity step that may be held. */
  act(instrument: number, action: CorporateAction, lot: number): void {
    this.#changes.add(instrument);
    switch (action.type) {
      case 'split':
        this.#split(instrument, action.ratio, action.cashInLieu, lot);
        return;
      case 'dividend':
        this.#eachBook(instrument, (strategy, cell) => this.#bookCash(strategy, this.held[cell]! * action.perShare));
        return;
      case 'delisted':
        this.#eachBook(instrument, (strategy, cell) => {
          const held = this.held[cell]!;
          this.realised[strategy] = this.realised[strategy]! + held * (action.perShare - this.entryPrice[cell]!);
          this.#bookCash(strategy, held * action.perShare);
          this.held[cell] = 0;
          this.entryPrice[cell] = 0;
        });
        this.position[instrument] = 0;
    }
  }

  /**
   * The account holds whole lots after a split and gets cash for its one odd fraction. Books keep whole lots too: the lots that
   * fractions of several books make together go to the largest fractions, and the difference is settled between books in cash.
   */
  #split(instrument: number, ratio: number, cashInLieu: number, lot: number): void {
    const cells: { strategy: number; cell: number; exact: number; whole: number }[] = [];
    this.#eachBook(instrument, (strategy, cell) => {
      const exact = roundQuantity(this.held[cell]! * ratio);
      cells.push({ strategy, cell, exact, whole: wholeLots(exact, lot) });
      this.entryPrice[cell] = this.entryPrice[cell]! / ratio;
    });
    const total = wholeLots(roundQuantity(this.position[instrument]! * ratio), lot);
    let missing = roundQuantity(total - cells.reduce((sum, { whole }) => sum + whole, 0));
    const step = missing < 0 ? -lot : lot;
    const byFraction = [...cells].sort(
      (a, b) => (step > 0 ? 1 : -1) * (b.exact - b.whole - (a.exact - a.whole)) || a.strategy - b.strategy,
    );
    for (const entry of byFraction) {
      if (Math.abs(missing) < lot / 2) break;
      entry.whole = roundQuantity(entry.whole + step);
      missing = roundQuantity(missing - step);
    }
    for (const { strategy, cell, exact, whole } of cells) {
      if (exact !== whole) this.#bookCash(strategy, (exact - whole) * cashInLieu);
      this.held[cell] = whole;
      if (whole === 0) this.entryPrice[cell] = 0;
    }
    this.position[instrument] = total;
    this.mark[instrument] = this.mark[instrument]! / ratio;
  }

  #eachBook(instrument: number, visit: (strategy: number, cell: number) => void): void {
    for (let strategy = 0; strategy < this.bookCash.length; strategy++) {
      const cell = strategy * this.instruments + instrument;
      if (this.held[cell] !== 0) visit(strategy, cell);
    }
  }

  #bookCash(strategy: number, amount: number): void {
    this.cash += amount;
    this.bookCash[strategy] = this.bookCash[strategy]! + amount;
  }
}
