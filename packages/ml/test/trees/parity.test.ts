/** Models that other libraries saved, against what those libraries answer. */
import { readLightgbmText, readXgboostJson, readXgboostUbj } from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { missing, tableOf, textOf } from '../fixtures.js';
import { answers, bitsOf, distance, inputs, json, LIGHTGBM, marginsOf, ubj, XGBOOST } from './kit.js';

describe.skipIf(missing !== '')(`XGBoost${missing}`, () => {
  test.each(XGBOOST)('%s: margins and probabilities, from JSON and to the same bits from UBJ', (name) => {
    const model = readXgboostJson(json(name));
    const margins = marginsOf(model);
    expect(distance(margins, answers(name, 'margin_'))).toBeLessThan(name.endsWith('regression') ? 2e-5 : 4e-7);
    expect(bitsOf(marginsOf(readXgboostUbj(ubj(name))))).toEqual(bitsOf(margins));
    const said = model.predict(inputs());
    const theirs = answers(name, 'out_');
    if (!name.endsWith('softmax3')) {
      expect(distance(said, theirs)).toBeLessThan(name.endsWith('regression') ? 2e-5 : 1e-6);
      return;
    }
    // This objective answers with the class.
    const classes = theirs.map((_, row) => {
      const row3 = said.subarray(row * 3, row * 3 + 3);
      return row3.indexOf(Math.max(...row3));
    });
    expect([...classes]).toEqual([...theirs]);
  });

  test.each([
    ['binary', 1],
    ['softprob3', 3],
  ])('SHAP of %s: every feature and the mean, adding up to the margin', (name, outputs) => {
    const rows = inputs();
    const twenty = { ...rows, rows: 20, values: rows.values.subarray(0, 160) };
    const model = readXgboostJson(json(`xgb-3.2.0-${name}`));
    const own = model.contributions(twenty);
    const theirs = Float64Array.from(tableOf(`shap-3.2.0-${name}.csv`).rows.flat());
    expect(distance(own, theirs)).toBeLessThan(2e-6);
    const sums = Float64Array.from({ length: 20 * outputs }, (_, k) =>
      own.subarray(k * 9, k * 9 + 9).reduce((sum, value) => sum + value, 0),
    );
    expect(distance(sums, model.margins(twenty))).toBeLessThan(1e-12);
  });
});

describe.skipIf(missing !== '')(`LightGBM${missing}`, () => {
  test.each(LIGHTGBM)('%s: margins to the bit, probabilities to 1e-12', (name) => {
    const model = readLightgbmText(textOf(`${name}.txt`));
    expect(distance(marginsOf(model), answers(name, 'margin_'))).toBe(0);
    expect(distance(model.predict(inputs()), answers(name, 'out_'))).toBeLessThan(1e-12);
  });

  test('contributions add up to the margin', () => {
    const model = readLightgbmText(textOf('lgb-4.7.0-multiclass3.txt'));
    const own = model.contributions(inputs());
    const sums = Float64Array.from({ length: 330 }, (_, k) =>
      own.subarray(k * 9, k * 9 + 9).reduce((sum, value) => sum + value, 0),
    );
    expect(distance(sums, marginsOf(model))).toBeLessThan(1e-12);
  });
});
