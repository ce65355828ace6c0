import {
  averageModel,
  averaging,
  expandingFolds,
  logisticRegression,
  OutOfFold,
  outOfFold,
  recentlyWeighted,
  recentWeights,
} from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { rowsOf, setOf } from '../boosting/kit.js';
import { codeOf } from '../history.js';
import { columnsOf, every, labelsOf, saying, says } from './kit.js';

const rows = (...values: readonly number[]) => ({
  ...{ names: ['a', 'b'], values: Float64Array.from(values), rows: values.length / 2 },
});

describe('average', () => {
  test('the mean, and by weights of any scale', () => {
    expect([...averageModel([says(0), says(1)]).predict(rows(0.25, 0.75, 1, 0.5))]).toEqual([0.5, 0.75]);
    const model = averageModel([says(0), says(1)], [6, 2]);
    expect([...model.weights]).toEqual([0.75, 0.25]);
    expect([...model.predict(rows(1, 0))]).toEqual([0.75]);
  });

  test('what it answers in is overwritten', () => {
    const out = Float64Array.of(7);
    expect(averageModel([says(0), says(1)]).predict(rows(0.25, 0.75), out)).toBe(out);
    expect([...out]).toEqual([0.5]);
  });

  test('every trainer trains on the whole set', () => {
    const set = setOf([[0, 1, 2, 3]], [0, 0, 1, 1]);
    const strong = logisticRegression({ target: { kind: 'two-classes' }, l2: 0.1 });
    const weak = logisticRegression({ target: { kind: 'two-classes' }, l2: 10 });
    const model = averaging([strong, weak], [1, 3]).train(set);
    const [a, b] = [strong, weak].map((trainer) => trainer.train(set).predict(rowsOf(set)));
    const wanted = a?.map((own, k) => 0.25 * own + 0.75 * (b?.[k] ?? 0));
    expect(model.predict(rowsOf(set))).toEqual(wanted);
    expect(averaging([strong, weak]).text).not.toBe(averaging([weak, strong]).text);
  });

  test('members that do not fit each other', () => {
    const codes = [
      () => averageModel([]),
      () => averageModel([says(0), says(0, ['b', 'a'])]),
      () => averageModel([says(0), says(0, ['a', 'b', 'c'])]),
      () => averageModel([says(0), { ...says(0), outputs: 3 }]),
      () => averageModel([says(0)], [0]),
      () => averageModel([says(0), says(1)], [1]),
      () => averageModel([says(0), says(1)], [1, -1]),
      () => averaging([]),
      () => averaging([saying(0)], [1, 2]),
    ].map(codeOf);
    expect(codes).toEqual([
      ...['ML_OPTION', 'FEATURES_DIFFER', 'FEATURES_DIFFER', 'MEMBERS_DIFFER'],
      ...['ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'ML_OPTION'],
    ]);
  });
});

describe('weights by recent log loss', () => {
  // Two instruments, five rows. Member 0 gives what comes ½ in every row, member 1 gives it ¼ in row 1 and 1 in rows 2 and 3.
  const classes = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0];
  const labels = labelsOf(classes, 2);
  const right = (p: number): readonly number[] => [p, 1 - p];
  const columns = columnsOf(
    labels,
    classes.map(() => 0.5),
    [...right(0.5), ...right(0.25), ...right(1), ...right(1), ...right(0)],
  );
  const samples = every(labels);
  const folds = expandingFolds(samples, { folds: 1, minTrainRows: 1 });
  // The label of row 0 looks at row 1, and that of row 1 at row 2: nothing overlaps.
  const predicted = [0, 1].map((feature) => outOfFold(saying(feature), columns, samples, folds));

  test('e^(−L), L one mean a row: ⅛ against ¼ over rows 1 to 3', () => {
    const weights = recentWeights(predicted, labels.classes, { row: 4, windowRows: 4 });
    expect(weights[0]).toBeCloseTo(1 / 3, 12);
    expect(weights[1]).toBeCloseTo(2 / 3, 12);
  });

  test('η sharpens, and the window leaves out what is older', () => {
    const sharp = recentWeights(predicted, labels.classes, { row: 4, windowRows: 4, eta: 2 });
    expect(sharp[1]).toBeCloseTo(4 / 5, 12);
    const short = recentWeights(predicted, labels.classes, { row: 4, windowRows: 3 });
    expect(short[1]).toBeCloseTo(4 / 5, 12);
  });

  test('a label that has not ended does not count: at row 2 only that of row 1', () => {
    const early = recentWeights(predicted, labels.classes, { row: 2, windowRows: 9 });
    expect(early[0]).toBeCloseTo(2 / 3, 12);
    // At row 5 the one of row 4 has ended, in which member 1 gave nothing to what came: one in a million is the least.
    const late = recentWeights(predicted, labels.classes, { row: 5, windowRows: 9 });
    expect(late[1]).toBeCloseTo(0.25e-6 / (1 / 16 + 0.25e-6), 12);
    expect(codeOf(() => recentWeights(predicted, labels.classes, { row: 1, windowRows: 9 }))).toBe('WINDOW_EMPTY');
  });

  test('as a trainer: the last rows are predicted without them, then all are trained on', () => {
    const seen: number[][] = [];
    const cells = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const trainer = recentlyWeighted([saying(0, seen), saying(1)], { labels, windowRows: 2 });
    const model = trainer.train({ ...columns, cells });
    expect(seen).toEqual([[0, 1, 2, 3], [...cells]]);
    // Rows 2 and 3: a quarter against 1.
    expect(model.weights[1]).toBeCloseTo(4 / 5, 12);
    expect(codeOf(() => trainer.train({ ...columns, cells: Int32Array.of(0, 1, 2, 3) }))).toBe('FOLD_ROWS');
  });

  test('what cannot be weighted', () => {
    const forged = { ...predicted[0], answers: new Float64Array(8) } as unknown as OutOfFold;
    const shorter = outOfFold(saying(0), columns, samples, expandingFolds(samples, { folds: 1, minTrainRows: 2 }));
    const at = { row: 4, windowRows: 4 };
    const codes = [
      () => recentWeights([forged], labels.classes, at),
      () => recentWeights([], labels.classes, at),
      () => recentWeights([shorter, ...predicted], labels.classes, at),
      () => recentWeights(predicted, new Float64Array(10).fill(2), at),
      () => recentWeights(predicted, labels.classes, { ...at, windowRows: 0 }),
      () => recentWeights(predicted, labels.classes, { ...at, eta: 0 }),
      () => recentlyWeighted([], { labels, windowRows: 1 }),
      () => recentlyWeighted([saying(0)], { labels, windowRows: 0 }),
    ].map(codeOf);
    expect(codes).toEqual([
      ...['OUT_OF_FOLD', 'ML_OPTION', 'MEMBERS_DIFFER', 'LABEL_CLASS'],
      ...['ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'ML_OPTION'],
    ]);
    expect([OutOfFold.is(predicted[0]), OutOfFold.is(forged), OutOfFold.is(undefined)]).toEqual([true, false, false]);
  });
});
