import { requireBoth, requireScored, type Scored } from '../calibration/scored.js';
import { fail } from '../error.js';
import { DOWN, UP } from '../labels/labels.js';

/** An area under the ROC curve and how sure it is. */
export interface ClusteredAuc {
  readonly auc: number;
  /** NaN with fewer than two clusters. */
  readonly standardError: number;
  /** Rows that were compared. */
  readonly rows: number;
}

/**
 * Area under the ROC curve with the standard error of rows that depend on each other within a cluster, a session for example (N. Obuchowski, Nonparametric analysis of
 * clustered ROC curve data, 1997): the labels of one session overlap and symbols move together, so that rows counted alone would look surer than they are. `clusters` has a number
 * for each row. Throws `MlError` as `auc` does, and `SCORES_SHAPE` when there is not one cluster a row.
 */
export function clusteredAuc(scored: Omit<Scored, 'weights'>, clusters: ArrayLike<number>): ClusteredAuc {
  requireScored('clusteredAuc', scored);
  requireBoth('clusteredAuc', scored);
  const { scores, labels } = scored;
  const rows = scores.length;
  if (clusters.length !== rows) {
    fail('SCORES_SHAPE', `${clusters.length} clusters are not one for each of ${rows} rows`, { rows });
  }
  const ones = labels.reduce((sum, own) => sum + own, 0);
  const zeros = rows - ones;
  const placed = placements(scores, labels);
  let area = 0;
  for (let row = 0; row < rows; row++) if (labels[row] === 1) area += placed[row]! / (zeros * ones);
  const sums = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const [others, own] = labels[row] === 1 ? [zeros, ones] : [ones, zeros];
    const part = (placed[row]! / others - area) / own;
    sums.set(clusters[row]!, (sums.get(clusters[row]!) ?? 0) + part);
  }
  const count = sums.size;
  const squares = [...sums.values()].reduce((sum, own) => sum + own * own, 0);
  return { auc: area, standardError: count < 2 ? Number.NaN : Math.sqrt((squares * count) / (count - 1)), rows };
}

/** For each row how many of the other label it is on the right side of, ties counted half. */
function placements(scores: Float64Array, labels: Float64Array): Float64Array {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  const total = labels.reduce((sum, own) => sum + own, 0);
  const out = new Float64Array(scores.length);
  let [onesBelow, zerosBelow] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tied = 0;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) tied += labels[order[to++]!]!;
    const zerosTied = to - from - tied;
    for (let k = from; k < to; k++) {
      const row = order[k]!;
      out[row] = labels[row] === 1 ? zerosBelow + zerosTied / 2 : total - onesBelow - tied + tied / 2;
    }
    onesBelow += tied;
    zerosBelow += zerosTied;
    from = to;
  }
  return out;
}

/** {@link clusteredAuc} of up against down among the rows that were not flat, as `upAgainstDown`. Throws likewise. */
export function clusteredUpAgainstDown(
  probabilities: Float64Array,
  classes: Float64Array,
  clusters: ArrayLike<number>,
): ClusteredAuc {
  if (probabilities.length !== 3 * classes.length || clusters.length !== classes.length) {
    const given = `${probabilities.length} probabilities and ${clusters.length} clusters`;
    fail('SCORES_SHAPE', `${given} are not three and one for each of ${classes.length} rows`);
  }
  const rows = Array.from(classes, (_, row) => row).filter((row) => classes[row] === UP || classes[row] === DOWN);
  const share = (row: number): number => {
    const up = probabilities[3 * row + UP]!;
    return up / (up + probabilities[3 * row + DOWN]!);
  };
  return clusteredAuc(
    {
      scores: Float64Array.from(rows, share),
      labels: Float64Array.from(rows, (row) => (classes[row] === UP ? 1 : 0)),
    },
    rows.map((row) => clusters[row]!),
  );
}

/**
 * {@link clusteredUpAgainstDown} within each fold, put together by their numbers of pairs: rows of different folds are never compared. The models of folds have different levels, and each
 * later one was trained on the tests before it: a test with many rises comes before models that say up more often, so that comparing across folds falls below a half where nothing is
 * known. Folds without rises or without falls say nothing. `folds` has a number a row; a cluster in two of them counts as two. Throws `MlError` as `clusteredUpAgainstDown`, and
 * `LABEL_ONE_CLASS` when no fold has both.
 */
export function upAgainstDownByFold(
  probabilities: Float64Array,
  classes: Float64Array,
  clusters: ArrayLike<number>,
  folds: ArrayLike<number>,
): ClusteredAuc {
  if (probabilities.length !== 3 * classes.length || folds.length !== classes.length) {
    const given = `${probabilities.length} probabilities and ${folds.length} folds`;
    fail('SCORES_SHAPE', `${given} are not three and one for each of ${classes.length} rows`);
  }
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < classes.length; row++) {
    const rows = rowsOf.get(folds[row]!);
    if (rows === undefined) rowsOf.set(folds[row]!, [row]);
    else rows.push(row);
  }
  let [pairs, area, variance, rows] = [0, 0, 0, 0];
  for (const own of rowsOf.values()) {
    const came = Float64Array.from(own, (row) => classes[row]!);
    const weight = came.filter((each) => each === UP).length * came.filter((each) => each === DOWN).length;
    if (weight === 0) continue;
    const said = new Float64Array(3 * own.length);
    for (const [k, row] of own.entries()) said.set(probabilities.subarray(3 * row, 3 * row + 3), 3 * k);
    const part = clusteredUpAgainstDown(
      said,
      came,
      own.map((row) => clusters[row]!),
    );
    pairs += weight;
    area += weight * part.auc;
    variance += (weight * part.standardError) ** 2;
    rows += part.rows;
  }
  if (pairs === 0) fail('LABEL_ONE_CLASS', 'no fold has both rises and falls; take longer folds');
  return { auc: area / pairs, standardError: Math.sqrt(variance) / pairs, rows };
}
