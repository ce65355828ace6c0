/** What an account may come to, in dollars: reckoned once for all rules that look at it. */
import type { InstrumentIndex, RiskContext } from '@tradekit/core';
import type { Addition } from './rules/rule.js';

/** Columns by instrument, and sums over them. Valid while the context's revision is the same. */
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
  readonly takenCount: number;
  /** Sum of the worse sides. */
  readonly gross: number;
  /** How far the book leans to each side at worst. */
  readonly leanLong: number;
  readonly leanShort: number;
}

/** Fractions of equity that differ by less are equal: the dust of sums in another order. */
export const DUST = 1e-9;

type Writable<T> = { -readonly [K in keyof T]: T[K] };
interface Kept {
  readonly book: Writable<Book>;
  revision: number;
}

const books = new WeakMap<RiskContext, Kept>();

/** The book of a context as it is now. */
export function bookOf(context: RiskContext): Book {
  let kept = books.get(context);
  if (kept === undefined) {
    kept = { book: emptyBook(context.instruments.length), revision: Number.NaN };
    books.set(context, kept);
  }
  const { revision } = context;
  if (kept.revision !== revision) {
    reckon(kept.book, context);
    kept.revision = revision;
  }
  return kept.book;
}

function emptyBook(instruments: number): Writable<Book> {
  const column = (): Float64Array => new Float64Array(instruments);
  const columns = { long: column(), short: column(), value: column(), buys: column(), sells: column() };
  return { ...columns, isTaken: new Uint8Array(instruments), takenCount: 0, gross: 0, leanLong: 0, leanShort: 0 };
}

function reckon(
  book: Writable<Book>,
  { instruments, held, openBuys, openSells, price, worstPrice }: RiskContext,
): void {
  const { long, short, value, buys, sells, isTaken } = book;
  let [takenCount, gross, leanLong, leanShort] = [0, 0, 0, 0];
  for (let k = 0; k < instruments.length; k++) {
    const i = instruments[k]!;
    const shares = held(i);
    const buying = openBuys(i);
    const selling = openSells(i);
    if (shares === 0 && buying === 0 && selling === 0) {
      if (isTaken[k] === 1) long[k] = short[k] = value[k] = buys[k] = sells[k] = isTaken[k] = 0;
      continue;
    }
    const mark = price(i);
    const buyAt = buying === 0 ? 0 : worstPrice(i, 'buy');
    const sellAt = selling === 0 ? 0 : Math.max(worstPrice(i, 'sell'), mark);
    const worth = shares === 0 ? 0 : shares * mark;
    const most = shares > 0 ? worth + buying * buyAt : Math.max(0, shares + buying) * buyAt;
    const least = shares < 0 ? selling * sellAt - worth : Math.max(0, selling - shares) * sellAt;
    isTaken[k] = 1;
    value[k] = worth;
    buys[k] = buying * buyAt;
    sells[k] = selling * sellAt;
    long[k] = most;
    short[k] = least;
    takenCount += 1;
    gross += Math.max(most, least);
    leanLong += shares < 0 && shares + buying <= 0 ? (shares + buying) * mark : most;
    leanShort += shares > 0 && shares - selling >= 0 ? (selling - shares) * mark : least;
  }
  book.takenCount = takenCount;
  book.gross = gross;
  book.leanLong = leanLong;
  book.leanShort = leanShort;
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

/** A sale's worst price lies below the mark, but what is short is marked at the mark. */
function exposurePrice(direction: 1 | -1, worst: number, mark: number): number {
  return direction > 0 ? worst : Math.max(worst, mark);
}
