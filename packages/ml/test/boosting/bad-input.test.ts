import { type BoostingOptions, boosting } from '@tradekit/ml';
import { expect, test } from 'vitest';
import { codeOf } from '../history.js';
import { one, setOf, train } from './kit.js';

const good = setOf([[0, 1, 2, 3]], [0, 1, 0, 1]);
const twoClasses = { target: { kind: 'two-classes' } } as const;

test('sets that cannot be trained on', () => {
  const codes = [
    () => train({ ...good, targets: new Float64Array(4) }, twoClasses),
    () => train({ ...good, targets: Float64Array.of(0, 1, 2, 1) }, twoClasses),
    () => train({ ...good, targets: Float64Array.of(0, 1, Number.NaN, 1) }),
    () => train(setOf([[7, 7, 7, 7]], [0, 1, 0, 1])),
    () => train(setOf([new Array(4).fill(Number.NaN)], [0, 1, 0, 1])),
    () => train(setOf([[0, 1, Number.POSITIVE_INFINITY, 3]], [0, 1, 0, 1])),
    () => train(setOf([[0, 1, 1e39, 3]], [0, 1, 0, 1])),
    () => train({ ...good, cells: new Int32Array(0) }),
    () => train({ ...good, cells: Int32Array.of(4), targets: new Float64Array(5) }),
    () => train({ ...good, features: ['a', 'b'] }),
    () => train({ ...good, weights: Float64Array.of(1, 1, -1, 1) }),
    () => train({ ...good, weights: new Float64Array(4) }),
    () => train({ ...good, weights: Float64Array.of(1) }),
    () => boosting({ ...one, ...twoClasses }).train(good, { ...good, features: ['b'] }),
    () => boosting({ ...one, ...twoClasses }).train(good, { ...good, targets: Float64Array.of(0, 3, 0, 1) }),
    () => train(good, { monotone: { other: 1 } }),
  ].map(codeOf);
  expect(codes).toEqual([
    ...['LABEL_ONE_CLASS', 'LABEL_CLASS', 'LABEL_MISSING'],
    ...['FEATURES_CONSTANT', 'FEATURES_CONSTANT', 'VALUE_INFINITE', 'VALUE_INFINITE'],
    ...['TRAIN_EMPTY', 'TRAIN_SHAPE', 'TRAIN_SHAPE'],
    ...['TRAIN_WEIGHT', 'TRAIN_WEIGHT', 'TRAIN_WEIGHT'],
    ...['FEATURES_DIFFER', 'LABEL_CLASS', 'FEATURES_DIFFER'],
  ]);
});

test('options out of range', () => {
  const bad: readonly Partial<BoostingOptions>[] = [
    { rounds: 0 },
    { learningRate: 0 },
    { learningRate: 1.1 },
    { growth: { kind: 'depth-wise', maxDepth: 31 } },
    { growth: { kind: 'leaf-wise', maxLeaves: 1 } },
    { maxBins: 256 },
    { l2: -1 },
    { minChildWeight: Number.NaN },
    { rowFraction: 0 },
    { columnFraction: 2 },
    { patienceRounds: 0 },
    { target: { kind: 'classes', count: 1 } },
    { target: { kind: 'classes', count: 3 }, monotone: { a: 1 } },
    { target: { kind: 'classes', count: 3 }, classWeights: [1, 1] },
    { classWeights: [1, 1] },
  ];
  const codes = bad.map((options) => codeOf(() => boosting({ ...one, ...options })));
  expect(codes).toEqual(bad.map(() => 'ML_OPTION'));
});

test('equal options have equal texts', () => {
  expect(boosting(one).text).toBe(boosting({ ...one, seed: 1, onRound: () => {} }).text);
  expect(boosting(one).text).not.toBe(boosting({ ...one, seed: 2 }).text);
});
