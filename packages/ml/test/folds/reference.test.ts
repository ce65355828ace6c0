/** Folds of other programs, row by row. */
import { combinatorialFolds, combinatorialPaths, purgedFolds } from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { missing, textOf } from '../fixtures.js';
import { plain, spans } from './spans.js';

/** Twelve rows in three blocks, two of them tested: 0 and 1, 0 and 2, 1 and 2. */
const trained = (purgeRows: number, embargoRows: number): readonly (readonly number[])[] => {
  const samples = spans(Array.from({ length: 12 }, (_, row) => [row, row + purgeRows]));
  return [...combinatorialFolds(samples, { groups: 3, testGroups: 2, embargoRows })].map(({ train }) => [...train]);
};

test('twelve rows: labels that reach one row further take a row on both sides, an embargo one after', () => {
  expect(trained(1, 0)).toEqual([
    [9, 10, 11],
    [5, 6],
    [0, 1, 2],
  ]);
  expect(trained(0, 1)).toEqual([
    [9, 10, 11],
    [5, 6, 7],
    [0, 1, 2, 3],
  ]);
});

interface Reference {
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly purged_kfold_4: readonly { readonly train: readonly number[]; readonly test: readonly number[] }[];
  readonly cpcv_6_2: readonly { readonly train: readonly number[]; readonly test: readonly number[] }[];
  readonly cpcv_counts: readonly { groups: number; test: number; splits: number; paths: number }[];
}

describe.skipIf(missing !== '')(`purgedcv 0.1.11 on 24 labels${missing}`, () => {
  const reference = (missing === '' ? JSON.parse(textOf('cv_reference.json')) : {}) as Reference;
  // The file's spans end before `end`; its embargo of two rows begins after the tested rows.
  const samples = () => spans(reference.start.map((first, row) => [first, (reference.end[row] ?? 0) - 1]));
  const embargo = { embargoRows: 2, embargoAfter: 'blocks' } as const;

  test('purged k-fold', () => {
    const folds = purgedFolds(samples(), { folds: 4, ...embargo });
    expect(folds.map(plain)).toEqual(reference.purged_kfold_4);
  });

  test('combinatorial: all 15 splits of six blocks', () => {
    const folds = combinatorialFolds(samples(), { groups: 6, testGroups: 2, ...embargo });
    expect([...folds].map(plain)).toEqual(reference.cpcv_6_2);
  });

  test('counts of splits and paths', () => {
    expect(reference.cpcv_counts.length).toBe(5);
    for (const { groups, test: testGroups, splits, paths } of reference.cpcv_counts) {
      const made = combinatorialPaths(groups, testGroups);
      expect([made.length, new Set(made.flatMap((path) => [...path])).size]).toEqual([paths, splits]);
    }
  });
});
