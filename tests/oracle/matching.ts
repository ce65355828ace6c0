/** What trades where (the table of the engine's guide), and what it costs. */
import { type Book, closingBefore, end, nearer, newOrder, type Order, type Run, remaining } from './books.js';
import { BAR_MS, type CaseBar, openOf } from './case.js';

/** A bar, and what of its volume is still to be had. */
export interface Trading {
  readonly bar: Exclude<CaseBar, null>;
  readonly instrument: number;
  readonly time: number;
  left: number;
  /** Shares of it that were traded so far. */
  traded: number;
  /** Who traded last, to tell when two books want the same shares. */
  last: Candidate | undefined;
}

/** What trades at the opens of a row, and what of their volume is left for the rest of the bars. */
export function matchOpens(run: Run, row: number, rowInSession: number): readonly Trading[] {
  const start = openOf(run.session) + rowInSession * BAR_MS;
  return run.given.bars.flatMap((rows, instrument) => {
    const bar = rows[row] ?? null;
    if (bar === null || run.gone.has(instrument)) return [];
    const trading: Trading = { bar, instrument, time: start, left: most(run, bar), traded: 0, last: undefined };
    matchOpen(run, trading);
    for (const { stop, instrument: of } of run.books) if (of === instrument && stop !== undefined) follow(stop, bar[0]);
    return [{ ...trading, time: start + BAR_MS, last: undefined }];
  });
}

/** Whole shares that all fills of one bar may come to. A bar without any volume fills nothing. */
function most({ given }: Run, bar: Exclude<CaseBar, null>): number {
  if (bar[4] === 0) return 0;
  const part = given.volumeShare?.limitFraction ?? given.participation;
  return part === undefined ? Number.POSITIVE_INFINITY : Math.floor(bar[4] * part + 1e-9);
}

/**
 * One order after another, reductions before entries, until none is left that trades at this open. Legs of an entry that is
 * filled here, which are made here, trade inside the bar.
 */
function matchOpen(run: Run, trading: Trading): void {
  const made = run.orders;
  const seen = new Set<Order>();
  for (;;) {
    const next = atOpen(run, trading, seen).find(({ order }) => order.number <= made);
    if (next === undefined) return;
    seen.add(next.order);
    fill(run, trading, next.book, next.order, trading.bar[0], 'taken');
  }
}

interface Candidate {
  readonly book: Book;
  readonly order: Order;
}

function atOpen(run: Run, { bar, instrument }: Trading, seen: ReadonlySet<Order>): readonly Candidate[] {
  const reductions: Candidate[] = [];
  const entries: Candidate[] = [];
  for (const book of run.books) {
    if (book.instrument !== instrument) continue;
    const { exit, stop, target, entry } = book;
    if (exit !== undefined) reductions.push({ book, order: exit });
    const meetsStop = stop !== undefined && stop.sign * (bar[0] - levelOf(stop)) >= 0;
    const meetsTarget = target !== undefined && target.sign * (target.price - bar[0]) >= 0;
    if (stop !== undefined && (stop.touched || meetsStop)) reductions.push({ book, order: stop });
    else if (meetsTarget) reductions.push({ book, order: target });
    // The price is the same but for a target's limit; whose commission is paid where an open meets both is not said.
    if (meetsTarget && (meetsStop || stop?.touched === true)) run.silent.add('an open meets a stop and a target');
    if (entry !== undefined && closingBefore(run, book, entry.sign).length === 0) entries.push({ book, order: entry });
  }
  const byNumber = (a: Candidate, b: Candidate): number => a.order.number - b.order.number;
  return [...reductions.sort(byNumber), ...entries.sort(byNumber)].filter(({ order }) => !seen.has(order));
}

/** Where a stop stands: a trailing one so far behind the best price since it rests. */
function levelOf({ sign, price, trail, best }: Order): number {
  return trail === undefined || best === undefined ? price : nearer(sign, price, best + sign * trail);
}

function follow(stop: Order, price: number): void {
  if (stop.trail === undefined) return;
  stop.best = stop.best === undefined ? price : nearer(stop.sign, stop.best, price);
}

const legNumber = ({ stop, target }: Book): number => stop?.number ?? target?.number ?? 0;

/** Where a bar touches a stop and a target, the stop trades. Older legs come first where volume is short. */
export function matchInside(run: Run, trading: Trading): void {
  const [open, high, low] = trading.bar;
  for (const book of [...run.books].sort((a, b) => legNumber(a) - legNumber(b))) {
    if (book.instrument !== trading.instrument) continue;
    const { stop, target } = book;
    const reaches = (price: number, up: boolean): boolean => (up ? high >= price : low <= price);
    const before = stop === undefined ? Number.NaN : levelOf(stop);
    // At worst the adverse price comes before the best one, and again after it.
    if (stop !== undefined && !reaches(before, stop.sign > 0)) follow(stop, stop.sign > 0 ? low : high);
    const after = stop === undefined ? Number.NaN : levelOf(stop);
    // A leg that its entry's own open was beyond has that open's price.
    if (stop !== undefined && reaches(after, stop.sign > 0)) {
      stop.touched = true;
      fill(run, trading, book, stop, stop.sign * (open - before) >= 0 ? open : after, 'taken');
    } else if (target !== undefined && reaches(target.price, target.sign < 0)) {
      const isBeyond = target.sign * (target.price - open) >= 0;
      fill(run, trading, book, target, isBeyond ? open : target.price, isBeyond ? 'taken' : 'came');
    }
  }
}

/** `came`: a limit inside a bar, to which somebody came; it pays no slippage. A limit is never exceeded. `share` of the bar: this fill and those before it, as Zipline counts. */
function priceOf(run: Run, order: Order, raw: number, share: number, how: 'taken' | 'came'): number {
  if (how === 'came') return raw;
  const { slippageBps = 0, volumeShare } = run.given;
  const part = volumeShare === undefined ? slippageBps / 10_000 : volumeShare.impact * share ** 2;
  const price = raw * (1 + order.sign * part);
  if (order.role !== 'target') return price;
  return order.sign > 0 ? Math.min(price, order.price) : Math.max(price, order.price);
}

/** What an order that traded so many shares worth so many dollars owes in all. */
function owed({ given }: Run, shares: number, notional: number): number {
  if (shares === 0) return 0;
  const { perShare = 0, perOrder = 0, bps = 0, minPerOrder = 0, maxFraction } = given.commission ?? {};
  const parts = Math.max(minPerOrder, shares * perShare + perOrder + (notional * bps) / 10_000);
  return maxFraction === undefined ? parts : Math.min(parts, notional * maxFraction);
}

function fill(run: Run, trading: Trading, book: Book, order: Order, raw: number, how: 'taken' | 'came'): void {
  noteRivals(run, trading, book, order);
  const quantity = Math.min(remaining(order), trading.left);
  if (quantity <= 0) return;
  trading.left -= quantity;
  trading.traded += quantity;
  const price = priceOf(run, order, raw, trading.traded / trading.bar[4], how);
  const before = owed(run, order.filled, order.notional);
  order.filled += quantity;
  order.notional += quantity * price;
  const commission = owed(run, order.filled, order.notional) - before;
  run.cash -= order.sign * quantity * price + commission;
  book.held += order.sign * quantity;
  const { strategy, instrument } = book;
  run.fills.push({ time: trading.time, strategy, instrument, sign: order.sign, quantity, price, commission });
  run.roles.push(order.role);
  if (order.role === 'stop' || order.role === 'target') legTraded(book, order, quantity);
  else if (remaining(order) === 0) {
    book[order.role] = undefined;
    // Rule 3.4: the legs rest from the moment in which the entry is filled completely.
    if (order.role === 'entry') {
      protect(run, book);
      if (book.stop !== undefined) follow(book.stop, raw);
    }
  }
}

/** Which of two books goes first where both close, or both open, and volume is short or has a price, no rule says. */
function noteRivals(run: Run, trading: Trading, book: Book, order: Order): void {
  const { last, left } = trading;
  trading.last = { book, order };
  if (last === undefined || last.book === book || (last.order.role === 'entry') !== (order.role === 'entry')) return;
  if (run.given.volumeShare !== undefined || remaining(order) > left)
    run.silent.add('two books share the volume of a bar');
}

/** Of two legs one trades: what the one has closed, the other need not. What was closed is not opened again (rule 2.3). */
function legTraded(book: Book, order: Order, quantity: number): void {
  const other = order.role === 'stop' ? book.target : book.stop;
  if (other !== undefined) other.quantity -= quantity;
  book.stance.target = book.held;
  if (book.held !== 0) return;
  book.stop = undefined;
  book.target = undefined;
  end(book.stance);
}

/** Legs for all that is held, at the prices of the stance. A leg that is right already stays; another leg makes a new pair. */
export function protect(run: Run, book: Book): void {
  const { wish } = book.stance;
  const isPair =
    (book.stop !== undefined) === (wish?.stop !== undefined) &&
    (book.target !== undefined) === (wish?.target !== undefined);
  const leg = (role: 'stop' | 'target', price: number | undefined, trail?: number): Order | undefined => {
    if (price === undefined) return undefined;
    const rests = book[role];
    const isRight = rests?.trail === trail && (trail !== undefined || rests?.price === price);
    if (isPair && rests !== undefined && isRight && remaining(rests) === Math.abs(book.held)) return rests;
    const order = newOrder(run, role, -Math.sign(book.held), Math.abs(book.held), price);
    return { ...order, trail, best: isPair ? rests?.best : undefined };
  };
  const { level } = book.stance;
  // Snapped to the cent when it becomes an order.
  const begins = wish?.trail === undefined || level === undefined ? wish?.stop : Math.round(level * 100) / 100;
  book.stop = leg('stop', begins, wish?.trail);
  book.target = leg('target', wish?.target);
}
