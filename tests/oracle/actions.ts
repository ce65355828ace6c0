/** Corporate actions, before the first match of a session (rule 4.5): on books, stances, marks and resting orders. */
import { type Book, closingBefore, end, newOrder, type Run, remaining } from './books.js';
import type { CaseAction } from './case.js';

export function applyActions(run: Run): void {
  run.instant += 1;
  for (const { session, instrument, action } of run.given.actions ?? []) {
    if (session !== run.session) continue;
    if (action.type === 'split') noteSilence(run, instrument, action.ratio);
    for (const book of run.books) if (book.instrument === instrument) apply(run, book, action);
    if (action.type === 'split') run.marks[instrument] = (run.marks[instrument] ?? Number.NaN) / action.ratio;
    if (action.type === 'delisted') run.gone.add(instrument);
  }
}

function apply(run: Run, book: Book, action: CaseAction): void {
  if (action.type === 'split') return split(run, book, action.ratio, action.cashInLieu);
  // Paid on what is held, charged on what is short.
  run.cash += book.held * action.perShare;
  if (action.type === 'dividend') return;
  book.held = 0;
  clear(book);
  if (book.stance.direction !== 0) end(book.stance);
}

function clear(book: Book): void {
  book.entry = undefined;
  book.exit = undefined;
  book.stop = undefined;
  book.target = undefined;
}

/** The account has whole shares, and a fraction in cash. Which of its books has what where several hold, no rule says. */
function noteSilence(run: Run, instrument: number, ratio: number): void {
  const holding = run.books.filter((book) => book.instrument === instrument && book.held !== 0);
  if (holding.length > 1 && holding.some(({ held }) => !Number.isInteger(held * ratio)))
    run.silent.add('a fraction of a share in several books');
  const books = run.books.filter((book) => book.instrument === instrument);
  // A trailing stop that is halved between two cents: which of them it is snapped to, no rule says.
  if (
    books.some(({ stance: { wish, level } }) => wish?.trail !== undefined && Math.round((level ?? 0) * 100) % 2 !== 0)
  )
    run.silent.add('a trailing stop between two ticks');
  // An exit on its way while the strategy wants the position again: made anew, or no longer needed?
  if (books.some(({ exit, held, stance }) => exit !== undefined && held * stance.target > 0))
    run.silent.add('an exit that is no longer wanted rests over a split');
  // A chain is ended and made again order by order: as a chain, or not?
  if (books.some((book) => book.entry !== undefined && closingBefore(run, book, book.entry.sign).length > 0))
    run.silent.add('a chain rests over a split');
}

/** Resting orders are ended and made again in the new shares; a fraction of a share is paid in cash. */
function split(run: Run, book: Book, ratio: number, cashInLieu: number): void {
  const { stance, entry, exit } = book;
  const wasHeld = book.held !== 0;
  const exact = book.held * ratio;
  book.held = Math.trunc(exact);
  run.cash += (exact - book.held) * cashInLieu;
  stance.target = Math.trunc(stance.target * ratio);
  if (stance.wish !== undefined) {
    const { stop, target, trail } = stance.wish;
    if (stance.level !== undefined) stance.level /= ratio;
    stance.wish = {
      ...stance.wish,
      stop: stop === undefined ? undefined : stop / ratio,
      target: target === undefined ? undefined : target / ratio,
      trail: trail === undefined ? undefined : trail / ratio,
    };
  }
  clear(book);
  const closing = Math.min(Math.abs(book.held), Math.ceil(remaining(exit) * ratio));
  if (closing > 0) book.exit = newOrder(run, 'exit', -Math.sign(book.held), closing);
  const opening = Math.trunc(remaining(entry) * ratio);
  if (entry !== undefined && opening > 0) book.entry = newOrder(run, 'entry', entry.sign, opening);
  if (wasHeld && book.held === 0 && stance.target === 0 && stance.direction !== 0 && stance.status === 'standing')
    end(stance);
}
