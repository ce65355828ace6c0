import { MOST_LEVERAGE, requireFraction } from '../options.js';
import { sharesFor } from './budget.js';
import { covarianceOf } from './covariance.js';
import { heldBook } from './held-book.js';
import type { BookSizer } from './sizer.js';

/** Options of {@link equalRisk}. */
export interface EqualRiskOptions {
  /** What the whole book comes to, longs and shorts added up, as a fraction of the strategy's budget: `0.9`. Above 0, at most 4. */
  readonly grossFraction: number;
}

/**
 * Equal risk contribution across the book: everything held and wanted gets the weight at which each name adds the same to the
 * volatility of the whole; a wish gets its weight of the gross. What is held is counted and not resized. Combine with `capped`: a
 * book of one name would be all of it. Throws `ConfigError` when the fraction is out of range.
 */
export function equalRisk({ grossFraction }: EqualRiskOptions): BookSizer {
  requireFraction('equalRisk', 'grossFraction', grossFraction, MOST_LEVERAGE);
  return {
    name: 'equal-risk',
    needs: '20 session returns of everything held and wanted, and correlations that belong together',
    sizes(wishes, context) {
      const book = [
        ...wishes.map(({ signal }) => ({
          instrument: signal.instrument as number,
          direction: signal.direction as number,
        })),
        ...heldBook(wishes, context).map(({ instrument, weight }) => ({ instrument, direction: Math.sign(weight) })),
      ];
      const covariance = covarianceOf(context);
      const signed = book.map((a) =>
        book.map((b) => a.direction * b.direction * covariance(a.instrument, b.instrument)),
      );
      const weights = equalRiskWeights(signed);
      return wishes.map((wish, place) => sharesFor(grossFraction * (weights[place] ?? Number.NaN), wish, context));
    },
  };
}

const MOST_ROUNDS = 1000;
const CLOSE_ENOUGH = 1e-12;

/**
 * Weights above 0, adding up to 1, at which x_i (Σx)_i is the same for all i: S. Maillard, T. Roncalli, J. Teïletche, The Properties
 * of Equally Weighted Risk Contribution Portfolios, Journal of Portfolio Management 36 (4), 2010. By cyclical coordinate descent:
 * T. Griveau-Billion, J.-C. Richard, T. Roncalli, A Fast Algorithm for Computing High-Dimensional Risk Parity Portfolios, 2013.
 * All NaN where a number is missing or the matrix is not positive definite.
 */
export function equalRiskWeights(covariance: readonly (readonly number[])[]): readonly number[] {
  const n = covariance.length;
  const none = covariance.map(() => Number.NaN);
  const x = covariance.map((row, i) => 1 / Math.sqrt(row[i]!));
  if (!x.every((value) => value > 0 && Number.isFinite(value)) || !isPositiveDefinite(covariance)) return none;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const row = covariance[i]!;
      let others = 0;
      for (let j = 0; j < n; j++) if (j !== i) others += row[j]! * x[j]!;
      const next = (Math.sqrt(others * others + (4 * row[i]!) / n) - others) / (2 * row[i]!);
      moved = Math.max(moved, Math.abs(next / x[i]! - 1));
      x[i] = next;
    }
    if (moved < CLOSE_ENOUGH) {
      const total = x.reduce((sum, value) => sum + value, 0);
      return x.map((value) => value / total);
    }
  }
  return none;
}

/** Whether a Cholesky factor exists. */
export function isPositiveDefinite(matrix: readonly (readonly number[])[]): boolean {
  const factor: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const line: number[] = [];
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!;
      const other = j === i ? line : factor[j]!;
      for (let k = 0; k < j; k++) rest -= line[k]! * other[k]!;
      if (j < i) line.push(rest / other[j]!);
      else if (rest > 1e-12 * row[i]!) line.push(Math.sqrt(rest));
      else return false;
    }
    factor.push(line);
  }
  return true;
}
