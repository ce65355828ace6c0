import {
  auc,
  driftBaseline,
  gainImportance,
  logLoss,
  permutationImportance,
  populationStability,
  treeModel,
  upAgainstDown,
} from '@tradekit/ml';
import { expect, test } from 'vitest';
import { codeOf } from '../history.js';
import { stump } from '../trees/stump.js';

const column = (...numbers: readonly number[]): Float64Array => Float64Array.from(numbers);

test('log loss: −ln of what was given to what came', () => {
  expect(logLoss(column(0.5, 0.25, 0.25, 0.2, 0.2, 0.6), 3, column(1, 2))).toBe((Math.log(4) - Math.log(0.6)) / 2);
  expect(logLoss(column(0.75, 0.75), 1, column(1, 0))).toBe((-Math.log(0.75) - Math.log(0.25)) / 2);
  expect(logLoss(column(1), 1, column(0))).toBe(-Math.log(1e-15));
  expect(codeOf(() => logLoss(column(1), 3, column(0)))).toBe('SCORES_SHAPE');
  expect(codeOf(() => logLoss(column(0.5, 0.5), 2, column(2)))).toBe('SCORES_VALUE');
  expect(codeOf(() => logLoss(column(Number.NaN, 0.5), 2, column(0)))).toBe('SCORES_VALUE');
});

test('AUC: pairs in the right order, ties half', () => {
  // Ones 2 and 3 against zeros 1 and 2: three pairs right, one tied.
  expect(auc({ scores: column(1, 2, 2, 3), labels: column(0, 0, 1, 1) })).toBe(3.5 / 4);
  expect(auc({ scores: column(5, 5, 5), labels: column(0, 1, 1) })).toBe(0.5);
  expect(auc({ scores: column(3, 1), labels: column(0, 1) })).toBe(0);
  expect(codeOf(() => auc({ scores: column(1), labels: column(1) }))).toBe('LABEL_ONE_CLASS');
});

test('up against down leaves flat bars out, however well they are known', () => {
  // Flat is known for sure in the second row; the direction of the others is the wrong way round.
  const said = column(0.3, 0.5, 0.2, 0, 1, 0, 0.2, 0.5, 0.3);
  expect(upAgainstDown(said, column(2, 1, 0))).toBe(0);
  expect(upAgainstDown(said, column(0, 1, 2))).toBe(1);
  expect(codeOf(() => upAgainstDown(said, column(1, 1, 1)))).toBe('SCORES_SHAPE');
  expect(codeOf(() => upAgainstDown(said, column(1, 1)))).toBe('SCORES_SHAPE');
});

test('importance: all gain of a stump is of its feature, and only shuffling that one costs', () => {
  expect([...gainImportance(stump())]).toEqual([0, 1]);
  expect([...gainImportance({ ...stump(), trees: [] })]).toEqual([0, 0]);
  const model = treeModel(stump());
  const targets = Float64Array.from({ length: 40 }, (_, row) => row % 2);
  const rows = {
    names: model.features,
    rows: 40,
    values: Float64Array.from(targets).reduce(
      (list, own, row) => list.fill(own, 2 * row, 2 * row + 2),
      new Float64Array(80),
    ),
  };
  const loss = (said: Float64Array): number => logLoss(said, 1, targets);
  const own = permutationImportance(model, rows, { loss });
  expect(own[0]).toBe(0);
  // A row with the other side's margin costs ln(1 + e²) − ln(1 + 1/e) or ln(1 + e) − ln(1 + e⁻²): 3 a pair of rows, and 200 rows are shuffled.
  const pairs = ((own[1] ?? 0) * 200) / 3;
  expect(Math.abs(pairs - Math.round(pairs))).toBeLessThan(1e-9);
  expect(Math.abs(pairs - 50)).toBeLessThan(15);
  expect([...permutationImportance(model, rows, { loss })]).toEqual([...own]);
  expect(codeOf(() => permutationImportance(model, rows, { loss, repeats: 0 }))).toBe('ML_OPTION');
});

test('drift: by hand, none against itself, and missing values as a bin', () => {
  const baseline = driftBaseline(column(1, 2, 3, 4), 2);
  expect([[...baseline.limits], [...baseline.parts]]).toEqual([[3], [0.5, 0.5, 0]]);
  expect(populationStability(baseline, column(1, 2, 3, 4))).toBe(0);
  // A quarter below and three quarters above: −¼ ln ½ + ¼ ln 1½.
  expect(populationStability(baseline, column(1, 5, 6, 7))).toBeCloseTo(0.25 * Math.log(2) + 0.25 * Math.log(1.5), 12);
  expect(populationStability(baseline, column(Number.NaN))).toBeGreaterThan(0.25);
  expect([...driftBaseline(column(7, 7, 7, Number.NaN)).parts]).toEqual([0.75, 0.25]);
  expect(codeOf(() => driftBaseline(column(Number.NaN)))).toBe('DRIFT_EMPTY');
  expect(codeOf(() => populationStability(baseline, column()))).toBe('ML_OPTION');
});
