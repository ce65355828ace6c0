import { RiskError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { chiSquareSurvival, christoffersen, exceptionTests, kupiec } from '../../src/index.js';
import { erfc, normalQuantile } from '../../src/stress/normal.js';

describe('chi-square', () => {
  it('5 % lie beyond 3.841 with one degree of freedom, beyond 5.991 with two', () => {
    expect(chiSquareSurvival(3.841458820694124, 1)).toBeCloseTo(0.05, 14);
    expect(chiSquareSurvival(5.991464547107979, 2)).toBeCloseTo(0.05, 14);
    expect(chiSquareSurvival(6.6348966010212145, 1)).toBeCloseTo(0.01, 14);
  });
  it('everything lies beyond 0, nothing beyond infinity', () => {
    expect([chiSquareSurvival(0, 1), chiSquareSurvival(0, 2)]).toEqual([1, 1]);
    expect([chiSquareSurvival(Number.POSITIVE_INFINITY, 1), chiSquareSurvival(Number.POSITIVE_INFINITY, 2)]).toEqual([
      0, 0,
    ]);
  });
  it.each([Number.NaN, -1])('%d is no statistic', (x) => {
    expect(() => chiSquareSurvival(x, 1)).toThrow(expect.objectContaining({ code: 'STRESS_STATISTIC' }));
  });
});

describe('the normal distribution', () => {
  it('erfc on both sides of where its formula changes, against the DLMF', () => {
    const values: readonly (readonly [x: number, value: number])[] = [
      [-0.5, 1.5204998778130465],
      [0, 1],
      [0.5, 0.4795001221869535],
      [1, 0.15729920705028513],
      [1.999999, 0.004677755648073953],
      [2, 0.004677734981047266],
      [3, 2.209049699858544e-5],
      [6, 2.1519736712498913e-17],
    ];
    for (const [x, value] of values) expect(Math.abs(erfc(x) / value - 1)).toBeLessThan(1e-12);
  });
  it('quantiles: 1.645, 1.960, 2.326, 3.090, and the same below the median', () => {
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 12);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.99)).toBeCloseTo(2.3263478740408408, 12);
    expect(normalQuantile(0.999)).toBeCloseTo(3.090232306167813, 10);
    expect(normalQuantile(0.01)).toBeCloseTo(-2.3263478740408408, 12);
    expect(normalQuantile(0.5)).toBe(0);
  });
});

describe('Kupiec: at 99 % in 250 sessions', () => {
  // 2 exceptions: −2 (248 ln 0.99 + 2 ln 0.01 − 248 ln 0.992 − 2 ln 0.008)
  it.each([
    [0, 5.025167926750725, 0.02498150305344971],
    [2, 0.10843521623679919, 0.7419327009526282],
    [7, 5.496990447792683, 0.019049230890526528],
  ])('%d exceptions', (exceptions, statistic, pValue) => {
    const ratio = kupiec(250, exceptions, 0.01);
    expect(ratio.statistic).toBeCloseTo(statistic, 10);
    expect(ratio.pValue).toBeCloseTo(pValue, 10);
    expect(ratio.degreesOfFreedom).toBe(1);
  });
  it('as many as there should be say nothing against it', () => {
    expect(kupiec(200, 2, 0.01)).toEqual({ statistic: 0, degreesOfFreedom: 1, pValue: 1 });
  });
  it('nothing but exceptions: −2 × 10 ln 0.5 at a probability of a half', () => {
    expect(kupiec(10, 10, 0.5).statistic).toBeCloseTo(20 * Math.LN2, 12);
  });
  it.each([
    [0, 0, 0.01, 'STRESS_EXCEPTIONS'],
    [10, 11, 0.01, 'STRESS_EXCEPTIONS'],
    [10, -1, 0.01, 'STRESS_EXCEPTIONS'],
    [10, 1.5, 0.01, 'STRESS_EXCEPTIONS'],
    [Number.NaN, 0, 0.01, 'STRESS_EXCEPTIONS'],
    [10, 1, 0, 'STRESS_PROBABILITY'],
    [10, 1, 1, 'STRESS_PROBABILITY'],
    [10, 1, 5, 'STRESS_PROBABILITY'],
    [10, 1, Number.NaN, 'STRESS_PROBABILITY'],
  ])('%d sessions, %d exceptions, probability %d are refused', (sessions, exceptions, probability, code) => {
    const run = () => kupiec(sessions, exceptions, probability);
    expect(run).toThrow(RiskError);
    expect(run).toThrow(expect.objectContaining({ code }));
  });
});

const days = (text: string): readonly boolean[] => [...text].map((letter) => letter === 'x');

describe('Christoffersen', () => {
  it('..xx.....x: n00 5, n01 2, n10 1, n11 1; −2 (6 ln ⅔ + 3 ln ⅓ − 5 ln 5/7 − 2 ln 2/7 − 2 ln ½)', () => {
    const ratio = christoffersen(days('..xx.....x'));
    expect(ratio.statistic).toBeCloseTo(0.308892, 6);
    expect(ratio.pValue).toBeCloseTo(0.5783609, 6);
  });
  it('a cluster of exceptions is seen: five in a row among fifty', () => {
    // n00 43, n01 1, n10 1, n11 4
    const ratio = christoffersen(days(`${'.'.repeat(20)}xxxxx${'.'.repeat(25)}`));
    const apart = 43 * Math.log(43 / 44) + Math.log(1 / 44) + Math.log(0.2) + 4 * Math.log(0.8);
    const together = 44 * Math.log(44 / 49) + 5 * Math.log(5 / 49);
    expect(ratio.statistic).toBeCloseTo(-2 * (together - apart), 10);
    expect(ratio.pValue).toBeLessThan(0.001);
  });
  it('no exception, and nothing but exceptions, say nothing', () => {
    expect(christoffersen(days('.....')).statistic).toBe(0);
    expect(christoffersen(days('xxxxx')).statistic).toBe(0);
  });
  it('one session has no pair', () => {
    expect(() => christoffersen([true])).toThrow(expect.objectContaining({ code: 'STRESS_EXCEPTIONS' }));
  });
});

it('together: three exceptions in ten sessions at 90 %, 3.0734 + 0.3089 with two degrees of freedom', () => {
  const tests = exceptionTests(days('..xx.....x'), 0.1);
  expect(tests).toMatchObject({ observations: 10, exceptions: 3, expected: 1 });
  // −2 (7 ln 0.9 + 3 ln 0.1 − 7 ln 0.7 − 3 ln 0.3)
  expect(tests.coverage.statistic).toBeCloseTo(-2 * (7 * Math.log(0.9 / 0.7) + 3 * Math.log(0.1 / 0.3)), 10);
  const { statistic, pValue, degreesOfFreedom } = tests.conditionalCoverage;
  expect(statistic).toBeCloseTo(tests.coverage.statistic + 0.308892, 6);
  expect([pValue, degreesOfFreedom]).toEqual([Math.exp(-statistic / 2), 2]);
});
