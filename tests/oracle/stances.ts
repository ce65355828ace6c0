/** Wishes become stances (rules 2.1 to 2.4), or are refused. */
import type { Book, Run, Stance } from './books.js';
import type { CaseWish } from './case.js';

/** A slice on which strategies are asked. */
export interface DecisionSlice {
  readonly row: number;
  readonly canEnter: boolean;
  /** Under 80 % of the universe have a bar. */
  readonly isThin: boolean;
}

/** All wishes of the slice are heard together, and what was refused is tried again with them; then each is judged. */
export function decide(run: Run, slice: DecisionSlice): void {
  const before = run.books.map(entering);
  const asking = run.books.filter((book) => hears(run, slice, book, wishOf(run, slice, book)));
  for (const book of asking) noteSilence(run, book, before);
  const left = new Set<Book>();
  for (const { stance, instrument } of asking) {
    if (stance.wish !== undefined) stance.wish = trailing(run, slice, instrument, stance.wish, stance.direction);
  }
  for (const book of asking) {
    const about = refusal(run, slice, book);
    if (about === undefined) left.add(book);
    else refuse(run, book.stance, about);
  }
  // Of wishes of one slice that are against each other the rules do not say which is met: it is the last strategy's.
  for (const book of [...left]) {
    if (![...left].some((other) => isOther(other, book) && other.stance.direction === -book.stance.direction)) continue;
    left.delete(book);
    refuse(run, book.stance, 'wish');
  }
  for (const { stance } of left) {
    stance.status = 'standing';
    stance.target = stance.direction * (stance.wish?.shares ?? 0);
    stance.level = stance.wish?.stop;
    stance.isFollowed = false;
  }
}

/** The direction in which a book is on its way into a position, 0 where it is not. */
function entering({ held, entry, stance }: Book): number {
  if (entry !== undefined) return entry.sign;
  return held * stance.target > 0 ? 0 : Math.sign(stance.target);
}

/**
 * Rule 4.2 speaks of positions. Whether an entry of another book is in the way that made way for a closing order and has not left
 * again, no rule says.
 */
function noteSilence(run: Run, book: Book, before: readonly number[]): void {
  for (const [k, other] of run.books.entries()) {
    if (!isOther(other, book) || before[k] === 0) continue;
    if (before[k] === other.stance.direction && other.entry === undefined)
      run.silent.add('an entry of another book waits');
  }
}

function wishOf({ given }: Run, { row }: DecisionSlice, { strategy, instrument }: Book): CaseWish | undefined {
  return given.wishes[strategy]?.[row]?.find((wish) => wish.instrument === instrument);
}

/** Takes a wish in; true where the stance now asks to be opened. */
function hears(run: Run, slice: DecisionSlice, { stance }: Book, wish: CaseWish | undefined): boolean {
  if (wish === undefined) return isDue(run, stance);
  if (wish.direction === stance.direction) {
    const trailed = stance.wish?.trail;
    stance.wish = repeated(stance, trailing(run, slice, wish.instrument, wish, wish.direction));
    if (stance.status === 'standing' && trailed === undefined && stance.wish.trail !== undefined) {
      stance.level = stance.wish.stop;
      stance.isFollowed = false;
    }
    return isDue(run, stance);
  }
  stance.direction = wish.direction;
  stance.status = 'standing';
  stance.target = 0;
  stance.wish = wish;
  return wish.direction !== 0;
}

/** Rule 2.2: repeated, a wish moves the legs that it names, and nothing else. One that was refused is tried as it was said last. */
function repeated({ status, wish }: Stance, again: CaseWish): CaseWish {
  if (status !== 'standing') return again;
  const stop = wish?.trail === undefined ? (again.stop ?? wish?.stop) : wish.stop;
  return { ...again, ...wish, stop, target: again.target ?? wish?.target, trail: again.trail ?? wish?.trail };
}

/** A trailing stop begins that far from the last close. */
function trailing(run: Run, { row }: DecisionSlice, instrument: number, wish: CaseWish, direction: number): CaseWish {
  const close = run.given.bars[instrument]?.[row]?.[3] ?? run.marks[instrument];
  return wish.trail === undefined || close === undefined ? wish : { ...wish, stop: close - direction * wish.trail };
}

function isDue({ given, session }: Run, { status, refusedFor, refusedIn }: Stance): boolean {
  if (status !== 'refused') return false;
  if (refusedFor === 'slice') return true;
  const when = given.retryRefused ?? 'next-session';
  return when === 'every-slice' || (when === 'next-session' && refusedIn < session);
}

function refuse(run: Run, stance: Stance, about: 'slice' | 'wish'): void {
  stance.status = 'refused';
  stance.refusedFor = about;
  stance.refusedIn = run.session;
}

/** What a refusal is about, `undefined` where the wish is met. */
function refusal(run: Run, { row, canEnter, isThin }: DecisionSlice, book: Book): 'slice' | 'wish' | undefined {
  const { bars } = run.given;
  const { direction, wish } = book.stance;
  const bar = bars[book.instrument]?.[row] ?? null;
  if (run.halted || run.gone.has(book.instrument)) return 'wish';
  // Rule 1.5: a missing symbol opens nothing, nor does anything in a slice with under 80 % of the universe.
  if (bar === null || isThin) return 'slice';
  if (!canEnter) return 'wish';
  const close = bar[3];
  if (wish?.stop !== undefined && direction * (close - wish.stop) <= 0) return 'wish';
  if (wish?.target !== undefined && direction * (wish.target - close) <= 0) return 'wish';
  // Rule 4.2: one instrument has one direction.
  const isAgainst = run.books.some(
    (other) => isOther(other, book) && (other.held * direction < 0 || other.stance.target * direction < 0),
  );
  return isAgainst ? 'wish' : undefined;
}

const isOther = (other: Book, book: Book): boolean => other !== book && other.instrument === book.instrument;
