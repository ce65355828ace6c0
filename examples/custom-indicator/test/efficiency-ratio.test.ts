import { ConfigError } from '@tradekit/core';
import { stream } from '@tradekit/indicators';
import { describeFeatureContract } from '@tradekit/indicators/testing';
import { expect, test } from 'vitest';
import { efficiencyRatio } from '../efficiency-ratio.js';

describeFeatureContract('efficiencyRatio', efficiencyRatio(10));
describeFeatureContract('efficiencyRatio of one bar', efficiencyRatio(1));

test('by hand: 10, 12, 11, 14 came 4 on a way of 2 + 1 + 3', () => {
  const { next } = stream(efficiencyRatio(3));
  const bar = (close: number) => ({ open: close, high: close, low: close, close, volume: 1 });
  expect([10, 12, 11, 14].map((close) => next(bar(close)))).toEqual([Number.NaN, Number.NaN, Number.NaN, 4 / 6]);
  // 12, 11, 14, 14: 2 on a way of 1 + 3 + 0.
  expect(next(bar(14))).toBe(0.5);
});

test('a price that does not move goes nowhere: no value', () => {
  const { next } = stream(efficiencyRatio(2));
  const bar = { open: 5, high: 5, low: 5, close: 5, volume: 1 };
  expect([next(bar), next(bar), next(bar)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test.each([0, -1, 2.5, Number.NaN])('the period %d is refused', (period) => {
  expect(() => efficiencyRatio(period)).toThrow(ConfigError);
});
