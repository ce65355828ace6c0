import { fail } from '../error.js';

/** What a model said and what came: from a fold that neither the model nor what is judged by it was trained on. */
export interface Scored {
  /** Probabilities, or any scores that rise with them. */
  readonly scores: Float64Array;
  /** 1 where it came true, else 0. */
  readonly labels: Float64Array;
  /** How much each counts. Default: all alike. */
  readonly weights?: Float64Array;
}

/** Makes probabilities of scores. */
export interface Calibration {
  /** The probability behind a score; NaN for NaN. */
  probability(score: number): number;
}

/** Throws `MlError` unless lists are equally long and not empty, scores finite, labels 0 or 1, and weights above 0. */
export function requireScored(of: string, { scores, labels, weights }: Scored): void {
  const count = scores.length;
  if (count === 0 || labels.length !== count || (weights !== undefined && weights.length !== count)) {
    fail('SCORES_SHAPE', `${of} needs one label a score, and at least one; it has ${count} and ${labels.length}`, {
      of,
    });
  }
  for (let row = 0; row < count; row++) {
    const weight = weights?.[row] ?? 1;
    const isRight = Number.isFinite(scores[row]!) && (labels[row] === 0 || labels[row] === 1);
    if (isRight && weight > 0 && weight < Number.POSITIVE_INFINITY) continue;
    const message = `${of} has the score ${scores[row]}, label ${labels[row]} and weight ${weight} in row ${row}; give finite scores, labels 0 or 1, weights above 0`;
    fail('SCORES_VALUE', message, { of, row });
  }
}

/** Throws `MlError` `LABEL_ONE_CLASS` when all labels are the same. */
export function requireBoth(of: string, { labels }: Scored): void {
  if (labels.includes(0) && labels.includes(1)) return;
  fail('LABEL_ONE_CLASS', `${of} needs labels of both kinds; take a longer fold`, { of });
}
