import { stock, universe } from '@tradekit/core';
import type { RefusalRow, RunResult, StateChange } from '../../src/index.js';

/** A run as a test writes it down: one row of the equity for each slice. */
export interface HandMade {
  /** Index after each slice, session by session; its last one is the official close. The start, 1, is row 0. */
  readonly sessions: readonly (readonly number[])[];
  /** Sectors by instrument; ids are A, B, C, … Default: one instrument, A, without a sector. */
  readonly sectors?: readonly (string | undefined)[];
  /** By session, then by instrument. Default: nothing held at a mark of 100, and returns of 0. */
  readonly held?: readonly (readonly number[])[];
  readonly mark?: readonly (readonly number[])[];
  readonly returns?: readonly (readonly number[])[];
  readonly position?: readonly number[];
  readonly refusals?: readonly Partial<RefusalRow>[];
  readonly states?: readonly Partial<StateChange>[];
}

/** Slices are at 1, 2, 3, …; the sessions are days 100, 101, …; equity is 100,000 × index. */
export function runOf(given: HandMade): RunResult {
  const { sessions, sectors = [undefined], refusals = [], states = [] } = given;
  const index = [1, ...sessions.flat()];
  let row = 0;
  const rows = sessions.map((slices) => (row += slices.length));
  const each = (values: readonly (readonly number[])[] | undefined, otherwise: number): Float64Array[] =>
    sessions.map((_, k) => Float64Array.from(sectors, (__, i) => values?.[k]?.[i] ?? otherwise));
  const zeros = sessions.map(() => 0);
  const result: Partial<RunResult> = {
    universe: universe(sectors.map((sector, i) => stock(String.fromCharCode(65 + i), sector))),
    cashRate: 0,
    equity: {
      length: index.length,
      time: Float64Array.from(index, (_, k) => k),
      session: Int32Array.from(index, () => 0),
      cash: Float64Array.from(index, () => 0),
      equity: Float64Array.from(index, (value) => value * 100_000),
      index: Float64Array.from(index),
      exposure: Float64Array.from(index, () => 0),
    },
    sessions: {
      length: sessions.length,
      day: Int32Array.from(sessions, (_, k) => 100 + k),
      row: Int32Array.from(rows),
    },
    exposures: {
      held: each(given.held, 0),
      mark: each(given.mark, 100),
      sessionReturn: each(given.returns, 0),
      position: given.position ?? zeros,
      sector: zeros,
      gross: zeros,
      net: zeros,
      positions: zeros,
    },
    refusals: refusals.map(
      (refusal) => ({ instrument: 0, direction: 1, count: 1, rule: 'r', mark: 100, ...refusal }) as RefusalRow,
    ),
    states: states.map(
      (state) => ({ until: 'started', rule: 'max-drawdown', reason: 'deep', ...state }) as StateChange,
    ),
  };
  return result as RunResult;
}
