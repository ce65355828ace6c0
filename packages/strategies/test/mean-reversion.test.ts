import { emptyBars, type FeatureKernel, type FeatureSpec, type SessionDay } from '@tradekit/core';
import { bollingerStretch, meanReversion, vwapStretch } from '@tradekit/strategies';
import { describe, expect, test } from 'vitest';
import { scripted } from './scripted.js';

describe('mean reversion', () => {
  // Features: stretch, relative strength, trend.
  const { wish, ask } = scripted(meanReversion);

  test('buys what is stretched down and tired, sells short what is stretched up', () => {
    expect(wish({ features: [-2, 35, 0] })).toBe(1);
    expect(wish({ features: [2, 65, 0] })).toBe(-1);
    expect(wish({ features: [-1.99, 20, 0] })).toBeUndefined();
    expect(wish({ features: [-2, 36, 0] })).toBeUndefined();
    expect(wish({ features: [2, 64, 0] })).toBeUndefined();
  });

  test('does not trade against a strong trend, and does with it', () => {
    expect(wish({ features: [-3, 20, -1.01] })).toBeUndefined();
    expect(wish({ features: [-3, 20, 5] })).toBe(1);
    expect(wish({ features: [3, 80, 1.01] })).toBeUndefined();
    expect(wish({ features: [3, 80, -5] })).toBe(-1);
  });

  test('a value that is not there opens nothing, and holds what is held until its time is over', () => {
    for (const features of [
      [Number.NaN, 20, 0],
      [-3, Number.NaN, 0],
      [-3, 20, Number.NaN],
    ])
      expect(wish({ features })).toBeUndefined();
    expect(wish({ features: [Number.NaN, 20, 0], direction: 1, slice: 11 })).toBeUndefined();
    expect(wish({ features: [Number.NaN, 20, 0], direction: 1, slice: 12 })).toBe(0);
  });

  test('closes at the mean, from either side, after its time, and on the exit slice', () => {
    const held = { slice: 5, sinceSlice: 0 };
    expect(wish({ features: [-0.01, 50, 0], direction: 1, ...held })).toBeUndefined();
    expect(wish({ features: [0, 50, 0], direction: 1, ...held })).toBe(0);
    expect(wish({ features: [0.01, 50, 0], direction: -1, ...held })).toBeUndefined();
    expect(wish({ features: [0, 50, 0], direction: -1, ...held })).toBe(0);
    expect(ask({ features: [-1, 50, 0], direction: 1, slice: 12 })).toMatchObject([
      { direction: 0, reason: 'held 12 bars' },
    ]);
    expect(ask({ features: [-1, 50, 0], direction: 1, ...held, lastExit: true })).toMatchObject([
      { reason: 'the session ends' },
    ]);
    expect(wish({ features: [-9, 10, 0], lastExit: true })).toBeUndefined();
  });

  test('an exit before the mean, and no shorts', () => {
    const { wish: early } = scripted(meanReversion, { exitZ: 1, shorts: false });
    expect(early({ features: [-1, 50, 0], direction: 1, slice: 1 })).toBe(0);
    expect(early({ features: [3, 90, 0] })).toBeUndefined();
  });
});

describe('how far a price is stretched', () => {
  /** Values of a feature whose inputs are given, for one instrument at one close. */
  function value(
    spec: FeatureSpec,
    inputs: readonly number[],
    closes: readonly number[],
    sessions: readonly number[],
  ): readonly number[] {
    const values = Float64Array.from(inputs);
    const kernel: FeatureKernel = spec.create({
      instruments: 1,
      inputs: inputs.map((_, base) => ({ values, base })),
      apart: 1,
      sector: () => undefined,
    });
    const out = new Float64Array(1);
    return closes.map((close, k) => {
      const bars = emptyBars(1);
      bars.close[0] = close;
      kernel.step(bars, 0, out, 0, { session: sessions[k] as SessionDay, minute: 15, sessionMinutes: 390 });
      return out[0] ?? Number.NaN;
    });
  }

  test('from the VWAP: in deviations times the root of the bars since the open, which are counted anew each session', () => {
    const closes = [
      100 * Math.E ** 0.02,
      100 * Math.E ** 0.02,
      100 * Math.E ** 0.02,
      100 * Math.E ** 0.02,
      100 * Math.E ** -0.02,
    ];
    const found = value(vwapStretch(130), [100, 0.01], closes, [1, 1, 1, 1, 2]);
    expect(found.map((z) => Number(z.toFixed(3)))).toEqual(
      [2, 2 / Math.sqrt(2), 2 / Math.sqrt(3), 1, -2].map((z) => Number(z.toFixed(3))),
    );
  });

  test('without volatility there is no stretch', () => {
    expect(value(vwapStretch(130), [100, 0], [101], [1])).toEqual([Number.NaN]);
  });

  test('from the average: %B of bands one deviation wide, from −1 at the lower to 1 at the upper', () => {
    expect([0, 0.5, 1, 1.5].map((percentB) => value(bollingerStretch(20), [percentB], [1], [1])[0])).toEqual([
      -1, 0, 1, 2,
    ]);
  });
});
