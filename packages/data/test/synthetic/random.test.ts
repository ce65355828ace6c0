import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/synthetic/random.js';
import { Reverting, varianceShift } from '../../src/synthetic/reverting.js';
import { autocorrelation, correlation, deviation, excessKurtosis, mean, skewness } from './statistics.js';

const COUNT = 200_000;

function normals(random: RandomStream): Float64Array {
  return Float64Array.from({ length: COUNT }, () => random.normal());
}

describe('RandomStream', () => {
  test('the same seed and name give the same numbers', () => {
    const draw = (): number[] => Array.from(normals(new RandomStream(7, 'AAPL', 'bars')).subarray(0, 50));
    expect(draw()).toEqual(draw());
  });

  test('its first numbers are pinned: they decide every market', () => {
    const random = new RandomStream(1, 'AAPL', 'bars');
    expect([random.uniform(), random.uniform(), random.normal()]).toEqual([
      0.6172962124692276, 0.42322604556102306, -0.8008625965904631,
    ]);
  });

  test('another seed or name gives numbers without correlation', () => {
    const base = normals(new RandomStream(1, 'AAPL', 'bars'));
    const others = [
      new RandomStream(2, 'AAPL', 'bars'),
      new RandomStream(1, 'AAPM', 'bars'),
      new RandomStream(1, 'AAPL'),
    ];
    for (const other of others) expect(Math.abs(correlation(base, normals(other)))).toBeLessThan(4 / Math.sqrt(COUNT));
  });

  test('parts of a name do not run together', () => {
    expect(new RandomStream(1, 'ab', 'c').uniform()).not.toBe(new RandomStream(1, 'a', 'bc').uniform());
  });

  test('normals have mean 0, deviation 1, no skew, no excess kurtosis, no memory, within four standard errors', () => {
    const drawn = normals(new RandomStream(3, 'moments'));
    const error = 1 / Math.sqrt(COUNT);
    expect(Math.abs(mean(drawn))).toBeLessThan(4 * error);
    expect(Math.abs(deviation(drawn) - 1)).toBeLessThan(4 * error * Math.SQRT1_2);
    expect(Math.abs(skewness(drawn))).toBeLessThan(4 * error * Math.sqrt(6));
    expect(Math.abs(excessKurtosis(drawn))).toBeLessThan(4 * error * Math.sqrt(24));
    expect(Math.abs(autocorrelation(drawn, 1))).toBeLessThan(4 * error);
  });
});

describe('Reverting', () => {
  const spec = { persistence: 0.75, deviation: 0.3, skew: 0.4 };
  const random = new RandomStream(5, 'reverting');
  const series = new Reverting(spec, random);
  const values = Float64Array.from({ length: COUNT }, () => series.step(random.normal()));

  test('has the deviation and the persistence that were asked for', () => {
    expect(deviation(values)).toBeCloseTo(0.3, 2);
    expect(autocorrelation(values, 1)).toBeCloseTo(0.75, 2);
    expect(skewness(values)).toBeGreaterThan(0.3);
  });

  test('the shift makes the mean variance of the volatility 1', () => {
    const shift = varianceShift(1, spec);
    expect(mean(values.map((value) => Math.exp(2 * (value - shift))))).toBeCloseTo(1, 1);
  });

  test('without skew the shift is the variance: E exp(2 x) = exp(2 var x)', () => {
    expect(varianceShift(0.5, { ...spec, skew: 0 })).toBeCloseTo(0.25 * 0.09, 14);
  });
});
