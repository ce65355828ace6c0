import { fail } from '../error.js';
import { type Labels, labelledCells } from '../labels/labels.js';

/**
 * What is trained on and tested, in ascending order of the row of the decision, all instruments together. A sample's place is its index in these lists,
 * which are equally long. Its label looks at the rows `first` to `last`, both included.
 */
export interface Samples {
  /** Where its features and its label are in columns: `row * instruments + instrument`. */
  readonly cells: Int32Array;
  /** The row after whose close the decision is made. */
  readonly rows: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/** Where a label is, a sample: all of them, or those at which `keep` is true of the cell. */
export function samplesOf(labels: Labels, keep: (cell: number) => boolean = () => true): Samples {
  const cells = labelledCells(labels).filter(keep);
  return {
    cells,
    rows: cells.map((cell) => Math.floor(cell / labels.instruments)),
    first: cells.map((cell) => labels.first[cell]!),
    last: cells.map((cell) => labels.last[cell]!),
  };
}

/** Places of samples to train on and to test on, ascending. They have none in common, and no label of `train` overlaps one of `test`. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Samples that follow each other, places `from` to `to` without the end: every sample of some rows. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/**
 * For each row that has samples the first of them, and at the end the count of samples. Throws `MlError` when lists differ in length, rows are not ascending,
 * or a span ends before it begins or begins before its row.
 */
export function rowStarts({ cells, rows, first, last }: Samples): Int32Array {
  const count = rows.length;
  if (cells.length !== count || first.length !== count || last.length !== count) {
    fail('FOLD_SAMPLES', `the lists of the samples differ in length; make them with samplesOf`, { count });
  }
  const starts: number[] = [];
  for (let place = 0; place < count; place++) {
    const row = rows[place]!;
    if (place > 0 && row < rows[place - 1]!) {
      fail('FOLD_SAMPLES', `sample ${place} is of row ${row}, after one of a later row; sort samples by row`, {
        place,
      });
    }
    if (!(first[place]! >= row && last[place]! >= first[place]!)) {
      const span = `${first[place]} to ${last[place]}`;
      fail('FOLD_SAMPLES', `sample ${place} of row ${row} has a label of rows ${span}; labels follow rows`, { place });
    }
    if (place === 0 || row > rows[place - 1]!) starts.push(place);
  }
  return Int32Array.from([...starts, count]);
}

/** The rows from `begin` on cut into blocks of as equal a number of rows as can be: the first ones have one more. Throws `MlError` when there are too few. */
export function cut(starts: Int32Array, count: number, begin = 0): readonly Block[] {
  const rows = starts.length - 1 - begin;
  if (rows < count) {
    const message = `${Math.max(0, rows)} rows with samples do not make ${count} folds; use fewer folds or more data`;
    fail('FOLD_ROWS', message, { rows: Math.max(0, rows), count });
  }
  const short = Math.floor(rows / count);
  const longer = rows - short * count;
  return Array.from({ length: count }, (_, k) => ({
    from: starts[begin + k * short + Math.min(k, longer)]!,
    to: starts[begin + (k + 1) * short + Math.min(k + 1, longer)]!,
  }));
}
