/** Bars of one instrument as columns, one cell a bar: what a bar file holds. */
export interface BarColumns {
  /** Start of the bar, milliseconds since 1970 UTC, strictly ascending. */
  readonly start: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Shares; adjusted data may have fractions. */
  readonly volume: Float64Array;
}

/** Columns of `rows` cells, all zero. */
export function barColumns(rows: number): BarColumns {
  const column = (): Float64Array => new Float64Array(rows);
  return { start: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}

/** Columns made of each column in the same way. */
export function mapColumns(columns: BarColumns, made: (column: Float64Array) => Float64Array): BarColumns {
  const { start, open, high, low, close, volume } = columns;
  return {
    start: made(start),
    open: made(open),
    high: made(high),
    low: made(low),
    close: made(close),
    volume: made(volume),
  };
}

/** The first `rows` cells as columns of their own. */
export function firstRows(columns: BarColumns, rows: number): BarColumns {
  return mapColumns(columns, (column) => column.slice(0, rows));
}

/** Rows `from` up to, not including, `to` of some columns. */
export interface RowsOf {
  readonly columns: BarColumns;
  readonly from: number;
  readonly to: number;
}

/** Parts of columns one after the other, as columns of their own. */
export function joined(parts: readonly RowsOf[]): BarColumns {
  const all = barColumns(parts.reduce((rows, { from, to }) => rows + to - from, 0));
  let row = 0;
  for (const { columns, from, to } of parts) {
    for (const field of ['start', 'open', 'high', 'low', 'close', 'volume'] as const)
      all[field].set(columns[field].subarray(from, to), row);
    row += to - from;
  }
  return all;
}

/** The rows that are not left out, as columns of their own. */
export function withoutRows(columns: BarColumns, isLeftOut: (row: number) => boolean): BarColumns {
  return mapColumns(columns, (column) => column.filter((_, row) => !isLeftOut(row)));
}
