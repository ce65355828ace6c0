import { RiskError } from '@tradekit/core';
import { isPositiveDefinite } from '../sizing/equal-risk.js';

/** Covariances of the returns of one session, row by row: square, symmetric and positive definite. */
export type CovarianceMatrix = readonly (readonly number[])[];

/** Relative difference of two halves that sums in another order may have. */
const DUST = 1e-9;

/** Checks a matrix for so many positions. Throws `RiskError` `STRESS_COVARIANCE`, which says what it lacks. */
export function requireCovariance(matrix: CovarianceMatrix, positions: number): void {
  if (matrix.length !== positions || matrix.some((row) => row.length !== positions)) {
    throw fault(`it is not ${positions} × ${positions}; give a row and a column for each position`);
  }
  for (const [i, row] of matrix.entries()) {
    for (const [j, value] of row.entries()) {
      if (!Number.isFinite(value)) throw fault(`the number in row ${i + 1}, column ${j + 1} is ${value}`);
      const scale = Math.sqrt(Math.abs(row[i]! * matrix[j]![j]!));
      if (Math.abs(value - matrix[j]![i]!) > DUST * scale) throw fault(`rows and columns ${i + 1} and ${j + 1} differ`);
    }
  }
  if (!isPositiveDefinite(matrix)) throw fault('it is not positive definite; take correlations that belong together');
}

/** The same volatilities with one correlation for all pairs. */
export function withCorrelation(matrix: CovarianceMatrix, correlation: number): CovarianceMatrix {
  return matrix.map((row, i) =>
    row.map((value, j) => (i === j ? value : correlation * Math.sqrt(row[i]! * matrix[j]![j]!))),
  );
}

function fault(what: string): RiskError {
  return new RiskError('STRESS_COVARIANCE', `stress: of the covariance matrix ${what}`);
}
