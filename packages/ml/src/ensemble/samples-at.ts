import { fail } from '../error.js';
import type { Samples } from '../folds/samples.js';
import type { Labels } from '../labels/labels.js';

/** The samples of some cells, in ascending order. Throws `MlError` `LABEL_MISSING` when a cell has no label. */
export function samplesAt({ first, last, instruments }: Labels, cells: Int32Array): Samples {
  const sorted = cells.slice().sort();
  const stray = sorted.find((cell) => !((first[cell] ?? -1) >= 0));
  if (stray !== undefined) {
    fail('LABEL_MISSING', `cell ${stray} has no label; train with the labels that the ensemble was given`, {
      cell: stray,
    });
  }
  return {
    cells: sorted,
    rows: sorted.map((cell) => Math.floor(cell / instruments)),
    first: sorted.map((cell) => first[cell]!),
    last: sorted.map((cell) => last[cell]!),
  };
}
