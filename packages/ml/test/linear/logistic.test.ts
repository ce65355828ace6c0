/** Coefficients worked out by hand, and those of scikit-learn 1.9.1 (newton-cholesky, tolerance 1e-14) on the same scaled rows. */
import { type LogisticModel, type LogisticOptions, logisticRegression, type TrainingSet } from '@tradekit/ml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numbers, rowsOf, setOf } from '../boosting/kit.js';
import { codeOf } from '../history.js';
import { rowsFrom, three, two } from './kit.js';

const twoClasses = { target: { kind: 'two-classes' } } as const;
const train = (set: TrainingSet, options: Partial<LogisticOptions> = {}): LogisticModel =>
  logisticRegression({ ...twoClasses, tolerance: 1e-13, ...options }).train(set);
const close = (got: Float64Array, wanted: readonly number[], digits = 11): void => {
  expect(got.length).toBe(wanted.length);
  for (const [k, value] of wanted.entries()) expect(got[k]).toBeCloseTo(value, digits);
};

/** Three of four rows at 1 are of class 1, one of four at −1. */
const x = [1, 1, 1, 1, -1, -1, -1, -1];
const y = [1, 1, 1, 0, 0, 0, 0, 1];

describe('by hand', () => {
  // The derivative by the coefficient w is 8 (σ(w) − ¾) + λ w; with σ(ln 2) = ⅔ it is 0 for λ = ⅔ ÷ ln 2.
  const l2 = 2 / 3 / Math.log(2);

  test('w = ln 2 where λ = ⅔ ÷ ln 2, and no intercept by symmetry', () => {
    const model = train(setOf([x], y), { l2 });
    close(model.coefficients, [Math.log(2)]);
    close(model.intercepts, [0]);
    close(model.predict({ names: ['a'], values: Float64Array.of(1, -1, Number.NaN), rows: 3 }), [2 / 3, 1 / 3, 0.5]);
  });

  test('units of a feature change nothing: 5 ± 20 is as good as ± 1', () => {
    const model = train(setOf([x.map((own) => 5 + 20 * own)], y), { l2 });
    expect([model.means[0], model.scales[0]]).toEqual([5, 20]);
    close(model.coefficients, [Math.log(2)]);
  });

  test('missing values are left out of mean and scale, and count as the mean', () => {
    const model = train(setOf([[...x, Number.NaN, Number.NaN]], [...y, 0, 1]), { l2 });
    expect([model.means[0], model.scales[0]]).toEqual([0, 1]);
    close(model.coefficients, [Math.log(2)]);
  });

  test('a feature that is constant or missing has no say', () => {
    const model = train(setOf([x.map(() => 7.3), x, x.map(() => Number.NaN)], y), { l2 });
    close(model.coefficients, [0, Math.log(2), 0]);
    const values = Float64Array.of(1e6, 1, 3);
    close(model.predict({ names: ['a', 'b', 'c'], values, rows: 1 }), [2 / 3]);
  });

  test('class weights move the intercept: with both of one value it is the log odds of the weights', () => {
    const set = setOf([[1, -1, 1, -1]], [0, 0, 1, 1]);
    const model = train(set, { classWeights: [1, 3] });
    close(model.intercepts, [Math.log(3)]);
    close(model.coefficients, [0]);
  });

  test('the softmax of two classes is the logistic curve of twice the margin, at half the penalty', () => {
    const soft = train(setOf([x], y), { target: { kind: 'classes', count: 2 }, l2: 2 * l2 });
    close(soft.coefficients, [-Math.log(2) / 2, Math.log(2) / 2]);
    close(soft.predict({ names: ['a'], values: Float64Array.of(1), rows: 1 }), [1 / 3, 2 / 3]);
  });
});

describe('as scikit-learn has it', () => {
  test('two classes', () => {
    const model = train(two());
    close(model.means, [0.07114517292939126, 3.244395740174999, -0.03818385729148691], 13);
    close(model.intercepts, [0.34526951601822603]);
    close(model.coefficients, [1.4442163543974667, -2.191156042731469, 0.21869127346798384]);
  });

  test('three classes', () => {
    const model = train(three(), { target: { kind: 'classes', count: 3 }, l2: 0.5 });
    close(model.intercepts, [-0.36895423499517627, 0.7661732016801854, -0.3972189666850092], 9);
    const coefficients = [
      ...[-1.352046397009558, 1.8864708102895553, -0.5264913033818687],
      ...[0.16626193747111254, 0.0323308062841732, 0.06560984293226016],
      ...[1.1857844595384455, -1.9188016165737285, 0.46088146044960854],
    ];
    close(model.coefficients, coefficients, 9);
  });

  test('three classes with weights of rows', () => {
    const set = three();
    const weights = Float64Array.from(set.targets, (_, k) => 1 + (k % 3));
    const model = train({ ...set, weights }, { target: { kind: 'classes', count: 3 }, l2: 2 });
    close(model.means, [0.08245218959636987, 3.1969050990107157, -0.0643575340539903], 13);
    close(model.intercepts, [-0.3334764831187646, 0.5088919763669395, -0.17541549324817488]);
    const coefficients = [
      ...[-1.0187004139737463, 1.2973203113438387, -0.38226935622077285],
      ...[0.23246482824375597, 0.022685700695682955, 0.15762705472300842],
      ...[0.7862355857299905, -1.3200060120395218, 0.22464230149776443],
    ];
    close(model.coefficients, coefficients);
  });
});

test('any rows: only the cells named count, the same twice to the bit, probabilities add up to 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 4 }), (seed, count) => {
      const next = numbers(seed);
      const columns = rowsFrom(next, 40);
      const targets = Array.from({ length: 40 }, (_, k) => (k < count ? k : Math.floor(((next() + 1) / 2) * count)));
      const set = setOf(columns, targets);
      const options = { target: { kind: 'classes', count } } as const;
      const model = train({ ...set, cells: set.cells.subarray(0, 30) }, options);
      const fewer = setOf(
        columns.map((column) => column.slice(0, 30)),
        targets.slice(0, 30),
      );
      expect(train(fewer, options).coefficients).toEqual(model.coefficients);
      const said = model.predict(rowsOf(set));
      for (let row = 0; row < 40; row++) {
        const sum = said.subarray(row * count, (row + 1) * count).reduce((total, own) => total + own, 0);
        expect(sum).toBeCloseTo(1, 12);
      }
    }),
    { seed: 5, numRuns: 25 },
  );
});

test('sets and options that cannot be trained on', () => {
  const set = setOf([x], y);
  const codes = [
    () => train({ ...set, targets: new Float64Array(8) }),
    () => train({ ...set, targets: Float64Array.from(y, (own) => 2 * own) }),
    () => train({ ...set, weights: Float64Array.from(y) }),
    () => train(setOf([x.map(() => 3)], y)),
    () => train(setOf([[...x.slice(1), Number.NEGATIVE_INFINITY]], y)),
    () => train({ ...set, cells: new Int32Array(0) }),
    () => train(set, { maxSteps: 1 }),
    () => train(set, { l2: 0 }),
    () => train(set, { tolerance: Number.NaN }),
    () => train(set, { classWeights: [1] }),
    () => train(set, { target: { kind: 'classes', count: 1 } }),
    () => train(set).predict({ names: ['b'], values: Float64Array.of(1), rows: 1 }),
    () => train(set).predict({ names: ['a'], values: Float64Array.of(Number.POSITIVE_INFINITY), rows: 1 }),
  ].map(codeOf);
  expect(codes).toEqual([
    ...['LABEL_ONE_CLASS', 'LABEL_CLASS', 'LABEL_ONE_CLASS', 'FEATURES_CONSTANT', 'VALUE_INFINITE', 'TRAIN_EMPTY'],
    ...['TRAIN_NO_END', 'ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'FEATURES_DIFFER', 'VALUE_INFINITE'],
  ]);
});
