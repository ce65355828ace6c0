import { stream } from '@tradekit/indicators';
import { trendStrength } from '@tradekit/strategies';
import { expect, test } from 'vitest';

const spec = trendStrength({ fastBars: 3, slowBars: 6, deviationBars: 4 });

/** Trends, by the default lengths, of a price that wanders for `lead` bars and then stands still, after 131 to 259 bars of that. */
function atStandstill(lead: number): readonly number[] {
  const { next } = stream(trendStrength({ fastBars: 130, slowBars: 520, deviationBars: 130 }));
  let price = 100;
  let seed = lead;
  return Array.from({ length: lead + 259 }, (_, k) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    if (k < lead) price = Math.round(price * (1.0005 + 0.004 * (seed / 2_147_483_648 - 0.5)) * 100) / 100;
    return next({ open: price, high: price, low: price, close: price, volume: 1 });
  }).slice(lead + 131);
}

test('by hand: the averages of the logarithms apart, in deviations of fifteen sessions', () => {
  // Logarithms 0, 0.01, 0, 0.01, 0, 0.01: the mean of six is 0.005; EMA(3) from 0.01 / 3 goes 0.02 / 3, 0.01 / 3, 0.02 / 3.
  const { next } = stream(spec);
  const values = [0, 1, 0, 1, 0, 1].map((k) => {
    const price = Math.exp(0.01 * k);
    return next({ open: price, high: price, low: price, close: price, volume: 1 });
  });
  // The last four returns are ∓0.01: deviation 0.02 / √3.
  const expected = (0.02 / 3 - 0.005) / ((0.02 / Math.sqrt(3)) * Math.sqrt(390));
  expect(values.slice(0, 5).every((value) => Number.isNaN(value))).toBe(true);
  expect(values[5]).toBeCloseTo(expected, 12);
});

// What rounding leaves of `returnDeviation`'s sums (4e-11) once made a trend of 1e9, which momentum would have bought.
test('a price that stands still has no trend', () => {
  const all = Array.from({ length: 20 }, (_, k) => atStandstill(600 + 7 * k)).flat();
  expect(all.filter((z) => !Number.isNaN(z))).toEqual([]);
});
