import { type Calibration, requireBoth, requireScored, type Scored } from './scored.js';

/** `1 ÷ (1 + e^(a·z + b))` of the log odds z of a probability. */
export interface PlattCalibration extends Calibration {
  readonly a: number;
  readonly b: number;
}

/** Probabilities are held within these before their log odds are taken. */
const LEAST = 0.005;
const STEPS = 100;

/**
 * Platt's sigmoid over the log odds of probabilities, to the targets (n₁ + 1) ÷ (n₁ + 2) and 1 ÷ (n₀ + 2) (J. Platt, 1999), by Newton steps that are halved until
 * the loss falls (H.-T. Lin, C.-J. Lin, R. Weng, 2007). Two numbers: it does with few rows. Throws `MlError` `SCORES_SHAPE` and `SCORES_VALUE` on lists that do not
 * fit, `LABEL_ONE_CLASS` when all labels are the same.
 */
export function fitPlatt(scored: Scored): PlattCalibration {
  requireScored('fitPlatt', scored);
  requireBoth('fitPlatt', scored);
  const { scores, labels, weights } = scored;
  const z = scores.map(logOdds);
  const ones = labels.reduce((sum, own) => sum + own, 0);
  const zeros = labels.length - ones;
  const target = labels.map((own) => (own === 1 ? (ones + 1) / (ones + 2) : 1 / (zeros + 2)));
  const weightOf = (row: number): number => weights?.[row] ?? 1;
  const lossOf = (a: number, b: number): number =>
    z.reduce((sum, own, row) => {
      const f = a * own + b;
      return sum + weightOf(row) * (Math.log1p(Math.exp(-Math.abs(f))) + Math.max(0, f) - (1 - target[row]!) * f);
    }, 0);
  let a = 0;
  let b = Math.log((zeros + 1) / (ones + 1));
  let loss = lossOf(a, b);
  for (let step = 0; step < STEPS; step++) {
    const [da, db] = newtonStep(z, target, weightOf, a, b);
    let part = 1;
    while (part > 1e-10 && !(lossOf(a + part * da, b + part * db) < loss)) part /= 2;
    if (part <= 1e-10) break;
    a += part * da;
    b += part * db;
    loss = lossOf(a, b);
  }
  return plattCalibration(a, b);
}

/** The calibration of numbers that were fitted before, from a file for example. */
export function plattCalibration(a: number, b: number): PlattCalibration {
  return { a, b, probability: (score) => 1 / (1 + Math.exp(a * logOdds(score) + b)) };
}

function logOdds(probability: number): number {
  const held = Math.min(1 - LEAST, Math.max(LEAST, probability));
  return Math.log(held / (1 - held));
}

function newtonStep(
  z: Float64Array,
  target: Float64Array,
  weightOf: (row: number) => number,
  a: number,
  b: number,
): readonly [number, number] {
  // A little is added to the diagonal, so that equal scores can be solved for.
  let [aa, ab, bb, ga, gb] = [1e-12, 0, 1e-12, 0, 0];
  for (let row = 0; row < z.length; row++) {
    const own = z[row]!;
    const p = 1 / (1 + Math.exp(a * own + b));
    const second = weightOf(row) * p * (1 - p);
    const first = weightOf(row) * (target[row]! - p);
    aa += own * own * second;
    ab += own * second;
    bb += second;
    ga += own * first;
    gb += first;
  }
  const determinant = aa * bb - ab * ab;
  return [-(bb * ga - ab * gb) / determinant, -(aa * gb - ab * ga) / determinant];
}
