/** What the oracle remembers: plain objects, one for each book, stance and order. Nothing here is shared with the engine. */
import { type Case, type CaseFill, type CaseWish, INITIAL_CASH } from './case.js';

export interface Order {
  /** In the order of making. */
  readonly number: number;
  readonly role: 'entry' | 'exit' | 'stop' | 'target';
  /** +1 buys, −1 sells. */
  readonly sign: number;
  /** In all, the filled part included. */
  quantity: number;
  filled: number;
  /** Dollars that the filled part was worth: commissions are of the whole order. */
  notional: number;
  /** A stop that was touched is a market order from then on, for what that bar could not fill. */
  touched: boolean;
  /** The instant in which it was made, see `Run.instant`. */
  readonly made: number;
  /** The session with which it ends, where orders are orders of the day. */
  readonly session: number;
  /** Stop or limit; entries and exits are market orders. */
  readonly price: number;
  /** Of a stop that trails: how far, and the best price since it rests. */
  readonly trail: number | undefined;
  best: number | undefined;
}

export interface Stance {
  direction: -1 | 0 | 1;
  status: 'standing' | 'refused' | 'ended';
  /** Signed shares. */
  target: number;
  wish: CaseWish | undefined;
  /** Where a trailing stop stands by what the bars have shown, `undefined` before; and whether they have shown a whole one since the entry. */
  level: number | undefined;
  isFollowed: boolean;
  /** A refusal about the slice alone is tried at the next one, one about the wish by `retryRefused`. */
  refusedFor: 'slice' | 'wish';
  refusedIn: number;
}

/** One strategy's book in one instrument: at most one order of each role works for it. */
export interface Book {
  readonly strategy: number;
  readonly instrument: number;
  held: number;
  readonly stance: Stance;
  entry: Order | undefined;
  exit: Order | undefined;
  stop: Order | undefined;
  target: Order | undefined;
}

export interface Run {
  readonly given: Case;
  readonly books: readonly Book[];
  readonly fills: CaseFill[];
  readonly roles: string[];
  readonly cashRows: number[];
  readonly equityRows: number[];
  /** Last mark by instrument. */
  readonly marks: number[];
  /** Instruments that were delisted. */
  readonly gone: Set<number>;
  cash: number;
  session: number;
  /** The session of orders made now: after a session's last slice that of the next one. */
  orderSession: number;
  halted: boolean;
  /** The last slice had under 80 % of the universe, or was one that opens nothing: the books only reduce. */
  onlyReduces: boolean;
  /** Instruments that had a bar in the last slice. */
  traded: ReadonlySet<number>;
  orders: number;
  /** What came up of which the rules do not say enough: the property leaves such cases out. */
  readonly silent: Set<string>;
  /** Counts the instants in which orders are made. */
  instant: number;
}

export function newRun(given: Case): Run {
  return {
    given,
    books: given.wishes.flatMap((_, strategy) => given.bars.map((_, instrument) => newBook(strategy, instrument))),
    fills: [],
    roles: [],
    cashRows: [],
    equityRows: [],
    marks: given.bars.map(() => Number.NaN),
    gone: new Set(),
    cash: INITIAL_CASH,
    session: 0,
    orderSession: 0,
    halted: false,
    onlyReduces: false,
    traded: new Set(),
    orders: 0,
    silent: new Set(),
    instant: 0,
  };
}

function newBook(strategy: number, instrument: number): Book {
  const stance: Stance = {
    direction: 0,
    status: 'standing',
    target: 0,
    wish: undefined,
    level: undefined,
    isFollowed: false,
    refusedFor: 'wish',
    refusedIn: -1,
  };
  return {
    strategy,
    instrument,
    held: 0,
    stance,
    entry: undefined,
    exit: undefined,
    stop: undefined,
    target: undefined,
  };
}

export function newOrder(run: Run, role: Order['role'], sign: number, quantity: number, price = Number.NaN): Order {
  run.orders += 1;
  return {
    number: run.orders,
    role,
    sign,
    quantity,
    filled: 0,
    notional: 0,
    touched: false,
    made: run.instant,
    session: run.orderSession,
    price,
    trail: undefined,
    best: undefined,
  };
}

/** Of two stops the one nearer to the price: the higher one that sells, the lower one that buys. */
export function nearer(sign: number, a: number, b: number): number {
  return sign < 0 ? Math.max(a, b) : Math.min(a, b);
}

export const remaining = (order: Order | undefined): number =>
  order === undefined ? 0 : order.quantity - order.filled;

/** Rules 3.2 and 3.3: what an entry waits for: its own book's closing order, and opposite ones of any other book. */
export function closingBefore(run: Run, book: Book, entrySign: number): readonly Order[] {
  return run.books.flatMap((other) => {
    const { exit } = other;
    if (exit === undefined || other.instrument !== book.instrument) return [];
    return other === book || exit.sign === -entrySign ? [exit] : [];
  });
}

/** Rule 2.3: an ended stance asks for nothing until its strategy says flat or the opposite. */
export function end(stance: Stance): void {
  stance.status = 'ended';
  stance.target = 0;
}

export function equityOf(run: Run): number {
  let equity = run.cash;
  for (const { held, instrument } of run.books) if (held !== 0) equity += held * (run.marks[instrument] ?? Number.NaN);
  return equity;
}
