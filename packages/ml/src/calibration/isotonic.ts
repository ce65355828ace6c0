import { type Calibration, requireScored, type Scored } from './scored.js';

/** A rising line through knots. */
export interface IsotonicCalibration extends Calibration {
  /** Scores of the knots, ascending. */
  readonly x: Float64Array;
  /** Probabilities there, never falling. */
  readonly y: Float64Array;
}

/**
 * The never falling step function nearest to the labels by least squares, by pooling adjacent violators (M. Ayer and others, 1955), with straight lines
 * between its steps, and level beyond its ends. Equal scores are one. Needs many rows (a thousand or more), since it can follow anything. Throws `MlError`
 * `SCORES_SHAPE` and `SCORES_VALUE` on lists that do not fit.
 */
export function fitIsotonic(scored: Scored): IsotonicCalibration {
  requireScored('fitIsotonic', scored);
  const pools = pooled(scored);
  const x: number[] = [];
  const y: number[] = [];
  for (const { low, high, mean } of pools) {
    x.push(low);
    y.push(mean);
    if (high === low) continue;
    x.push(high);
    y.push(mean);
  }
  return isotonicCalibration(Float64Array.from(x), Float64Array.from(y));
}

/** The calibration of knots that were fitted before, from a file for example. */
export function isotonicCalibration(x: Float64Array, y: Float64Array): IsotonicCalibration {
  return {
    x,
    y,
    probability(score) {
      if (Number.isNaN(score)) return Number.NaN;
      let low = 0;
      let high = x.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (x[middle]! <= score) low = middle + 1;
        else high = middle;
      }
      if (low === 0) return y[0]!;
      if (low === x.length) return y[x.length - 1]!;
      const part = (score - x[low - 1]!) / (x[low]! - x[low - 1]!);
      return y[low - 1]! + part * (y[low]! - y[low - 1]!);
    },
  };
}

interface Pool {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly weight: number;
}

function pooled({ scores, labels, weights }: Scored): readonly Pool[] {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  const ties: Pool[] = [];
  for (const row of order) {
    const own = { low: scores[row]!, high: scores[row]!, mean: labels[row]!, weight: weights?.[row] ?? 1 };
    const last = ties.at(-1);
    if (last?.low === own.low) ties[ties.length - 1] = merged(last, own);
    else ties.push(own);
  }
  const pools: Pool[] = [];
  for (const tie of ties) {
    let own = tie;
    for (let last = pools.at(-1); last !== undefined && last.mean >= own.mean; last = pools.at(-1)) {
      pools.pop();
      own = merged(last, own);
    }
    pools.push(own);
  }
  return pools;
}

function merged(a: Pool, b: Pool): Pool {
  const weight = a.weight + b.weight;
  return { low: a.low, high: b.high, mean: (a.mean * a.weight + b.mean * b.weight) / weight, weight };
}
