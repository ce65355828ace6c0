import {
  combinatorialFolds,
  combinatorialPaths,
  directionLabels,
  expandingFolds,
  lastPart,
  purgedFolds,
  rollingFolds,
  samplesOf,
} from '@tradekit/ml';
import { expect, test } from 'vitest';
import { codeOf, handHistory } from '../history.js';
import { plain, spans } from './spans.js';

/** Labels that look at the two rows after their own. */
const ahead = (count: number) => spans(Array.from({ length: count }, (_, row) => [row + 1, row + 2]));

test('expanding: all before the test whose labels have ended before its labels begin', () => {
  // The test of rows 4 to 6 looks at rows 5 to 8; row 3 looks at row 5, row 2 at row 4.
  expect(expandingFolds(ahead(10), { folds: 2, minTrainRows: 4 }).map(plain)).toEqual([
    { train: [0, 1, 2], test: [4, 5, 6] },
    { train: [0, 1, 2, 3, 4, 5], test: [7, 8, 9] },
  ]);
});

test('rolling: the rows just before the test', () => {
  expect(rollingFolds(ahead(11), { folds: 2, trainRows: 4 }).map(plain)).toEqual([
    { train: [0, 1, 2], test: [4, 5, 6, 7] },
    { train: [4, 5, 6], test: [8, 9, 10] },
  ]);
});

test('an embargo after the last row that the tested labels look at, unless after the tested rows', () => {
  // Rows 0 and 1 look at rows up to 3: row 3, which looks at 4, is the first without overlap.
  const train = (embargoAfter: 'spans' | 'blocks') =>
    purgedFolds(ahead(6), { folds: 3, embargoRows: 2, embargoAfter }).map((fold) => [...fold.train])[0];
  expect(train('spans')).toEqual([5]);
  expect(train('blocks')).toEqual([4, 5]);
});

test('blocks are of time: all instruments of a row are on one side, and the longest label of any purges all', () => {
  const rising = Array.from({ length: 9 }, (_, row) => 100 + row);
  const labels = directionLabels(handHistory(9, [rising, rising, rising]), {
    deadBand: { kind: 'fixed', fraction: 0 },
  });
  const samples = samplesOf(labels);
  expect([...samples.rows.subarray(0, 6)]).toEqual([0, 0, 0, 1, 1, 1]);
  for (const { train, test: tested } of expandingFolds(samples, { folds: 2, minTrainRows: 3 })) {
    const rowsOf = (places: Int32Array) => new Set([...places].map((place) => samples.rows[place]));
    expect(train.length % 3 === 0 && tested.length % 3 === 0).toBe(true);
    expect([...rowsOf(train)].filter((row) => rowsOf(tested).has(row))).toEqual([]);
  }
  const long = { cells: Int32Array.of(0, 1, 2, 3), rows: Int32Array.of(0, 0, 1, 1), first: Int32Array.of(1, 1, 2, 2) };
  const [fold] = expandingFolds({ ...long, last: Int32Array.of(1, 2, 2, 2) }, { folds: 1, minTrainRows: 1 });
  expect(fold === undefined ? [] : [...fold.train]).toEqual([0]);
  const only = samplesOf(labels, (cell) => cell % 3 === 1);
  expect([only.cells[0], only.cells.length]).toEqual([1, 7]);
});

test('the last part of a training set, purged', () => {
  const fold = lastPart(
    ahead(20),
    Int32Array.from({ length: 10 }, (_, k) => k + 5),
    { fraction: 0.3 },
  );
  expect(plain(fold)).toEqual({ train: [5, 6, 7, 8, 9, 10], test: [12, 13, 14] });
});

test('paths: each tested block of each fold on one', () => {
  // Folds 01 02 03 12 13 23: block 0 is tested by 0 1 2, block 1 by 0 3 4, block 2 by 1 3 5, block 3 by 2 4 5.
  expect(combinatorialPaths(4, 2).map((path) => [...path])).toEqual([
    [0, 0, 1, 2],
    [1, 3, 3, 4],
    [2, 4, 5, 5],
  ]);
});

test('refuses too few rows, nothing left to train on, samples out of order and options out of range', () => {
  const samples = ahead(5);
  const codes = [
    () => purgedFolds(samples, { folds: 6 }),
    () => expandingFolds(samples, { folds: 1, minTrainRows: 5 }),
    () => rollingFolds(samples, { folds: 1, trainRows: 9 }),
    () => expandingFolds(samples, { folds: 1, minTrainRows: 1 }),
    () => [...combinatorialFolds(samples, { groups: 2, testGroups: 1, embargoRows: 9 })],
    () => lastPart(samples, Int32Array.of(0, 1), { fraction: 0.9 }),
    () => purgedFolds(samples, { folds: 1 }),
    () => purgedFolds(samples, { folds: 2, embargoRows: -1 }),
    () => combinatorialFolds(samples, { groups: 3, testGroups: 3 }),
    () => lastPart(samples, Int32Array.of(0, 1), { fraction: 1 }),
    () => purgedFolds({ ...samples, rows: Int32Array.of(0, 2, 1, 3, 4) }, { folds: 2 }),
    () => purgedFolds({ ...samples, last: Int32Array.of(1) }, { folds: 2 }),
    () => purgedFolds({ ...samples, last: new Int32Array(5) }, { folds: 2 }),
  ].map(codeOf);
  expect(codes).toEqual([
    ...['FOLD_ROWS', 'FOLD_ROWS', 'FOLD_ROWS', 'FOLD_EMPTY', 'FOLD_EMPTY', 'FOLD_EMPTY'],
    ...new Array(4).fill('ML_OPTION'),
    ...new Array(3).fill('FOLD_SAMPLES'),
  ]);
});
