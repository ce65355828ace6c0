/** What an account may come to, in dollars: reckoned once for all rules that look at it. */
import type { InstrumentIndex, RiskContext } from '@tradekit/core';
import type { Addition } from './rules/rule.js';

/** Columns by instrument, and sums over them. Valid while the context counts no change. */
export interface Book {
  /** Dollars on each side if every order of that side trades and none of the other. */
  readonly long: Float64Array;
  readonly short: Float64Array;
  /** Signed value of what is held; dollars that open buys and open sells would move. */
  readonly value: Float64Array;
  readonly buys: Float64Array;
  readonly sells: Float64Array;
  /** 1 where something is held or being ordered. */
  readonly isTaken: Uint8Array;
  /** Sum of the worse sides. */
  readonly gross: number;
  /** How far the book leans to each side at worst. */
  readonly leanLong: number;
  readonly leanShort: number;
}

/** Fractions of equity that differ by less are equal: the dust of sums in another order. */
export const DUST = 1e-9;

const books = new WeakMap<RiskContext, KeptBook>();

/** The book of a context as it is now. */
export function bookOf(context: RiskContext): Book {
  let book = books.get(context);
  if (book === undefined) {
    book = new KeptBook(context.instruments.length);
    books.set(context, book);
  }
  book.update(context);
  return book;
}

/** A book that is brought up to date in place, where something has changed; its sums only when they are asked for. */
class KeptBook implements Book {
  readonly long: Float64Array;
  readonly short: Float64Array;
  readonly value: Float64Array;
  readonly buys: Float64Array;
  readonly sells: Float64Array;
  readonly isTaken: Uint8Array;
  /** How far each instrument leans to each side at worst. */
  readonly #leanLong: Float64Array;
  readonly #leanShort: Float64Array;
  #gross = 0;
  #areSummed = false;
  #changes: number = Number.NaN;

  constructor(instruments: number) {
    this.long = new Float64Array(instruments);
    this.short = new Float64Array(instruments);
    this.value = new Float64Array(instruments);
    this.buys = new Float64Array(instruments);
    this.sells = new Float64Array(instruments);
    this.isTaken = new Uint8Array(instruments);
    this.#leanLong = new Float64Array(instruments);
    this.#leanShort = new Float64Array(instruments);
  }

  get gross(): number {
    if (!this.#areSummed) {
      let gross = 0;
      for (let k = 0; k < this.long.length; k++) gross += Math.max(this.long[k]!, this.short[k]!);
      this.#gross = gross;
      this.#areSummed = true;
    }
    return this.#gross;
  }

  get leanLong(): number {
    return sumOf(this.#leanLong);
  }

  get leanShort(): number {
    return sumOf(this.#leanShort);
  }

  update(context: RiskContext): void {
    const { changes } = context;
    if (changes === this.#changes) return;
    const changed = context.changedSince(this.#changes) ?? context.instruments;
    for (let k = 0; k < changed.length; k++) this.#reckon(changed[k]!, context);
    this.#areSummed = false;
    this.#changes = changes;
  }

  #reckon(i: InstrumentIndex, { held, openBuys, openSells, price, worstPrice }: RiskContext): void {
    const { long, short, value, buys, sells, isTaken } = this;
    const leanLong = this.#leanLong;
    const leanShort = this.#leanShort;
    const shares = held(i);
    const buying = openBuys(i);
    const selling = openSells(i);
    if (shares === 0 && buying === 0 && selling === 0) {
      if (isTaken[i] === 1)
        long[i] = short[i] = value[i] = buys[i] = sells[i] = leanLong[i] = leanShort[i] = isTaken[i] = 0;
      return;
    }
    const mark = price(i);
    const buyAt = buying === 0 ? 0 : worstPrice(i, 'buy');
    const sellAt = selling === 0 ? 0 : Math.max(worstPrice(i, 'sell'), mark);
    const worth = shares === 0 ? 0 : shares * mark;
    const most = shares > 0 ? worth + buying * buyAt : Math.max(0, shares + buying) * buyAt;
    const least = shares < 0 ? selling * sellAt - worth : Math.max(0, selling - shares) * sellAt;
    isTaken[i] = 1;
    value[i] = worth;
    buys[i] = buying * buyAt;
    sells[i] = selling * sellAt;
    long[i] = most;
    short[i] = least;
    leanLong[i] = shares < 0 && shares + buying <= 0 ? (shares + buying) * mark : most;
    leanShort[i] = shares > 0 && shares - selling >= 0 ? (selling - shares) * mark : least;
  }
}

function sumOf(column: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < column.length; k++) sum += column[k]!;
  return sum;
}

/**
 * Dollars by which an instrument leans away from a side. An addition of that side closes them before it opens, so they hold nothing
 * of it back.
 */
export function leansAway(
  direction: 1 | -1,
  instrument: InstrumentIndex,
  { held, openBuys, openSells, price }: RiskContext,
): number {
  const shares = direction * held(instrument);
  const left = shares + (direction > 0 ? openBuys(instrument) : openSells(instrument));
  return shares < 0 && left < 0 ? -left * price(instrument) : 0;
}

/** Dollars of exposure that an addition makes. */
export function additionValue(
  { direction, instrument, quantity, worstPrice: worst }: Addition,
  context: RiskContext,
): number {
  return quantity * exposurePrice(direction, worst, context.price(instrument));
}

/** Dollars of exposure that additions make together. */
export function addedValue(additions: readonly Addition[], context: RiskContext): number {
  let dollars = 0;
  for (let k = 0; k < additions.length; k++) dollars += additionValue(additions[k]!, context);
  return dollars;
}

/** A sale's worst price lies below the mark, but what is short is marked at the mark. */
function exposurePrice(direction: 1 | -1, worst: number, mark: number): number {
  return direction > 0 ? worst : Math.max(worst, mark);
}
