import { fitIsotonic, fitPlatt, isotonicCalibration, plattCalibration, reliability } from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { missing, textOf } from '../fixtures.js';
import { codeOf } from '../history.js';
import { distance } from '../trees/kit.js';

const column = (numbers: readonly number[]): Float64Array => Float64Array.from(numbers);
const scored = (scores: readonly number[], labels: readonly number[]) => ({
  scores: column(scores),
  labels: column(labels),
});

test('isotonic: neighbours in the wrong order are pooled, ties are one, lines between, level beyond', () => {
  const { x, y, probability } = fitIsotonic(scored([1, 2, 3, 4, 4], [0, 1, 0, 1, 1]));
  expect([[...x], [...y]]).toEqual([
    [1, 2, 3, 4],
    [0, 0.5, 0.5, 1],
  ]);
  expect([-9, 1.5, 2.5, 3.5, 9, Number.NaN].map(probability)).toEqual([0, 0.25, 0.5, 0.75, 1, Number.NaN]);
  expect(isotonicCalibration(x, y).probability(1.5)).toBe(0.25);
});

test('Platt: scores that say nothing give the rate of the targets', () => {
  // Two of four: targets 3/4 and 1/4, mean ½.
  expect(fitPlatt(scored([0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1])).probability(0.5)).toBeCloseTo(0.5, 12);
  expect(plattCalibration(-1, 0).probability(0.3)).toBeCloseTo(0.3, 12);
  expect(plattCalibration(-1, 0).probability(1)).toBeCloseTo(0.995, 12);
});

test('reliability: what was said against what came', () => {
  expect(reliability(scored([0.1, 0.2, 0.75, 1], [0, 1, 1, 1]), 2)).toEqual([
    { from: 0, to: 0.5, weight: 2, said: 0.15000000000000002, came: 0.5 },
    { from: 0.5, to: 1, weight: 2, said: 0.875, came: 1 },
  ]);
  expect(reliability(scored([0.9], [1]), 4).length).toBe(1);
});

test('refuses lists that do not fit, labels that are none, and one class', () => {
  expect(codeOf(() => fitIsotonic(scored([], [])))).toBe('SCORES_SHAPE');
  expect(codeOf(() => fitIsotonic(scored([1], [0, 1])))).toBe('SCORES_SHAPE');
  expect(codeOf(() => fitIsotonic(scored([1], [2])))).toBe('SCORES_VALUE');
  expect(codeOf(() => fitPlatt(scored([Number.NaN], [1])))).toBe('SCORES_VALUE');
  expect(codeOf(() => fitIsotonic({ ...scored([1], [1]), weights: column([0]) }))).toBe('SCORES_VALUE');
  expect(codeOf(() => fitPlatt(scored([0.1, 0.2], [1, 1])))).toBe('LABEL_ONE_CLASS');
  expect(codeOf(() => reliability(scored([1], [1]), 0))).toBe('ML_OPTION');
});

interface Fit {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly fitted: readonly number[];
  readonly at_query: readonly number[];
}
interface Reference {
  readonly score: readonly number[];
  readonly label: readonly number[];
  readonly weight: readonly number[];
  readonly query: readonly number[];
  readonly isotonic: Fit;
  readonly isotonic_weighted: Fit;
  readonly platt: { a: number; b: number; a_newton: number; b_newton: number; fitted: readonly number[] };
}

describe.skipIf(missing !== '')(`scikit-learn 1.9.1${missing}`, () => {
  const reference = (missing === '' ? JSON.parse(textOf('calibration.json')) : {}) as Reference;
  const both = () => scored(reference.score, reference.label);

  test.each(['isotonic', 'isotonic_weighted'] as const)(
    '%s: knots, fitted values, and values between and beyond',
    (name) => {
      const theirs = reference[name];
      const weights = name === 'isotonic' ? {} : { weights: column(reference.weight) };
      const { x, y, probability } = fitIsotonic({ ...both(), ...weights });
      expect([...x]).toEqual(theirs.x);
      expect(distance(y, column(theirs.y))).toBeLessThan(1e-12);
      expect(distance(column(reference.score).map(probability), column(theirs.fitted))).toBeLessThan(1e-12);
      expect(distance(column(reference.query).map(probability), column(theirs.at_query))).toBeLessThan(1e-12);
    },
  );

  test('Platt: both numbers, and every fitted value', () => {
    const { a, b, probability } = fitPlatt(both());
    expect(Math.abs(a - reference.platt.a)).toBeLessThan(1e-6);
    expect(Math.abs(b - reference.platt.b)).toBeLessThan(1e-6);
    expect(Math.abs(a - reference.platt.a_newton)).toBeLessThan(1e-8);
    expect(Math.abs(b - reference.platt.b_newton)).toBeLessThan(1e-8);
    expect(distance(column(reference.score).map(probability), column(reference.platt.fitted))).toBeLessThan(1e-6);
  });
});
