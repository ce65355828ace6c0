import { ConfigError } from '@tradekit/core';
import { type SyntheticEffect, type SyntheticMarket, syntheticBars } from '@tradekit/data';
import { describe, expect, test } from 'vitest';

const market = (effect?: SyntheticEffect): SyntheticMarket =>
  syntheticBars({
    last: '2024-12-31',
    instruments: [{ id: 'A' }, { id: 'B' }],
    ...(effect === undefined ? {} : { effect }),
  });

/** Returns within sessions: of bar k from its open to its close, by session. Bars of a session with its official close behind them. */
function sessions({
  series,
  sessions: days,
}: SyntheticMarket): readonly (readonly (readonly [open: number, close: number])[])[] {
  const found: (readonly [number, number])[][] = [];
  for (const { start, open, close } of series) {
    let row = 0;
    for (const session of days) {
      const bars: (readonly [number, number])[] = [];
      for (; start[row] !== session.close; row++) bars.push([open[row] ?? 0, close[row] ?? 0]);
      row += 1;
      found.push(bars);
    }
  }
  return found;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('planted effects', () => {
  test('a reversal of 8 bp: bars go back towards the mean of the session by so much, and by nothing without it', () => {
    const pulls = (effect?: SyntheticEffect): readonly number[] =>
      sessions(market(effect)).flatMap((bars) =>
        bars.slice(1).map(([open, close], k) => {
          const before = bars.slice(0, k + 1).map(([, at], place) => (place === 0 ? (bars[0]?.[0] ?? 0) : at));
          // The model compares with the prices between cents; nearly always the side is the same.
          return Math.sign(mean(before) - open) * (close / open - 1);
        }),
      );
    const planted = pulls({ kind: 'reversal', bpsPerBar: 8 });
    const standardError = 0.0035 / Math.sqrt(planted.length);
    expect(Math.abs(mean(planted) - 8e-4)).toBeLessThan(6 * standardError);
    expect(Math.abs(mean(pulls()))).toBeLessThan(4 * standardError);
  });

  test('a trend of 8 bp: what a day did is what the next does, and nothing without it', () => {
    const product = (effect?: SyntheticEffect): number => {
      const days = sessions(market(effect)).map((bars) => (bars.at(-1)?.[1] ?? 1) / (bars[0]?.[0] ?? 1) - 1);
      return mean(days.slice(1).map((day, k) => day * (days[k] ?? 0)));
    };
    // 26 bars of 8 bp are 2.1 %; two days of one direction, in all but some 10 % of pairs: (0.0208)² × 0.9.
    expect(product({ kind: 'trend', bpsPerBar: 8 })).toBeGreaterThan(3e-4);
    expect(Math.abs(product())).toBeLessThan(3e-5);
  });

  test('the rest of the market stays as it is: nights, volumes and instruments', () => {
    const [plain] = market().series;
    const [planted] = market({ kind: 'trend', bpsPerBar: 1 }).series;
    expect(planted?.volume.slice(0, 26)).toEqual(plain?.volume.slice(0, 26));
    expect(planted?.close[0]).toBeCloseTo(
      (plain?.close[0] ?? 0) * (1 + 1e-4 * Math.sign((planted?.close[0] ?? 0) - (plain?.close[0] ?? 0))),
      1,
    );
  });

  test('without drift and effect a price gains nothing; the shocks are the same', () => {
    const names = Array.from({ length: 60 }, (_, k) => ({ id: `N${k}` }));
    const growth = (drift: number): readonly number[] =>
      syntheticBars({ last: '2022-12-30', instruments: names, drift, seed: 11 }).series.map(
        ({ open, close }) => (close.at(-1) ?? 1) / (open[0] ?? 1) - 1,
      );
    // Drift moves each name by its own part of about 14 % a year.
    expect(mean(growth(1)) - mean(growth(0))).toBeGreaterThan(0.1);
    expect(() => syntheticBars({ drift: -1 })).toThrow('a drift of -1 times the usual; give a number from 0 to 2');
  });

  test.each<[SyntheticEffect, string]>([
    [{ kind: 'luck' as 'trend', bpsPerBar: 1 }, 'there is no effect "luck"; use trend or reversal'],
    [{ kind: 'trend', bpsPerBar: 0 }, 'an effect of 0 bp a bar; give a number above 0 and at most 50'],
    [{ kind: 'trend', bpsPerBar: Number.NaN }, 'an effect of NaN bp'],
  ])('refuses %o', (effect, message) => {
    expect(() => market(effect)).toThrow(ConfigError);
    expect(() => market(effect)).toThrow(message);
  });
});
