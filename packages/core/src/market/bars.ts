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

/**
 * Takes one bar into a longer one, in the order of time: its open is the first, its close the last, the volume the sum. A
 * cell of NaN is no bar and changes nothing.
 */
export function mergeBar(from: Bars, cell: number, into: Bars, place: number): void {
  const close = from.close[cell]!;
  if (Number.isNaN(close)) return;
  if (Number.isNaN(into.close[place]!)) {
    into.open[place] = from.open[cell]!;
    into.high[place] = from.high[cell]!;
    into.low[place] = from.low[cell]!;
    into.volume[place] = from.volume[cell]!;
  } else {
    if (from.high[cell]! > into.high[place]!) into.high[place] = from.high[cell]!;
    if (from.low[cell]! < into.low[place]!) into.low[place] = from.low[cell]!;
    into.volume[place]! += from.volume[cell]!;
  }
  into.close[place] = close;
}

/** Closes a bar at an official price, which high and low then contain. NaN, or a cell that has no bar, changes nothing. */
export function closeBarAt(price: number, bars: Bars, cell: number): void {
  if (Number.isNaN(price) || Number.isNaN(bars.close[cell]!)) return;
  bars.close[cell] = price;
  if (price > bars.high[cell]!) bars.high[cell] = price;
  if (price < bars.low[cell]!) bars.low[cell] = price;
}

/** Makes every cell a missing bar. */
export function clearBars({ open, high, low, close, volume }: Bars): void {
  open.fill(Number.NaN);
  high.fill(Number.NaN);
  low.fill(Number.NaN);
  close.fill(Number.NaN);
  volume.fill(Number.NaN);
}
