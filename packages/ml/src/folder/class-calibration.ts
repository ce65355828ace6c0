/** Calibration of several classes: each against the rest, and then made to add up to 1. */
import { fitIsotonic, isotonicCalibration } from '../calibration/isotonic.js';
import { fitPlatt, plattCalibration } from '../calibration/platt.js';
import type { Calibration } from '../calibration/scored.js';

/** The calibration of one class, as it is written down. */
export type CalibrationNumbers =
  | { readonly kind: 'platt'; readonly a: number; readonly b: number }
  | { readonly kind: 'isotonic'; readonly x: readonly number[]; readonly y: readonly number[] };

/**
 * Fits each class against the rest (B. Zadrozny, C. Elkan, 2002). `said` has one cell a class and row. Throws `MlError` `LABEL_ONE_CLASS` when
 * a class does not come at all, or nothing else does.
 */
export function fitClasses(
  kind: 'isotonic' | 'platt',
  said: Float64Array,
  classes: Float64Array,
): readonly CalibrationNumbers[] {
  const count = said.length / classes.length;
  return Array.from({ length: count }, (_, own): CalibrationNumbers => {
    const scored = {
      scores: Float64Array.from(classes, (_class, row) => said[row * count + own]!),
      labels: classes.map((came) => (came === own ? 1 : 0)),
    };
    if (kind === 'platt') {
      const { a, b } = fitPlatt(scored);
      return { kind, a, b };
    }
    const { x, y } = fitIsotonic(scored);
    return { kind, x: [...x], y: [...y] };
  });
}

/** Calibrates probabilities in place. A row in which every class comes to 0 is left as it was. */
export function calibrateClasses(numbers: readonly CalibrationNumbers[], said: Float64Array): void {
  if (numbers.length === 0) return;
  const count = numbers.length;
  const calibrations = numbers.map(calibrationOf);
  const row = new Float64Array(count);
  for (let first = 0; first < said.length; first += count) {
    let sum = 0;
    for (let own = 0; own < count; own++) {
      row[own] = calibrations[own]!.probability(said[first + own]!);
      sum += row[own]!;
    }
    if (sum > 0) for (let own = 0; own < count; own++) said[first + own] = row[own]! / sum;
  }
}

function calibrationOf(numbers: CalibrationNumbers): Calibration {
  if (numbers.kind === 'platt') return plattCalibration(numbers.a, numbers.b);
  return isotonicCalibration(Float64Array.from(numbers.x), Float64Array.from(numbers.y));
}
