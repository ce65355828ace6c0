/**
 * Bars as columns, one number a cell; NaN in every field means that the instrument has no bar there.
 * In a table of several rows the columns are time-major: the cell of instrument `i` in row `r` is `r * instruments + i`.
 */
export interface Bars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Shares traded; adjusted data may have fractions. */
  readonly volume: Float64Array;
}

/** Columns of `cells` cells, all NaN. */
export function emptyBars(cells: number): Bars {
  const column = (): Float64Array => new Float64Array(cells).fill(Number.NaN);
  return { open: column(), high: column(), low: column(), close: column(), volume: column() };
}
