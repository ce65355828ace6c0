import { requireBoth, requireScored, type Scored } from '../calibration/scored.js';
import { fail } from '../error.js';
import { DOWN, UP } from '../labels/labels.js';

/**
 * Area under the ROC curve: how often a row that came true has the higher score than one that did not, ties counted half (H. Mann, D. Whitney, 1947). Throws `MlError`
 * `SCORES_SHAPE` and `SCORES_VALUE` on lists that do not fit, `LABEL_ONE_CLASS` when there is nothing to compare.
 */
export function auc(scored: Omit<Scored, 'weights'>): number {
  requireScored('auc', scored);
  requireBoth('auc', scored);
  const { scores, labels } = scored;
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  let below = 0;
  let wins = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let ones = 0;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) ones += labels[order[to++]!]!;
    const zeros = to - from - ones;
    wins += ones * (below + zeros / 2);
    below += zeros;
    from = to;
  }
  return wins / (below * (order.length - below));
}

/**
 * {@link auc} of up against down among the rows that were not flat, by the share of up in the probabilities of both: the skill in direction. Log loss and accuracy
 * also reward knowing when a bar will be flat. `probabilities` has three cells a row, `classes` one. Throws as {@link auc}.
 */
export function upAgainstDown(probabilities: Float64Array, classes: Float64Array): number {
  if (probabilities.length !== 3 * classes.length) {
    fail('SCORES_SHAPE', `${probabilities.length} probabilities are not three for each of ${classes.length} rows`);
  }
  const rows = Array.from(classes, (_, row) => row).filter((row) => classes[row] === UP || classes[row] === DOWN);
  const share = (row: number): number => {
    const up = probabilities[3 * row + UP]!;
    return up / (up + probabilities[3 * row + DOWN]!);
  };
  return auc({
    scores: Float64Array.from(rows, share),
    labels: Float64Array.from(rows, (row) => (classes[row] === UP ? 1 : 0)),
  });
}
