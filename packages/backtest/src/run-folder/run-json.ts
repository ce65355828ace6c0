import { isoDate, type SessionDay } from '@tradekit/core';
import { digest } from '../digest.js';
import { type Metrics, metricsOf } from '../metrics/all.js';
import { type RiskReview, reviewOf } from '../risk/review.js';
import type { RunRecord } from './run-record.js';

/** Marks a folder as one that a run left behind. */
export const RUN_FORMAT = 'tradekit-run-1';

/** What is reckoned once for several files. */
export interface RunFigures {
  readonly metrics: Metrics;
  readonly risk: RiskReview;
  readonly digest: string;
  /** New York dates of the first and the last session that was closed, where there is one. */
  readonly firstSession: string | undefined;
  readonly lastSession: string | undefined;
}

/** The figures of a run. */
export function figuresOf({ result, context, limits, tally }: RunRecord): RunFigures {
  const { day, length } = result.sessions;
  const dateOf = (place: number): string | undefined =>
    place >= 0 && place < length ? isoDate(day[place] as SessionDay) : undefined;
  return {
    metrics: metricsOf(result, context),
    risk: reviewOf(result, limits, tally),
    digest: digest(result),
    firstSession: dateOf(0),
    lastSession: dateOf(length - 1),
  };
}

/** The text of `run.json`: what this run was, and how it ended. */
export function runJson(record: RunRecord, figures: RunFigures): string {
  const { name, mode, status, versions, startedAt, dataHash, warnings, assumptions, result } = record;
  const { firstSession, lastSession } = figures;
  const run = {
    format: RUN_FORMAT,
    name,
    mode,
    status: status.kind,
    ...(status.kind === 'failed' ? { reason: status.reason } : {}),
    startedAt,
    period: { firstSession: firstSession ?? null, lastSession: lastSession ?? null, sessions: result.sessions.length },
    digest: figures.digest,
    dataHash: dataHash ?? null,
    versions,
    warnings,
    assumptions,
    ...(record.checks === undefined ? {} : { checks: record.checks }),
    stateChanges: result.states,
  };
  return `${JSON.stringify(run, null, 2)}\n`;
}

/** The text of `metrics.json`: the digest, and every metric as `{ value, unit }`; where the value is null a reason. */
export function metricsJson({ metrics, digest: text }: RunFigures): string {
  return `${JSON.stringify({ digest: text, ...metrics }, null, 2)}\n`;
}
