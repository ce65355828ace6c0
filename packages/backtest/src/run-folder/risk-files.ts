/** The numbers behind the risk page: `risk.json` for the whole run, `risk.csv` session by session. */
import { isoDate, isoTime, type SessionDay } from '@tradekit/core';
import type { ExceptionTests } from '@tradekit/risk';
import { sessionReturns } from '../metrics/returns.js';
import type { RunResult } from '../result/run-result.js';
import type { LimitUses } from '../risk/limit-uses.js';
import type { RiskReview } from '../risk/review.js';
import { LEAST_SESSIONS, SIMULATED_SESSIONS, type TailForecasts } from '../risk/tail-forecasts.js';
import { CsvWriter, numberText } from './csv-writer.js';

/** The text of `risk.json`. Fractions are of the equity; what is not defined is `null`. */
export function riskJson(result: RunResult, review: RiskReview): string {
  const dateOf = (session: number | undefined): string | null =>
    session === undefined ? null : isoDate(result.sessions.day[session] as SessionDay);
  const { book } = review;
  const risk = {
    limits: review.limits.map(({ rule, unit, limit, peak, peakSession, sessionsAtLimit }) => ({
      rule,
      unit,
      limit: limit ?? null,
      peak,
      peakSession: dateOf(peakSession),
      sessionsAtLimit,
    })),
    detections: review.detections.map(({ time, session, ...rest }) => ({
      time: isoTime(time),
      session: isoDate(session),
      ...rest,
    })),
    rules: review.rules.map(({ cuts, meanNextReturn, ...rest }) => ({
      ...rest,
      cuts: cuts ?? null,
      meanNextReturn: meanNextReturn ?? null,
    })),
    wishes: review.tally ?? null,
    valueAtRisk: {
      simulatedSessions: SIMULATED_SESSIONS,
      leastSessions: LEAST_SESSIONS,
      forecasts: review.forecasts.map(forecastOf),
    },
    book:
      book === undefined
        ? null
        : {
            session: dateOf(book.session),
            equity: book.equity,
            drawdownFraction: book.drawdownFraction,
            positions: book.positions,
          },
    stress: review.stress,
  };
  return `${JSON.stringify(risk, null, 2)}\n`;
}

function forecastOf({ method, confidence, valueAtRisk, conditionalValueAtRisk, tests }: TailForecasts): object {
  return {
    method,
    confidence,
    last: { valueAtRisk: valueAtRisk.at(-1) ?? null, conditionalValueAtRisk: conditionalValueAtRisk.at(-1) ?? null },
    tests: tests === undefined ? null : testsOf(tests),
  };
}

function testsOf(tests: ExceptionTests): object {
  const { observations, exceptions, expected, coverage, independence, conditionalCoverage } = tests;
  return {
    observations,
    exceptions,
    expected,
    kupiec: coverage,
    christoffersen: { independence, conditionalCoverage },
  };
}

/** One row for each session: its return, the highest use of every limit, and the value at risk that was forecast for it. */
export function riskCsv(result: RunResult, { limits, forecasts }: RiskReview): Uint8Array {
  const columns: (readonly [name: string, values: ArrayLike<number>])[] = [
    ['return', sessionReturns(result)],
    ...limits.map(({ rule, uses }: LimitUses) => [rule, uses] as const),
    ...forecasts.flatMap(({ method, confidence, valueAtRisk, conditionalValueAtRisk }) => {
      const of = `${method}-${Math.round(confidence * 100)}`;
      return [[`var-${of}`, valueAtRisk] as const, [`cvar-${of}`, conditionalValueAtRisk] as const];
    }),
  ];
  const csv = new CsvWriter(['session', ...columns.map(([name]) => name)].join(','));
  const last = columns.length - 1;
  for (let session = 0; session < result.sessions.length; session++) {
    csv.field(isoDate(result.sessions.day[session] as SessionDay));
    for (const [place, [, values]] of columns.entries()) {
      if (place < last) csv.number(values[session]!);
      else csv.end(numberText(values[session]!));
    }
  }
  return csv.bytes();
}
