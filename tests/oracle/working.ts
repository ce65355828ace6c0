/** Targets against what is held and working (rules 3.1 to 3.4). */
import { type Book, closingBefore, newOrder, type Run, remaining } from './books.js';
import { protect } from './matching.js';

type WorkingTime = 'actions' | 'open' | 'slice' | 'close';

/** Reductions first, then entries: after corporate actions, after the fills of the opens, on a slice, and after a session's close. */
export function work(run: Run, at: WorkingTime): void {
  // Orders that a corporate action ended are made again in the instant of the action.
  if (at !== 'actions') run.instant += 1;
  for (const book of run.books) reduce(run, book);
  for (const book of run.books) open(run, book, at);
}

/** Rule 3.1: a target nearer to zero first cancels what opens and what protects, then closes what is held. */
function reduce(run: Run, book: Book): void {
  const { target } = book.stance;
  const { entry } = book;
  if (entry !== undefined && entry.sign !== Math.sign(target)) book.entry = undefined;
  const keeps = target * book.held > 0;
  if (book.held === 0 || keeps) return;
  book.stop = undefined;
  book.target = undefined;
  const missing = Math.abs(book.held) - remaining(book.exit);
  if (missing <= 0) return;
  book.exit = newOrder(run, 'exit', -Math.sign(book.held), Math.abs(book.held));
}

function open(run: Run, book: Book, at: WorkingTime): void {
  const { target, wish } = book.stance;
  if (target === 0) return;
  const isProtected = wish?.stop !== undefined || wish?.target !== undefined;
  const { entry } = book;
  if (at === 'slice' && entry !== undefined && entry.filled > 0 && isProtected) {
    // Rule 3.4: a partial entry is naked. At the next slice its rest is cancelled, and legs are sent for what was filled.
    book.entry = undefined;
    book.stance.target = book.held;
  }
  if (makesWay(run, book)) return;
  // What is held, less what is being closed, and what is on its way.
  const leaves = book.held === 0 ? 0 : Math.abs(book.held) - remaining(book.exit);
  const missing = Math.abs(book.stance.target) - (target * book.held > 0 ? leaves : 0) - remaining(book.entry);
  if (missing > 0) enter(run, book, Math.sign(target), missing);
  if (target * book.held > 0 && book.entry === undefined && book.exit === undefined) protect(run, book);
}

/**
 * Rule 3.2: an entry and the closing order before it leave as one chain, and trade at one open. A closing order that left
 * earlier cannot be chained any more: the entry leaves when that is filled, and trades at the open after.
 */
function enter(run: Run, book: Book, sign: number, shares: number): void {
  // Rule 1.5: a missing symbol opens nothing, nor does a slice in which the books only reduce.
  if (run.onlyReduces || !run.traded.has(book.instrument)) return;
  const closing = closingBefore(run, book, sign);
  if (!closing.every(({ made }) => made === run.instant)) return;
  // A chain is one order after another. What leaves when, where there are three, no rule says.
  const others = run.books.filter((other) => isChained(run, other) && other.instrument === book.instrument);
  if (closing.length > 1 || (closing.length > 0 && others.length > 0)) run.silent.add('a chain of three orders');
  book.entry = newOrder(run, 'entry', sign, shares);
}

/** Its entry leaves in this instant, behind a closing order. */
function isChained(run: Run, book: Book): boolean {
  const { entry } = book;
  return entry?.made === run.instant && closingBefore(run, book, entry.sign).length > 0;
}

/**
 * Rule 3.3: an entry that rests already makes way for an opposite closing order. Whether it is cancelled, and leaves when that
 * is filled, or is chained behind it and trades at the same open, is left to the engine.
 */
function makesWay(run: Run, book: Book): boolean {
  const { entry } = book;
  if (entry === undefined || closingBefore(run, book, entry.sign).every(({ made }) => made <= entry.made)) return false;
  run.silent.add('an entry makes way for the closing order of another book');
  book.entry = undefined;
  return true;
}
