/**
 * A second backtester: slow, simple, written from the rules alone, and sharing no code with the engine. It has no events, no
 * sequencer, no commands and no proofs: at each instant it knows everything, and does what the rules say comes of it.
 */
import { applyActions } from './actions.js';
import { type Book, end, equityOf, nearer, newRun, type Run } from './books.js';
import { BAR_MS, type Case, type CaseBar, inOrder, type OracleOutcome } from './case.js';
import { matchInside, matchOpens } from './matching.js';
import { type DecisionSlice, decide } from './stances.js';
import { work } from './working.js';

/** What the rules make of a case. */
export function oracleOutcome(given: Case): OracleOutcome {
  const run = newRun(given);
  if (given.bars.some((rows) => rows.some((bar) => bar !== null) && rows.every((bar) => bar === null || bar[4] === 0)))
    run.silent.add('an instrument without any volume');
  let row = 0;
  for (const [session, count] of given.sessions.entries()) {
    run.session = session;
    run.orderSession = session;
    applyActions(run);
    work(run, 'actions');
    for (let n = 0; n < count; n++, row++) {
      const trading = matchOpens(run, row, n);
      work(run, 'open');
      for (const one of trading) matchInside(run, one);
      slice(run, row, n, count);
    }
    closeSession(run);
  }
  const { fills, cashRows, equityRows, books } = run;
  return {
    fills: inOrder(fills),
    cash: cashRows,
    equity: equityRows,
    positions: given.wishes.map((_, s) => books.filter(({ strategy }) => strategy === s).map(({ held }) => held)),
    roles: run.roles,
    silent: [...run.silent],
  };
}

function slice(run: Run, row: number, n: number, count: number): void {
  run.traded = new Set(run.given.bars.flatMap((rows, i) => ((rows[row] ?? null) === null ? [] : [i])));
  for (const [i, rows] of run.given.bars.entries()) {
    const bar = rows[row] ?? null;
    if (bar !== null && !run.gone.has(i)) run.marks[i] = bar[3];
  }
  for (const book of run.books) followBar(book, run.given.bars[book.instrument]?.[row] ?? null);
  run.cashRows.push(run.cash);
  run.equityRows.push(equityOf(run));
  // Rule 1.6: an order of the last slice is an order of the next session's day.
  if (n === count - 1) run.orderSession += 1;
  // Rule 5.6: a halt until the next session ends at its first slice, and ends every stance.
  if (run.halted && n === 0) {
    run.halted = false;
    endAll(run);
  }
  const asked = decisionSlice(run, row, n, count);
  run.onlyReduces = asked === undefined || asked.isThin || !asked.canEnter;
  if (asked !== undefined) decide(run, asked);
  if (run.given.haltAt === row) {
    run.halted = true;
    endAll(run);
  }
  work(run, 'slice');
}

/** A trailing stop stays behind the best price; of the bar in which its book was opened only the close is known to come after. */
function followBar({ held, stance }: Book, bar: CaseBar): void {
  const { direction, wish, level } = stance;
  if (wish?.trail === undefined || level === undefined) return;
  if (held * direction <= 0) {
    stance.isFollowed = false;
    return;
  }
  const place = stance.isFollowed ? (direction > 0 ? 1 : 2) : 3;
  stance.isFollowed = true;
  if (bar !== null) stance.level = nearer(-direction, level, bar[place] - direction * wish.trail);
}

function endAll({ books }: Run): void {
  for (const { stance } of books) if (stance.direction !== 0) end(stance);
}

/** Rule 1.6: whether strategies are asked on this slice, and whether they may open. */
function decisionSlice({ given }: Run, row: number, n: number, count: number): DecisionSlice | undefined {
  const { timetable, bars } = given;
  // Rule 1.5.
  const isThin = bars.filter((rows) => (rows[row] ?? null) !== null).length < 0.8 * bars.length;
  if (timetable === undefined) return { row, isThin, canEnter: true };
  const barMinutes = BAR_MS / 60_000;
  const sinceOpen = (n + 1) * barMinutes;
  const toClose = (count - n - 1) * barMinutes;
  if (toClose === 0) return timetable.overnightEntries === 'next-open' ? { row, isThin, canEnter: true } : undefined;
  if (sinceOpen < timetable.firstDecisionMinutes || toClose < timetable.exitMinutes) return undefined;
  return { row, isThin, canEnter: toClose >= timetable.lastEntryMinutes };
}

/** Rules 1.6 and 1.7: the official close marks the session's equity, and the orders of the day end. */
function closeSession(run: Run): void {
  for (const [i, prices] of (run.given.official ?? []).entries()) {
    const price = prices[run.session] ?? null;
    if (price !== null) run.marks[i] = price;
  }
  run.equityRows[run.equityRows.length - 1] = equityOf(run);
  // What becomes of an entry that has not left, with the timetable of a day, no rule says.
  for (const { held, entry, stance } of run.books)
    if (
      run.given.timetable !== undefined &&
      run.onlyReduces &&
      entry === undefined &&
      Math.abs(stance.target) > held * Math.sign(stance.target)
    )
      run.silent.add('an entry that has not left at the close');
  if (run.given.timetable !== undefined) expireDayOrders(run);
  work(run, 'close');
}

function expireDayOrders(run: Run): void {
  const { books, session } = run;
  for (const book of books) {
    const { entry, exit, held, stance } = book;
    if (exit !== undefined && exit.session <= session && held * stance.target > 0)
      run.silent.add('an exit that is no longer wanted ends with its session');
    // Legs protect overnight too. Reductions are worked until done: they are made anew for the next session.
    for (const role of ['entry', 'exit'] as const) {
      const order = book[role];
      if (order !== undefined && order.session <= session) book[role] = undefined;
    }
    if (entry === undefined || book.entry === entry) continue;
    // Rule 2.3: an entry that ended unfilled ends its stance. Rule 1.4: one that was filled in part drops its rest.
    if (entry.filled === 0) end(stance);
    else stance.target = book.held;
  }
}
