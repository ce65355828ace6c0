import { logisticModel, logisticRegression, readLogisticJson, writeLogisticJson } from '@tradekit/ml';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsOf } from '../boosting/kit.js';
import { codeOf } from '../history.js';
import { bitsOf } from '../trees/kit.js';
import { three } from './kit.js';

const trained = logisticRegression({ target: { kind: 'classes', count: 3 } }).train(three());

test('written and read back it answers the same bits, and is written the same', () => {
  const text = writeLogisticJson(trained, { attributes: { feed: 'a "b"' } });
  const back = readLogisticJson(text, { features: ['a', 'b', 'c'] });
  expect(bitsOf(back.predict(rowsOf(three())))).toEqual(bitsOf(trained.predict(rowsOf(three()))));
  expect(writeLogisticJson(back, { attributes: { feed: 'a "b"' } })).toBe(text);
  expect(JSON.parse(text).attributes).toEqual({ feed: 'a "b"' });
});

test('any finite numbers come back to the bit', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((own) => own + 0);
  fc.assert(
    fc.property(fc.array(double, { minLength: 4, maxLength: 4 }), ([a = 0, b = 0, c = 0, d = 0]) => {
      const numbers = {
        features: ['x', 'ü "'],
        means: Float64Array.of(a, b),
        scales: Float64Array.of(Math.max(Math.abs(a), Number.MIN_VALUE), 1),
        intercepts: Float64Array.of(c),
        coefficients: Float64Array.of(d, a),
      };
      const back = readLogisticJson(writeLogisticJson(logisticModel(numbers)));
      expect(back).toMatchObject(numbers);
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('files that are none: cut short, damaged, of another kind, too large, other features', () => {
  const text = writeLogisticJson(trained);
  for (let length = 0; length < text.length; length += 3) {
    expect(codeOf(() => readLogisticJson(text.slice(0, length)))).toBe('MODEL_SYNTAX');
  }
  const broken = (from: string | RegExp, to: string): string | undefined => {
    expect(text).toMatch(from);
    return codeOf(() => readLogisticJson(text.replace(from, to)));
  };
  expect(broken('tradekit-logistic', 'other')).toBe('MODEL_UNSUPPORTED');
  expect(broken('"version":1', '"version":2')).toBe('MODEL_UNSUPPORTED');
  expect(broken('"features":["a",', '"features":[')).toBe('MODEL_FIELD');
  expect(broken('"features":["a",', '"features":[1,')).toBe('MODEL_FIELD');
  expect(broken(/"scales":\[/, '"scales":[-')).toBe('MODEL_FIELD');
  expect(broken(/"means":\[[^,]+,/, '"means":[1e999,')).toBe('MODEL_FIELD');
  expect(broken(/"intercepts":\[[^\]]+\]/, '"intercepts":[]')).toBe('MODEL_FIELD');
  expect(broken(/"coefficients":\[[^,]+,/, '"coefficients":[')).toBe('MODEL_FIELD');
  expect(codeOf(() => readLogisticJson(text, { features: ['a', 'c', 'b'] }))).toBe('FEATURES_DIFFER');
  expect(codeOf(() => readLogisticJson(text, { maxLength: 10 }))).toBe('MODEL_TOO_LARGE');
  expect(codeOf(() => writeLogisticJson({ ...trained, means: Float64Array.of(0, Number.NaN, 0) }))).toBe('MODEL_FIELD');
});
