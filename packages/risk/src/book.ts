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

/** Dollars that open orders of one side would move. */
function ordered(direction: 1 | -1, open: number, i: InstrumentIndex, context: RiskContext): number {
  if (open === 0) return 0;
  return open * exposurePrice(direction, context.worstPrice(i, direction > 0 ? 'buy' : 'sell'), context.price(i));
}

/**
 * Dollars on one side of an instrument if every order of that side trades and none of the other. What is held on the other
 * side is closed first: no order crosses zero.
 */
export function sideValue(direction: 1 | -1, instrument: InstrumentIndex, context: RiskContext): number {
  const held = direction * context.held(instrument);
  const open = direction > 0 ? context.openBuys(instrument) : context.openSells(instrument);
  if (held <= 0 && open === 0) return 0;
  const working = ordered(direction, held < 0 ? Math.max(0, held + open) : open, instrument, context);
  return held > 0 ? held * context.price(instrument) + working : working;
}

/** Dollars by which an instrument leans to a side: below 0 where it leans to the other, and is not about to be closed. */
export function leaning(direction: 1 | -1, instrument: InstrumentIndex, context: RiskContext): number {
  const held = direction * context.held(instrument);
  if (held >= 0) return sideValue(direction, instrument, context);
  const open = direction > 0 ? context.openBuys(instrument) : context.openSells(instrument);
  return held + open <= 0 ? (held + open) * context.price(instrument) : sideValue(direction, instrument, context);
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
