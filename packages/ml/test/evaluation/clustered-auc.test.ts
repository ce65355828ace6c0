import { auc, clusteredAuc, clusteredUpAgainstDown, upAgainstDown, upAgainstDownByFold } from '@tradekit/ml';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf } from '../history.js';

test('by hand: three of four pairs in order, each row a cluster', () => {
  // Ones 0.4 and 0.9, zeros 0.1 and 0.6: placements 1 of 2 and 2 of 2; 2 of 2 and 1 of 2. Around 3/4, over 2: ±1/8 each, so 4/64 × 4/3.
  const { auc: area, standardError } = clusteredAuc(
    { scores: Float64Array.of(0.4, 0.9, 0.1, 0.6), labels: Float64Array.of(1, 1, 0, 0) },
    [1, 2, 3, 4],
  );
  expect(area).toBe(0.75);
  expect(standardError).toBeCloseTo(Math.sqrt(1 / 12), 12);
});

test('rows of one cluster count as one: each row twice in its own cluster changes nothing', () => {
  const scores = [0.4, 0.9, 0.1, 0.6];
  const labels = [1, 1, 0, 0];
  const twice = <T>(list: readonly T[]): T[] => list.flatMap((own) => [own, own]);
  const { auc: area, standardError } = clusteredAuc(
    { scores: Float64Array.from(twice(scores)), labels: Float64Array.from(twice(labels)) },
    twice([1, 2, 3, 4]),
  );
  expect(area).toBe(0.75);
  expect(standardError).toBeCloseTo(Math.sqrt(1 / 12), 12);
});

test('the area is that of auc, and of upAgainstDown', () => {
  const row = fc.record({ score: fc.integer({ min: 0, max: 5 }), label: fc.integer({ min: 0, max: 1 }) });
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      fc.pre(rows.some(({ label }) => label === 1) && rows.some(({ label }) => label === 0));
      const scored = {
        scores: Float64Array.from(rows, ({ score }) => score / 5),
        labels: Float64Array.from(rows, ({ label }) => label),
      };
      const sessions = rows.map((_, k) => k % 7);
      expect(clusteredAuc(scored, sessions).auc).toBeCloseTo(auc(scored), 12);
      const said = Float64Array.from(rows.flatMap(({ score }) => [0.6 - score / 10, 0.3, 0.1 + score / 10]));
      const classes = Float64Array.from(rows, ({ label }) => 2 * label);
      expect(clusteredUpAgainstDown(said, classes, sessions).auc).toBeCloseTo(upAgainstDown(said, classes), 12);
    }),
  );
});

test('by fold: three quarters of four pairs and all of one are four of five, whatever the levels of the folds', () => {
  // Up or down by the share of up: 0.4, 0.9 up against 0.1, 0.6 down; in the other fold, where all shares are low, 0.02 up against 0.01 down.
  const shares = [0.4, 0.9, 0.1, 0.6, 0.02, 0.01, 0.5];
  const said = Float64Array.from(shares.flatMap((share) => [1 - share, 0, share]));
  const classes = Float64Array.of(2, 2, 0, 0, 2, 0, 1);
  const sessions = [1, 2, 3, 4, 5, 6, 7];
  const { auc: area, standardError, rows } = upAgainstDownByFold(said, classes, sessions, [1, 1, 1, 1, 2, 2, 3]);
  expect(area).toBeCloseTo(0.8, 12);
  expect(standardError).toBeCloseTo((4 * Math.sqrt(1 / 12)) / 5, 12); // the second fold is in order: no error
  expect(rows).toBe(6);
  expect(clusteredUpAgainstDown(said, classes, sessions).auc).toBeCloseTo(6 / 9, 12);
  expect(codeOf(() => upAgainstDownByFold(said, classes, sessions, [1]))).toBe('SCORES_SHAPE');
  expect(codeOf(() => upAgainstDownByFold(said, classes, sessions, [1, 2, 3, 4, 5, 6, 7]))).toBe('LABEL_ONE_CLASS');
});

test('one cluster has no standard error, and lists that do not fit are refused', () => {
  const scored = { scores: Float64Array.of(0.1, 0.2), labels: Float64Array.of(0, 1) };
  expect(clusteredAuc(scored, [1, 1])).toEqual({ auc: 1, standardError: Number.NaN, rows: 2 });
  expect(codeOf(() => clusteredAuc(scored, [1]))).toBe('SCORES_SHAPE');
  expect(codeOf(() => clusteredUpAgainstDown(Float64Array.of(0.1, 0.2, 0.7), Float64Array.of(2), []))).toBe(
    'SCORES_SHAPE',
  );
});
