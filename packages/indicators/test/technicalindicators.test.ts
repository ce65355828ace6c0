/** The adapter, and the defects of the package that come with it: a change of any of them is news. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ConfigError } from '@tradekit/core';
import { adx, batch, bollingerUpper, ema, mfi, obv, roc, rsi, sma, stream, vwap } from '@tradekit/indicators';
import { fromTechnicalIndicators } from '@tradekit/indicators/technicalindicators';
import { contractMarket, describeFeatureContract } from '@tradekit/indicators/testing';
import { ADX, BollingerBands, EMA, MFI, OBV, ROC, RSI, SMA, VWAP } from 'technicalindicators';
import { describe, expect, test } from 'vitest';

const smaOf20 = fromTechnicalIndicators(SMA, {
  name: 'SMA',
  window: 20,
  reads: { values: 'close' },
  parameters: { period: 20 },
  unit: 'price',
});

describeFeatureContract('an indicator of technicalindicators', smaOf20);
describeFeatureContract(
  'one of several inputs',
  fromTechnicalIndicators(ADX, {
    name: 'ADX',
    window: 40,
    reads: { high: 'high', low: 'low', close: 'close' },
    parameters: { period: 5 },
    output: 'adx',
  }),
);

const { bars, universe } = contractMarket('clean', 520);
const column = (name: keyof typeof bars): number[] => [...bars[name].filter((_, cell) => cell % universe.size === 0)];
const [high, low, close, volume] = [column('high'), column('low'), column('close'), column('volume')];
const one = {
  open: Float64Array.from(column('open')),
  high: Float64Array.from(high),
  low: Float64Array.from(low),
  close: Float64Array.from(close),
  volume: Float64Array.from(volume),
};

describe('the adapter', () => {
  test('gives what the package gives on the last bars of the window', () => {
    const values = batch(smaOf20, one);
    expect(values[18]).toBeNaN();
    expect(values[300]).toBe(SMA.calculate({ period: 20, values: close.slice(281, 301) })[0]);
  });

  test('reads other features, and a member of a result', () => {
    const upper = fromTechnicalIndicators(BollingerBands, {
      name: 'BB',
      window: 10,
      reads: { values: 'close' },
      parameters: { period: 10, stdDev: 2 },
      output: 'upper',
    });
    expect(batch(upper, one)[400]).toBeCloseTo(batch(bollingerUpper({ period: 10 }), one)[400] ?? 0, 9);
    const smoothed = fromTechnicalIndicators(SMA, {
      name: 'SMA',
      window: 3,
      reads: { values: rsi(5) },
      parameters: { period: 3 },
    });
    expect(smoothed.warmUpBars).toBe(8);
  });

  test('refuses to read nothing, and a window that is none', () => {
    expect(() => fromTechnicalIndicators(SMA, { name: 'SMA', window: 3, reads: {} })).toThrow('SMA reads nothing');
    expect(() => fromTechnicalIndicators(SMA, { name: 'SMA', window: 0, reads: { values: 'close' } })).toThrow(
      ConfigError,
    );
  });
});

describe('known defects of technicalindicators 3.1.0', () => {
  test('RSI and MFI are rounded to two decimals', () => {
    const theirs = RSI.calculate({ period: 14, values: close });
    expect(theirs.every((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9)).toBe(true);
    expect(theirs.at(-1)).not.toBe(batch(rsi(14), one).at(-1));
    expect(
      MFI.calculate({ period: 14, high, low, close, volume }).every(
        (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9,
      ),
    ).toBe(true);
  });

  test('RSI of prices that never moved is 100 (ours and TA-Lib’s is 0)', () => {
    expect(RSI.calculate({ period: 5, values: Array(10).fill(7) }).at(-1)).toBe(100);
    const flat = new Float64Array(10).fill(7);
    expect(batch(rsi(5), { ...one, close: flat }).at(-1)).toBe(0);
  });

  test('streaming SMA keeps some 50 bytes of every bar for ever; ours nothing', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const grown = (next: (price: number) => void): number => {
      collect();
      const before = process.memoryUsage().heapUsed;
      for (let k = 0; k < 100_000; k++) next(k % 100);
      collect();
      return process.memoryUsage().heapUsed - before;
    };
    const theirs = new SMA({ period: 5, values: [] });
    const ours = stream(sma(5));
    expect(grown((price) => theirs.nextValue(price))).toBeGreaterThan(3_000_000);
    expect(grown((price) => ours.next({ open: price, high: price, low: price, close: price, volume: 1 }))).toBeLessThan(
      500_000,
    );
    expect([theirs.nextValue(1), ours.state.length > 0]).toEqual([expect.any(Number), true]);
  });

  test('VWAP never begins a session anew', () => {
    const theirs = VWAP.calculate({ high, low, close, volume });
    expect(theirs[30]).not.toBeCloseTo(batch(vwap(), contractMarket('clean', 520))[30 * universe.size] ?? 0, 3);
    let dollars = 0;
    let shares = 0;
    for (let k = 0; k <= 30; k++) {
      dollars += (((high[k] ?? 0) + (low[k] ?? 0) + (close[k] ?? 0)) / 3) * (volume[k] ?? 0);
      shares += volume[k] ?? 0;
    }
    expect(theirs[30]).toBeCloseTo(dollars / shares, 9);
  });

  test('one NaN poisons EMA for ever; ours leaves it out', () => {
    const broken = close.map((value, k) => (k === 50 ? Number.NaN : value));
    expect(EMA.calculate({ period: 5, values: broken }).at(-1)).toBeNaN();
    expect(batch(ema(5), { ...one, close: Float64Array.from(broken) }).at(-1)).toBeCloseTo(
      batch(ema(5), one).at(-1) ?? 0,
      9,
    );
  });

  test('ADX of a series that begins flat is NaN for ever; ours moves on', () => {
    const flat = (list: readonly number[]): number[] => list.map((value, k) => (k < 40 ? 50 : value));
    const theirs = ADX.calculate({ period: 14, high: flat(high), low: flat(low), close: flat(close) });
    expect(theirs.every(({ adx: value }) => Number.isNaN(value))).toBe(true);
    const begunFlat = {
      ...one,
      high: Float64Array.from(flat(high)),
      low: Float64Array.from(flat(low)),
      close: Float64Array.from(flat(close)),
    };
    expect(batch(adx(14), begunFlat).at(-1)).toBeGreaterThan(0);
  });

  test('a zero in the window stops the deviation of Bollinger bands', () => {
    const values = [1, 2, 0, 4, 8];
    const theirs = BollingerBands.calculate({ period: 5, stdDev: 1, values })[0];
    const series = Float64Array.from(values);
    const ours = batch(bollingerUpper({ period: 5, deviations: 1 }), { ...one, close: series }).at(-1) ?? 0;
    expect(Math.abs((theirs?.upper ?? 0) - ours)).toBeGreaterThan(0.1);
  });

  test('OBV begins at 0 and one bar late', () => {
    expect(OBV.calculate({ close, volume })).toHaveLength(close.length - 1);
    expect((batch(obv(), one).at(-1) ?? 0) - (OBV.calculate({ close, volume }).at(-1) ?? 0)).toBe(volume[0]);
  });

  test('ROC drops the bars at which it has no number, so that what follows stands at the wrong bar', () => {
    const values = [1, 2, Number.NaN, 4, 5, 6, 7];
    expect(ROC.calculate({ period: 1, values })).toHaveLength(4);
    const series = Float64Array.from(values);
    expect(batch(roc(1), { ...one, close: series })).toHaveLength(7);
  });

  test('MFI counts equal typical prices as falling, and begins one bar late', () => {
    const flat = { high: [1, 1, 1, 2], low: [1, 1, 1, 2], close: [1, 1, 1, 2], volume: [10, 10, 10, 10] };
    expect(MFI.calculate({ period: 2, ...flat }).at(-1)).not.toBe(100);
    const ours = batch(mfi(2), {
      ...one,
      ...Object.fromEntries(Object.entries(flat).map(([name, list]) => [name, Float64Array.from(list)])),
    });
    expect(ours.at(-1)).toBe(100);
  });
});
