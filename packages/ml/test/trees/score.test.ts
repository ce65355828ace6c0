import { treeModel } from '@tradekit/ml';
import { expect, test } from 'vitest';
import { codeOf } from '../history.js';
import { stump } from './stump.js';

const rows = (...values: readonly number[]) => ({
  names: ['a', 'b'],
  values: Float64Array.from(values.flatMap((value) => [0, value])),
  rows: values.length,
});

test('below the threshold goes left, at it right, missing where the tree says', () => {
  const model = treeModel(stump());
  expect([...model.margins(rows(0.4, 0.5, 0.6, Number.NaN))]).toEqual([-1, 2, 2, -1]);
  expect([...model.predict(rows(0.4, 0.5))]).toEqual([1 / (1 + Math.E), 1 / (1 + Math.exp(-2))]);
});

test('values are compared in single precision when the trees are', () => {
  // 0.5 − 1e-9 rounds to 0.5.
  expect([...treeModel(stump()).margins(rows(0.5 - 1e-9))]).toEqual([2]);
  expect([...treeModel({ ...stump(), precision: 'float64' }).margins(rows(0.5 - 1e-9))]).toEqual([-1]);
});

test('NaN counts as zero, or zero as missing, where the model says', () => {
  const right = { ...stump(), trees: stump().trees.map((tree) => ({ ...tree, missingLeft: new Uint8Array(3) })) };
  const of = (kind: 'nan' | 'zero' | 'none') => treeModel({ ...right, missing: ['nan', kind] });
  expect([...of('nan').margins(rows(Number.NaN, 0))]).toEqual([2, -1]);
  expect([...of('zero').margins(rows(Number.NaN, 0))]).toEqual([2, 2]);
  expect([...of('none').margins(rows(Number.NaN, 0))]).toEqual([-1, -1]);
});

test('the parts of a stump: the mean of its leaves by cover, and the rest to its feature', () => {
  // (3 · −1 + 1 · 2) ÷ 4 = −0.25; a row on the right is 2.25 above it.
  expect([...treeModel(stump()).contributions(rows(0.6))]).toEqual([0, 2.25, -0.25]);
});

test('refuses infinite values, other features, and columns that do not fit', () => {
  const model = treeModel(stump());
  expect(codeOf(() => model.predict(rows(Number.POSITIVE_INFINITY)))).toBe('VALUE_INFINITE');
  expect(codeOf(() => model.predict({ ...rows(1), names: ['b', 'a'] }))).toBe('FEATURES_DIFFER');
  expect(codeOf(() => model.predict({ ...rows(1), names: ['a', 'b', 'c'] }))).toBe('FEATURES_DIFFER');
  expect(codeOf(() => model.predict(rows(1), new Float64Array(2)))).toBe('ROWS_SHAPE');
  expect([...model.predict(rows())]).toEqual([]);
});
