/** Faults that a review found, and that are mended. */
import type { FeatureSpec } from '@tradekit/core';
import * as own from '@tradekit/indicators';
import { describe, expect, test } from 'vitest';

/** Values at prices that wander for `lead` bars and then stand still for as many bars as asked for. */
function afterStandstill(spec: FeatureSpec, lead: number, still: number): readonly number[] {
  const one = own.stream(spec);
  let price = 100;
  let seed = 7 + lead;
  const bar = () => ({ open: price, high: price, low: price, close: price, volume: 1000 });
  for (let k = 0; k < lead; k++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    price = Math.round(price * (1 + 0.01 * (seed / 2_147_483_648 - 0.5)) * 100) / 100;
    one.next(bar());
  }
  return Array.from({ length: still }, () => one.next(bar()));
}

/** Those of 40 alignments of the standstill, after 22 to 60 bars of it, that are not what they should be. */
const wrong = (spec: FeatureSpec, expected: number): readonly number[] =>
  Array.from({ length: 40 }, (_, k) => afterStandstill(spec, 21 + k, 60).slice(22))
    .flat()
    .filter((value) => !Object.is(value, expected));

describe('prices that stood still for longer than the window, after they had moved', () => {
  test('standardDeviation is exactly 0', () => {
    expect(wrong(own.standardDeviation(20), 0)).toEqual([]);
  });

  test('bollingerPercentB has no answer', () => {
    expect(wrong(own.bollingerPercentB({ period: 20 }), Number.NaN)).toEqual([]);
  });

  test('rollingZScore has no answer', () => {
    expect(wrong(own.rollingZScore(20), Number.NaN)).toEqual([]);
  });

  // What is divided by a remainder (trendStrength of the strategies) is a number of any size.
  test('returnDeviation is exactly 0', () => {
    expect(wrong(own.returnDeviation(20), 0)).toEqual([]);
  });

  test('rollingCorrelation has no answer where one of the two does not vary', () => {
    const closes = Array.from({ length: 40 }, (_, lead) => {
      const one = own.stream(own.rollingCorrelation(20, own.logReturn(), 'volume'));
      let price = 100;
      return Array.from({ length: 90 + lead }, (_, k) => {
        if (k < 21 + lead) price = Math.round(price * (1 + 0.01 * Math.sin(k * k)) * 100) / 100;
        const volume = 1000 + Math.round(500 * Math.sin(3 * k * k));
        return one.next({ open: price, high: price, low: price, close: price, volume });
      }).slice(21 + lead + 22);
    });
    expect(closes.flat().filter((value) => !Number.isNaN(value))).toEqual([]);
  });

  test('rollingSkewness has no answer', () => {
    expect(wrong(own.rollingSkewness({ period: 20 }), Number.NaN)).toEqual([]);
  });

  test('Parkinson and Garman–Klass volatilities are 0', () => {
    expect(wrong(own.parkinsonVolatility({ period: 20 }), 0)).toEqual([]);
    expect(wrong(own.garmanKlassVolatility({ period: 20 }), 0)).toEqual([]);
  });
});

describe('the catalogue', () => {
  const formulaOf = (name: string): string => own.catalogue.get(name)?.formula ?? '';

  test.each(['overnightReturn', 'intradayReturn', 'barGap'])('says of %s that it is a logarithm', (name) => {
    expect(formulaOf(name)).toMatch(/\bln\b|log/);
  });

  // SwingLevels reckons from the *oldest* swing of the level.
  test.each(['supportAge', 'resistanceAge'])('says of %s that it is counted from the oldest touch', (name) => {
    expect(formulaOf(name)).toMatch(/oldest|first/);
  });

  test('lets a file set how levels are clustered', () => {
    expect(Object.keys(own.catalogue.get('support')?.parameters ?? {})).toEqual(
      expect.arrayContaining(['swings', 'toleranceFraction', 'touches']),
    );
  });

  // The function's default is the log return; by name it is the skewness of prices, which nobody wants.
  test('reads by default what the function reads: rollingSkewness of log returns', () => {
    const { spec } = own.featureSet([{ name: 'skewness', indicator: 'rollingSkewness' }]).features[0] ?? {};
    expect(spec?.key).toBe(own.rollingSkewness({ period: 130 }).key);
  });

  // 1 is "bullish" by the doc comment and "rising" by the catalogue, but these two have no direction.
  test('does not call a doji rising', () => {
    expect(formulaOf('candlestick')).toMatch(/doji|without direction/);
  });
});

// A day has 26 quarter hours: the first value of close less the average of 50 days is at bar 50 × 26 + 1 of the slices, not at 50.
test('warmUpBars of a feature that reads a longer timeframe is counted in its own bars', () => {
  const days = { ...own.sma(50), timeframe: 'day' as const };
  expect(own.difference('close', days).warmUpBars).toBeGreaterThan(50 * 26);
});

// Its limits are those of the shares of the first bar: after a 2:1 split a price of 50 kept within 40 … 60 would be read as 30.
test('clip refuses what a split moves', () => {
  expect(() => own.clip('close', 40, 60)).toThrow('close is a price: it changes with every split; clip a ratio of it');
  expect(() => own.clip('volume', 40, 60)).toThrow('clip a ratio of it');
});
