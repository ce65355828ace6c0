/** What a model is taught: for each cell a class, the return behind it, and the rows that were looked at to know it. */
import type { BarHistory } from '@tradekit/core';

/** The classes of a direction label. */
export const DOWN = 0;
/** Between the two widths of a dead band, or no barrier reached. */
export const FLAT = 1;
/** Above the dead band, or the upper barrier first. */
export const UP = 2;

/**
 * Labels of a history, time-major: cell `row * instruments + instrument` is for a decision after the close of `row`. Whatever a label looks
 * at lies in the rows `first` to `last`, both included, and `first` is later than the row of the decision.
 */
export interface Labels {
  /** How they were made: equal texts mean the same definition. */
  readonly text: string;
  readonly rows: number;
  readonly instruments: number;
  /** {@link DOWN}, {@link FLAT} or {@link UP}; NaN where there is none. */
  readonly classes: Float64Array;
  /** Return of the span as a fraction, before costs, of a position that is long: exit ÷ entry − 1; NaN where there is none. */
  readonly returns: Float64Array;
  /** First row whose prices the label looks at; −1 where there is none. */
  readonly first: Int32Array;
  /** Last row whose prices the label looks at; −1 where there is none. */
  readonly last: Int32Array;
}

/** A table of labels with none in it. */
export function noLabels(text: string, history: BarHistory): Labels {
  const rows = history.starts.length;
  const instruments = history.universe.size;
  const cells = rows * instruments;
  return {
    text,
    rows,
    instruments,
    classes: new Float64Array(cells).fill(Number.NaN),
    returns: new Float64Array(cells).fill(Number.NaN),
    first: new Int32Array(cells).fill(-1),
    last: new Int32Array(cells).fill(-1),
  };
}

/** Cells that have a label, ascending. */
export function labelledCells({ classes }: Labels): Int32Array {
  let count = 0;
  for (const value of classes) if (!Number.isNaN(value)) count++;
  const cells = new Int32Array(count);
  let at = 0;
  for (let cell = 0; cell < classes.length; cell++) if (!Number.isNaN(classes[cell]!)) cells[at++] = cell;
  return cells;
}
