import type { BarHistory } from '@tradekit/core';
import type { FeatureColumns } from '@tradekit/indicators';
import { requireCount } from '../error.js';

/** Options of {@link baselineColumns}; all have a default. */
export interface BaselineColumnsOptions {
  /** Bars whose returns past volatility is taken from, default 26: a whole session, so that its course over the day is even. */
  readonly bars?: number;
  /** Bars that it is set against, default 520: twenty sessions. */
  readonly longBars?: number;
}

/**
 * Three columns that know nothing of direction, for `baseRates`. `slot` counts rows from the session's open. `past-volatility` is the root mean square of the logarithmic returns from close to close, within sessions,
 * of the last `bars` rows up to the row of the cell, where at least half of them have one; else NaN. `volatility-ratio` is that of `bars` ÷ that of `longBars`. Throws `MlError` `ML_OPTION` unless
 * `longBars` are more than `bars`.
 */
export function baselineColumns(history: BarHistory, options: BaselineColumnsOptions = {}): FeatureColumns {
  const { bars = 26, longBars = 20 * bars } = options;
  requireCount('baselineColumns', 'bars', bars);
  requireCount('baselineColumns', 'longBars', longBars, bars + 1);
  const { universe, sessions, firstRow } = history;
  const { size } = universe;
  const rows = history.starts.length;
  const slot = new Float64Array(rows * size);
  for (let k = 0; k < sessions.length; k++) {
    for (let row = firstRow[k]!; row < firstRow[k + 1]!; row++)
      slot.fill(row - firstRow[k]!, row * size, (row + 1) * size);
  }
  const returns = closeReturns(history);
  const short = rootMeanSquares(returns, size, bars);
  const long = rootMeanSquares(returns, size, longBars);
  return {
    names: ['slot', 'past-volatility', 'volatility-ratio'],
    columns: [slot, short, short.map((own, cell) => (long[cell]! > 0 ? own / long[cell]! : Number.NaN))],
    rows,
    instruments: size,
    text: `baselineColumns(${bars}, ${longBars})`,
  };
}

/** Logarithmic returns from the row before in the same session; NaN where one of the two bars is missing. */
function closeReturns({ universe, sessions, firstRow, bars: { close } }: BarHistory): Float64Array {
  const { size } = universe;
  const out = new Float64Array(close.length).fill(Number.NaN);
  for (let k = 0; k < sessions.length; k++) {
    for (let cell = (firstRow[k]! + 1) * size; cell < firstRow[k + 1]! * size; cell++) {
      out[cell] = Math.log(close[cell]! / close[cell - size]!);
    }
  }
  return out;
}

/** Over the last `bars` rows of each instrument, the own one included; NaN where fewer than half have a value. */
function rootMeanSquares(values: Float64Array, size: number, bars: number): Float64Array {
  const rows = values.length / size;
  const out = new Float64Array(values.length).fill(Number.NaN);
  for (let i = 0; i < size; i++) {
    for (let row = bars - 1; row < rows; row++) {
      // Summed anew each time: what is added and taken away again would leave rounding behind.
      let sum = 0;
      let count = 0;
      for (let past = row - bars + 1; past <= row; past++) {
        const value = values[past * size + i]!;
        if (Number.isNaN(value)) continue;
        sum += value * value;
        count++;
      }
      if (2 * count >= bars) out[row * size + i] = Math.sqrt(sum / count);
    }
  }
  return out;
}
