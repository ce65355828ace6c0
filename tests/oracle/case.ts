/** A whole run in plain values: what the engine and the oracle are both given, and what a counterexample is kept as. */

/** Open, high, low, close in dollars, and volume in shares; `null` is a hole. */
export type CaseBar = readonly [open: number, high: number, low: number, close: number, volume: number] | null;

/** A strategy's wish. `shares` is what its own `positionSize` answers; flat needs none. */
export interface CaseWish {
  readonly instrument: number;
  readonly direction: -1 | 0 | 1;
  readonly shares?: number;
  readonly stop?: number | undefined;
  readonly target?: number | undefined;
  /** Dollars that a stop stays behind the best price; it begins that far from the close, and no other stop is given. */
  readonly trail?: number | undefined;
}

/** What a company does, before the first match of a session. */
export type CaseAction =
  | { readonly type: 'split'; readonly ratio: number; readonly cashInLieu: number }
  | { readonly type: 'dividend'; readonly perShare: number }
  | { readonly type: 'delisted'; readonly perShare: number };

/** Minutes of a session's timetable, as in rule 1.6. */
export interface CaseTimetable {
  readonly firstDecisionMinutes: number;
  readonly lastEntryMinutes: number;
  readonly exitMinutes: number;
  readonly overnightEntries: 'none' | 'next-open';
}

/** What an order costs: parts add up, minimum and maximum are of the whole order. */
export interface CaseCommission {
  readonly perShare: number;
  readonly perOrder: number;
  readonly bps: number;
  readonly minPerOrder?: number | undefined;
  readonly maxFraction?: number | undefined;
}

export interface Case {
  /** By instrument and row. */
  readonly bars: readonly (readonly CaseBar[])[];
  /** How many bars of fifteen minutes each session has. */
  readonly sessions: readonly number[];
  /** By strategy and slice. At most one wish for an instrument in a slice. */
  readonly wishes: readonly (readonly (readonly CaseWish[])[])[];
  /** Official closes by instrument and session. Left out, or `null`: the last close stands in. */
  readonly official?: readonly (readonly (number | null)[])[];
  /** Left out: every slice decides, and orders are good till cancelled. */
  readonly timetable?: CaseTimetable | undefined;
  readonly retryRefused?: 'never' | 'next-session' | 'every-slice';
  readonly commission?: CaseCommission;
  readonly slippageBps?: number;
  /** Largest part of a bar's volume that is had; left out: everything. */
  readonly participation?: number | undefined;
  /** Zipline's volume share in place of the two above. */
  readonly volumeShare?: { readonly limitFraction: number; readonly impact: number } | undefined;
  readonly actions?: readonly {
    readonly session: number;
    readonly instrument: number;
    readonly action: CaseAction;
  }[];
  /** The slice that halts and flattens, until the next session. */
  readonly haltAt?: number | undefined;
}

export const INITIAL_CASH = 1_000_000;
const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
export const BAR_MS = 15 * MINUTE_MS;
/** Monday 2021-01-04. */
export const FIRST_DAY = 18_631;

/** 14:30 UTC on the day of a session; sessions are on consecutive days. */
export function openOf(session: number): number {
  return (FIRST_DAY + session) * DAY_MS + 870 * MINUTE_MS;
}

/** A fill, as both sides tell it. */
export interface CaseFill {
  readonly time: number;
  readonly strategy: number;
  readonly instrument: number;
  /** +1 bought, −1 sold. */
  readonly sign: number;
  readonly quantity: number;
  readonly price: number;
  readonly commission: number;
}

/** What a run has come to. */
export interface Outcome {
  /** In the order of time; at one time by instrument and strategy, and of one book as they happened. */
  readonly fills: readonly CaseFill[];
  /** After each slice. */
  readonly cash: readonly number[];
  /** After each slice; of a session's last one at the official close. */
  readonly equity: readonly number[];
  /** Signed shares at the end, by strategy and instrument. */
  readonly positions: readonly (readonly number[])[];
}

/** What the rules come to, and what of the case they do not decide. */
export interface OracleOutcome extends Outcome {
  /** What the orders of the fills were for, one entry a fill. */
  readonly roles: readonly string[];
  readonly silent: readonly string[];
}

/** What of two books happens at one instant has no order in the rules; of one book it has. */
export function inOrder(fills: readonly CaseFill[]): readonly CaseFill[] {
  return [...fills].sort((a, b) => a.time - b.time || a.instrument - b.instrument || a.strategy - b.strategy);
}
