/** Whether features still come as they did in training: the population stability index. */
import { fail, requireBetween, requireCount } from '../error.js';

/** How a feature was distributed: parts between limits, and the part that was missing. */
export interface DriftBaseline {
  /** Ascending; a value is in the bin of as many limits as it has reached. */
  readonly limits: Float64Array;
  /** Part of the rows in each bin, and at the end the part that was missing: they add up to 1. */
  readonly parts: Float64Array;
}

/** The least part of a bin, so that an empty one has a logarithm. */
const LEAST = 1e-4;

/**
 * The baseline of a feature over its training rows: bins of as equal a number of rows as its ties allow. Throws `MlError` when there are no values or no bins.
 */
export function driftBaseline(values: Float64Array, bins = 10): DriftBaseline {
  requireCount('driftBaseline', 'bins', bins);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) fail('DRIFT_EMPTY', 'a feature without values has no baseline; leave it out');
  const quantiles = Array.from({ length: bins - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / bins)]!);
  const limits = Float64Array.from(new Set(quantiles.filter((limit) => limit > sorted[0]!)));
  return { limits, parts: partsOf(values, limits) };
}

/**
 * Σ (now − before) · ln(now ÷ before) over the bins, missing values as one of them, with parts of at least 0.0001: below 0.1 hardly changed, above 0.25 another
 * distribution (N. Siddiqi, Credit Risk Scorecards, 2006). Throws `MlError` when there are no rows.
 */
export function populationStability({ limits, parts }: DriftBaseline, values: Float64Array): number {
  requireBetween('populationStability', 'rows', values.length, 1, Number.MAX_SAFE_INTEGER);
  return partsOf(values, limits).reduce((sum, part, bin) => {
    const now = Math.max(LEAST, part);
    const before = Math.max(LEAST, parts[bin]!);
    return sum + (now - before) * Math.log(now / before);
  }, 0);
}

function partsOf(values: Float64Array, limits: Float64Array): Float64Array {
  const counts = new Float64Array(limits.length + 2);
  for (const value of values) {
    let bin = 0;
    while (bin < limits.length && limits[bin]! <= value) bin++;
    counts[Number.isNaN(value) ? limits.length + 1 : bin]! += 1;
  }
  return counts.map((count) => count / values.length);
}
