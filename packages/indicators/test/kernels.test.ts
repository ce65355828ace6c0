import { ConfigError, type FeatureSpec } from '@tradekit/core';
import { batch, ema, returnDeviation, sma } from '@tradekit/indicators';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** The values of a feature over closes. */
function run(spec: FeatureSpec, closes: readonly number[]): readonly number[] {
  const close = Float64Array.from(closes);
  return [...batch(spec, { open: close, high: close, low: close, close, volume: close })];
}

const hole = Number.NaN;

describe('sma', () => {
  test('is the mean of the last closes, NaN before there are enough', () => {
    expect(run(sma(3), [1, 2, 3, 4, 8])).toEqual([hole, hole, 2, 3, 5]);
  });

  test('leaves a missing bar out, and recovers at once', () => {
    expect(run(sma(3), [1, 2, 3, hole, 4])).toEqual([hole, hole, 2, hole, 3]);
  });

  test('of a million bars is as exact as of the window alone', () => {
    const closes = Array.from({ length: 100_000 }, (_, k) => 50_000 + ((k * 7919) % 1000) / 100);
    const last = run(sma(30), closes).at(-1) ?? 0;
    const window = closes.slice(-30);
    expect(Math.abs(last - window.reduce((sum, close) => sum + close, 0) / 30)).toBeLessThan(1e-9);
  });
});

describe('ema', () => {
  test('starts as the mean of its first bars and moves by 2 / (period + 1): 2, then 2 + ½ (4 − 2) = 3', () => {
    expect(run(ema({ period: 3 }), [1, 2, 3, 4, 5])).toEqual([hole, hole, 2, 3, 4]);
  });

  test('reads logarithms where asked to', () => {
    const values = run(ema({ period: 2, input: 'log-close' }), [1, Math.E ** 2, Math.E ** 4]);
    expect(values[1]).toBeCloseTo(1, 12);
    expect(values[2]).toBeCloseTo(3, 12);
  });

  test('stays as it was over a missing bar', () => {
    expect(run(ema({ period: 3 }), [1, 2, 3, hole, 4])).toEqual([hole, hole, 2, hole, 3]);
  });
});

describe('returnDeviation', () => {
  test('is the sample deviation of the returns: ln 2 and −ln 2 deviate by ln 2 × √2', () => {
    const values = run(returnDeviation(2), [1, 2, 1]);
    expect(values.slice(0, 2)).toEqual([hole, hole]);
    expect(values[2]).toBeCloseTo(Math.LN2 * Math.SQRT2, 15);
  });

  test('takes no return over a hole: only the steps 1 → 2 and 8 → 4 count', () => {
    const values = run(returnDeviation(2), [1, 2, hole, 8, 4]);
    expect(values[3]).toBeNaN();
    expect(values[4]).toBeCloseTo(Math.LN2 * Math.SQRT2, 15);
  });

  test('equals the definition on any window', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 8, maxLength: 60 }),
        (closes) => {
          const value = run(returnDeviation(5), closes).at(-1) ?? 0;
          const returns = closes
            .slice(-6)
            .map((close, k, all) => Math.log(close) - Math.log(all[k - 1] ?? 1))
            .slice(1);
          const mean = returns.reduce((sum, r) => sum + r, 0) / 5;
          const wanted = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 4);
          return Math.abs(value - wanted) < 1e-7 * Math.max(1, wanted);
        },
      ),
    );
  });
});

test.each([0, -1, 1.5, Number.NaN])('a period of %s is refused', (period) => {
  expect(() => sma(period)).toThrow(ConfigError);
  expect(() => ema({ period })).toThrow(`ema has the period ${period}; give a whole number of at least 1`);
  expect(() => returnDeviation(period)).toThrow(ConfigError);
});

test('a feature says how many bars it needs, and its values begin there', () => {
  for (const spec of [sma(4), ema({ period: 4 }), returnDeviation(4)]) {
    const values = run(spec, [1, 2, 3, 4, 5, 6, 7]);
    expect(values.findIndex((value) => !Number.isNaN(value))).toBe(spec.warmUpBars - 1);
  }
});
