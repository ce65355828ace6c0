import type { BarHistory, BarMoment, Bars, FeatureSpec, SessionDay } from '@tradekit/core';
import { emptyBars } from '@tradekit/core';
import { COLUMNS } from '../base/input.js';
import { FeatureGraph } from '../run/graph.js';

/** A graph of one feature over the instruments of a history. */
export function graphOf(spec: FeatureSpec, { universe }: BarHistory): FeatureGraph {
  return new FeatureGraph([spec], { instruments: universe.size, sector: (i) => universe.instruments[i]?.sector });
}

/** Where in its session a row is. */
export function momentOf({ sessions, firstRow, ends }: BarHistory, row: number): BarMoment {
  const k = firstRow.findLastIndex((first, n) => first <= row && n < sessions.length);
  const session = sessions[k];
  const open = session?.open ?? 0;
  return {
    session: (session?.day ?? 0) as SessionDay,
    minute: ((ends[row] ?? 0) - open) / 60_000,
    sessionMinutes: ((session?.close ?? 0) - open) / 60_000,
  };
}

/** The present row alone, so that a kernel that reads another one reads `undefined`. */
export function rowOf({ bars, universe }: BarHistory, row: number, into: Bars): Bars {
  const { size } = universe;
  for (const name of COLUMNS) into[name].set(bars[name].subarray(row * size, (row + 1) * size));
  return into;
}

/** The values of a feature from a row on, row by row, as a live run computes them: time-major, NaN before. */
export function runFrom(spec: FeatureSpec, history: BarHistory, first: number): Float64Array {
  const { size } = history.universe;
  const rows = history.ends.length;
  const graph = graphOf(spec, history);
  const values = new Float64Array(rows * size).fill(Number.NaN);
  const bars = emptyBars(size);
  for (let row = first; row < rows; row++) {
    graph.step(rowOf(history, row, bars), 0, momentOf(history, row));
    const asked = graph.asked[0];
    if (asked !== undefined) values.set(asked.values.subarray(asked.base, asked.base + size), row * size);
  }
  return values;
}

/** A history with other bars in one cell; every field is the old one times `factor`. */
export function withCell(history: BarHistory, row: number, instrument: number, factor: number): BarHistory {
  const cell = row * history.universe.size + instrument;
  const changed = (column: Float64Array): Float64Array => {
    const copy = column.slice();
    copy[cell] = (copy[cell] ?? Number.NaN) * factor;
    return copy;
  };
  const { open, high, low, close, volume } = history.bars;
  const bars = {
    open: changed(open),
    high: changed(high),
    low: changed(low),
    close: changed(close),
    volume: changed(volume),
  };
  return { ...history, bars };
}

/** First place at which two columns differ in a bit, −1 when nowhere; NaN equals NaN. */
export function firstDifference(a: Float64Array, b: Float64Array): number {
  return a.length === b.length ? a.findIndex((value, k) => !Object.is(value, b[k])) : 0;
}
