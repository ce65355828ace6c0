import { type FoldColumns, type Labels, type Model, type Samples, samplesOf, type Trainer } from '@tradekit/ml';

/** Labels of one instrument, one a row, each looking at the row after it alone, unless a longer `reach` is given. */
export function labelsOf(classes: readonly number[], instruments = 1, reach = 1): Labels {
  const rowOf = (cell: number): number => Math.floor(cell / instruments);
  return {
    text: 'hand',
    rows: classes.length / instruments,
    instruments,
    classes: Float64Array.from(classes),
    returns: new Float64Array(classes.length),
    first: Int32Array.from(classes, (_, cell) => rowOf(cell) + 1),
    last: Int32Array.from(classes, (_, cell) => rowOf(cell) + reach),
  };
}

export const every = (labels: Labels): Samples => samplesOf(labels);

/** A model that says one of its columns, as the probability of class 1. */
export function says(feature: number, features: readonly string[] = ['a', 'b']): Model {
  return {
    features,
    outputs: 1,
    predict: ({ values, rows }, out = new Float64Array(rows)) => {
      for (let row = 0; row < rows; row++) out[row] = values[row * features.length + feature] ?? Number.NaN;
      return out;
    },
  };
}

/** Trains nothing: answers with {@link says}, and remembers the cells that it was given. */
export function saying(feature: number, seen: number[][] = []): Trainer {
  return {
    text: `saying(${feature})`,
    train: ({ features, cells }) => {
      seen.push([...cells]);
      return says(feature, features);
    },
  };
}

export const columnsOf = (labels: Labels, ...columns: readonly (readonly number[])[]): FoldColumns => ({
  features: columns.map((_, k) => String.fromCharCode(97 + k)),
  columns: columns.map((column) => Float64Array.from(column)),
  targets: labels.classes,
});
