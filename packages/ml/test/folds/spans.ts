import type { Fold, Samples } from '@tradekit/ml';

/** One sample a row, each with a label of the rows `first` to `last`. */
export function spans(list: readonly (readonly [first: number, last: number])[]): Samples {
  const rows = Int32Array.from(list, (_, row) => row);
  return {
    cells: rows,
    rows,
    first: Int32Array.from(list, ([first]) => first),
    last: Int32Array.from(list, ([, last]) => last),
  };
}

/** A fold as plain lists. */
export const plain = ({ train, test }: Fold) => ({ train: [...train], test: [...test] });
