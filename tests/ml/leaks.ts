/** Columns that know too much, each in a way that is met in the wild, and some that do not. */
import type { BarHistory } from '@tradekit/core';
import { defaultFeatures, type FeatureColumns, featureColumns, featureSet } from '@tradekit/indicators';
import { directionLabels, UP } from '@tradekit/ml';

/** Columns over a history. */
export type ColumnsOf = (history: BarHistory) => FeatureColumns;

const base = featureSet([
  { name: 'last', indicator: 'logReturn' },
  { name: 'wild', indicator: 'returnDeviation', parameters: { period: 300 } },
]);

/** Columns of one value a cell, made of the bars and the returns before. */
function made(
  text: string,
  column: (history: BarHistory, columns: FeatureColumns) => Float64Array,
): [string, ColumnsOf] {
  return [
    text,
    (history) => {
      const columns = featureColumns(base, history);
      return { ...columns, names: ['it'], columns: [column(history, columns)], text };
    },
  ];
}

const labelsOf = (history: BarHistory) =>
  directionLabels(history, { horizonBars: 4, deadBand: { kind: 'fixed', fraction: 0.001 } });
const at = (column: Float64Array | undefined, cell: number): number => column?.[cell] ?? Number.NaN;
const mean = (values: Float64Array): number => {
  const known = values.filter((own) => !Number.isNaN(own));
  return known.reduce((sum, own) => sum + own, 0) / known.length;
};

export const leaks: readonly (readonly [string, ColumnsOf])[] = [
  made('the return of the next bar', ({ universe }, { columns: [last] }) =>
    (last ?? missing()).map((_, cell) => at(last, cell + universe.size)),
  ),
  made('the return of its own label', (history) => labelsOf(history).returns),
  made('the label of the neighbouring symbol', (history) => {
    const { classes } = labelsOf(history);
    const { size } = history.universe;
    return classes.map((_, cell) => at(classes, cell - (cell % size) + (((cell % size) + 1) % size)));
  }),
  made('scaling by the whole sample', (_, { columns: [last] }) => {
    const own = last ?? missing();
    const middle = mean(own);
    const spread = Math.sqrt(mean(own.map((value) => (value - middle) ** 2)));
    return own.map((value) => (value - middle) / spread);
  }),
  made('ranks among all rows of the sample', (_, { columns: [last] }) => {
    const sorted = (last ?? missing()).filter((own) => !Number.isNaN(own)).sort();
    return (last ?? missing()).map((own) => (Number.isNaN(own) ? own : sorted.findIndex((other) => other >= own)));
  }),
  made('the rate of up of each symbol, over the whole set', (history) => {
    const { classes } = labelsOf(history);
    const { size } = history.universe;
    const rates = Array.from({ length: size }, (_, i) =>
      mean(classes.filter((own, cell) => cell % size === i && !Number.isNaN(own)).map((own) => (own === UP ? 1 : 0))),
    );
    return classes.map((_, cell) => rates[cell % size] ?? Number.NaN);
  }),
  made('the rate of up so far, with labels that have not ended', (history) => {
    const { classes } = labelsOf(history);
    const out = new Float64Array(classes.length);
    let [ups, count] = [0, 0];
    for (const [cell, own] of classes.entries()) {
      if (!Number.isNaN(own)) [ups, count] = [ups + (own === UP ? 1 : 0), count + 1];
      out[cell] = ups / count;
    }
    return out;
  }),
  made('the high of the session', ({ bars, universe, firstRow }) => {
    const { size } = universe;
    return bars.close.map((_, cell) => {
      const row = Math.floor(cell / size);
      const k = firstRow.findLastIndex((first) => first <= row);
      let high = Number.NEGATIVE_INFINITY;
      for (let r = firstRow[k] ?? 0; r < (firstRow[k + 1] ?? 0); r++)
        high = Math.max(high, at(bars.high, r * size + (cell % size)));
      return at(bars.close, cell) / high;
    });
  }),
  made('a mean that is centred', ({ bars, universe: { size } }) =>
    bars.close.map((own, cell) => own / ((at(bars.close, cell - size) + own + at(bars.close, cell + size)) / 3)),
  ),
  made('missing values filled from behind', ({ universe: { size } }, { columns: [, wild] }) => {
    const out = (wild ?? missing()).slice();
    for (let cell = out.length - size - 1; cell >= 0; cell--)
      if (Number.isNaN(at(out, cell))) out[cell] = at(out, cell + size);
    return out;
  }),
];

export const honest: readonly (readonly [string, ColumnsOf])[] = [
  ['the default features', (history) => featureColumns(featureSet(defaultFeatures), history)],
  [
    'features of days',
    (history) => featureColumns(featureSet([{ name: 'day', indicator: 'rsi', timeframe: 'day' }]), history),
  ],
  made('a rank among what came before', ({ universe: { size } }, { columns: [last] }) => {
    const seen: number[] = [];
    return (last ?? missing()).map((own, cell) => {
      if (cell % size === 0) seen.push(own);
      return seen.filter((other) => other < own).length / seen.length;
    });
  }),
  made('the mean return of labels that had ended', (history) => {
    const { returns, last, rows, instruments } = labelsOf(history);
    const ended: number[][] = Array.from({ length: rows + 1 }, () => []);
    for (const [cell, own] of returns.entries()) if ((last[cell] ?? -1) >= 0) ended[last[cell] ?? 0]?.push(own);
    const out = new Float64Array(returns.length);
    let [sum, count] = [0, 0];
    for (let row = 0; row < rows; row++) {
      for (const own of ended[row] ?? []) [sum, count] = [sum + own, count + 1];
      out.fill(sum / count, row * instruments, (row + 1) * instruments);
    }
    return out;
  }),
];

function missing(): never {
  throw new Error('no such column');
}
