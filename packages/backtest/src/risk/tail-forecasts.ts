/** Value at risk as it could be said before every session, and what came of it. */
import { bookReturns, type ExceptionTests, exceptionTests, historicalRisk, normalRisk } from '@tradekit/risk';
import { sessionReturns } from '../metrics/returns.js';
import type { RunResult } from '../result/run-result.js';
import type { ClosingBook } from './closing-books.js';

/** Sessions of a historical simulation, and the fewest that it is made of. */
export const SIMULATED_SESSIONS = 250;
export const LEAST_SESSIONS = 60;
/** How sure a value at risk is to be. */
const CONFIDENCES: readonly number[] = [0.95, 0.99];

/** Returns of an index and of its parts differ by less. */
const DUST = 1e-12;

/** One way to say a value at risk, and how it did. */
export interface TailForecasts {
  /** `historical`: the book in the sessions of the past. `normal`: by the shrunk covariance of 120 sessions, with mean 0. */
  readonly method: 'historical' | 'normal';
  readonly confidence: number;
  /** By session, of the book at the close before it, as fractions of the equity; NaN where it could not be said. */
  readonly valueAtRisk: readonly number[];
  readonly conditionalValueAtRisk: readonly number[];
  /** Losses of the account beyond it; `undefined` where fewer than two sessions began with a book of which it could be said. */
  readonly tests: ExceptionTests | undefined;
}

/**
 * Forecasts for every session by two methods at two confidences. Before a session nothing is known of it: its book is that of the
 * close before, and so are the returns. A session that began without a position is no observation.
 */
export function tailForecasts(result: RunResult, books: readonly ClosingBook[]): readonly TailForecasts[] {
  // Before the first session there is no book.
  const before = books.slice(0, -1);
  const simulated = [undefined, ...before.map((book) => simulate(book, result))].slice(0, books.length);
  const deviations = [Number.NaN, ...before.map(({ deviation }) => deviation)].slice(0, books.length);
  const isFlat = [true, ...before.map(({ held }) => held.length === 0)];
  const forecasts = CONFIDENCES.flatMap((confidence) => [
    {
      method: 'historical' as const,
      confidence,
      risks: simulated.map((returns) => returns && historicalRisk(returns, confidence)),
    },
    {
      method: 'normal' as const,
      confidence,
      risks: deviations.map((deviation) => (deviation >= 0 ? normalRisk({ deviation }, confidence) : undefined)),
    },
  ]);
  const returns = sessionReturns(result);
  return forecasts.map(({ method, confidence, risks }) => {
    const valueAtRisk = risks.map((risk) => risk?.valueAtRisk ?? Number.NaN);
    const conditionalValueAtRisk = risks.map((risk) => risk?.conditionalValueAtRisk ?? Number.NaN);
    const seen = valueAtRisk.flatMap((value, session) =>
      isFlat[session] || Number.isNaN(value) ? [] : [-returns[session]! > value + DUST],
    );
    const tests = seen.length < 2 ? undefined : exceptionTests(seen, 1 - confidence);
    return { method, confidence, valueAtRisk, conditionalValueAtRisk, tests };
  });
}

/** The returns of a book in the sessions up to its close; `undefined` where there are too few. */
function simulate({ session, weights }: ClosingBook, { exposures }: RunResult): readonly number[] | undefined {
  const past = exposures.sessionReturn.slice(Math.max(0, session + 1 - SIMULATED_SESSIONS), session + 1);
  const returns = bookReturns(weights, past);
  return returns.length >= LEAST_SESSIONS ? returns : undefined;
}
