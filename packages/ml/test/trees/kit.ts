import type { FeatureRows, TreeModel } from '@tradekit/ml';
import { expect } from 'vitest';
import { bytesOf, tableOf, textOf } from '../fixtures.js';

/** Files of XGBoost, without their ending. */
export const XGBOOST: readonly string[] = [
  ...['1.7.6', '2.1.4', '3.2.0'].flatMap((version) =>
    ['binary', 'softprob3', 'regression'].map((name) => `xgb-${version}-${name}`),
  ),
  ...['binary_base03', 'softprob3_forest2', 'logregobj', 'softmax3'].map((name) => `xgb-3.2.0-${name}`),
];
export const LIGHTGBM: readonly string[] = [
  'binary',
  'multiclass3',
  'regression',
  'binary_zero_as_missing',
  'binary_no_missing',
].map((name) => `lgb-4.7.0-${name}`);

/** The 110 rows that every fixture has an answer for. */
export function inputs(): FeatureRows {
  const { names, rows } = tableOf('inputs.csv');
  return { names, values: Float64Array.from(rows.flat()), rows: rows.length };
}

/** A column of a fixture's answers, all outputs of a row after each other. */
export function answers(name: string, prefix: 'margin_' | 'out_'): Float64Array {
  const { names, rows } = tableOf(`${name}.expected.csv`);
  const places = names.flatMap((column, place) => (column.startsWith(prefix) ? [place] : []));
  return Float64Array.from(rows.flatMap((row) => places.map((place) => row[place] ?? Number.NaN)));
}

/** The largest difference of two columns. */
export function distance(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, cell) => Math.max(most, Math.abs(value - (b[cell] ?? Number.NaN))), 0);
}

/** The bytes of a column: -0 and 0, and two NaN, are told apart. */
export const bitsOf = (column: Float64Array): readonly bigint[] => [...new BigInt64Array(column.buffer)];

export const json = (name: string): string => textOf(`${name}.json`);
export const ubj = (name: string): Uint8Array => bytesOf(`${name}.ubj`);
export const marginsOf = (model: TreeModel): Float64Array => model.margins(inputs());
