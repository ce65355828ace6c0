import { ConfigError, fromNewYork, parseIsoDate, type SessionDay } from '@tradekit/core';
import { adjustBars, type BarColumns, type InstrumentRecord } from '@tradekit/data';
import { describe, expect, test } from 'vitest';

const day = (text: string): SessionDay => parseIsoDate(text) as SessionDay;

/** One bar at 09:30 on each date: open 1 below, high 2 above, low 2 below the close; volume 1,000. */
function bars(...rows: readonly (readonly [date: string, close: number])[]): BarColumns {
  const column = (value: (close: number) => number): Float64Array =>
    Float64Array.from(rows, ([, close]) => value(close));
  return {
    start: Float64Array.from(rows, ([date]) => fromNewYork(day(date), 570)),
    open: column((close) => close - 1),
    high: column((close) => close + 2),
    low: column((close) => close - 2),
    close: column((close) => close),
    volume: column(() => 1000),
  };
}

const closes = ({ close }: BarColumns): readonly number[] => [...close];

describe('adjusted bars', () => {
  // Apple: 7 for 1 on 2014-06-09, 4 for 1 on 2020-08-31.
  const apple: InstrumentRecord = {
    id: 'AAPL',
    splits: [
      { date: day('2020-08-31'), ratio: 4 },
      { date: day('2014-06-09'), ratio: 7 },
    ],
  };
  const raw = bars(['2014-06-06', 1], ['2014-06-09', 1], ['2020-08-28', 1], ['2020-08-31', 1]);

  test('before both of its splits a price counts 0.03571429, before the second 1/4', () => {
    const { close, open, high, low, volume } = adjustBars(raw, apple, { from: 'raw', to: 'split' });
    expect([...close].map((price) => Number(price.toFixed(8)))).toEqual([0.03571429, 0.25, 0.25, 1]);
    expect([open[1], high[1], low[1]]).toEqual([0, 0.75, -0.25]);
    expect([...volume]).toEqual([28_000, 4000, 4000, 1000]);
  });

  test('as of a day between them only the first has happened', () => {
    const asOf = adjustBars(raw, apple, { from: 'raw', to: 'split', asOf: day('2020-08-28') });
    expect(closes(asOf).map((price) => Number(price.toFixed(8)))).toEqual([0.14285714, 1, 1, 1]);
  });

  test('the bars given stay as they are, and nothing to do is a copy', () => {
    const copy = adjustBars(raw, apple, { from: 'split', to: 'split' });
    expect(copy).toEqual(raw);
    expect(copy.close).not.toBe(raw.close);
    expect(closes(raw)).toEqual([1, 1, 1, 1]);
  });

  test('a dividend of 2 on a close of 100 takes 2 % out of everything before it, and no volume', () => {
    const record = { id: 'A', dividends: [{ date: day('2021-01-06'), perShare: 2 }] };
    const adjusted = adjustBars(bars(['2021-01-04', 50], ['2021-01-05', 100], ['2021-01-06', 98]), record, {
      from: 'split',
      to: 'total-return',
    });
    expect(closes(adjusted)).toEqual([49, 98, 98]);
    expect([...adjusted.volume]).toEqual([1000, 1000, 1000]);
  });

  test('dividends as declared are brought into the shares of the prices', () => {
    // 4 dollars on the 7th, then 2 for 1 on the 8th, 1 dollar on the 11th.
    const record = {
      id: 'A',
      splits: [{ date: day('2021-01-08'), ratio: 2 }],
      dividends: [
        { date: day('2021-01-11'), perShare: 1 },
        { date: day('2021-01-07'), perShare: 4 },
      ],
    };
    const dates = ['2021-01-06', '2021-01-07', '2021-01-08', '2021-01-11'] as const;
    const asTraded = bars([dates[0], 100], [dates[1], 96], [dates[2], 48], [dates[3], 47]);
    const halved = bars([dates[0], 50], [dates[1], 48], [dates[2], 48], [dates[3], 47]);
    // 100 × (1 − 4/100) ÷ 2 × (1 − 1/48) = 47: nobody lost or won a cent.
    const total = closes(adjustBars(asTraded, record, { from: 'raw', to: 'total-return' }));
    expect(total.map((price) => Number(price.toFixed(10)))).toEqual([47, 47, 47, 47]);
    const fromSplit = closes(adjustBars(halved, record, { from: 'split', to: 'total-return' }));
    expect(fromSplit.map((price) => Number(price.toFixed(10)))).toEqual([47, 47, 47, 47]);
  });

  test('a dividend on the day of a split is of its new shares', () => {
    const record = {
      id: 'A',
      splits: [{ date: day('2021-01-06'), ratio: 2 }],
      dividends: [{ date: day('2021-01-06'), perShare: 1 }],
    };
    const total = adjustBars(bars(['2021-01-05', 100], ['2021-01-06', 49]), record, {
      from: 'raw',
      to: 'total-return',
    });
    expect(closes(total).map((price) => Number(price.toFixed(10)))).toEqual([49, 49]);
  });

  test('a spin-off is a distribution, unless the files have it taken out', () => {
    const rows = bars(['2021-06-02', 80], ['2021-06-03', 77]);
    const spinOffs = (adjusted: boolean): InstrumentRecord => ({
      id: 'MRK',
      spinOffs: [{ date: day('2021-06-03'), perShare: 4, adjusted }],
    });
    const to = { from: 'split', to: 'total-return' } as const;
    expect(closes(adjustBars(rows, spinOffs(false), to))).toEqual([76, 77]);
    expect(closes(adjustBars(rows, spinOffs(true), to))).toEqual([80, 77]);
  });

  test('an action before the first bar changes nothing', () => {
    const record = { id: 'A', dividends: [{ date: day('2021-01-04'), perShare: 2 }] };
    expect(closes(adjustBars(bars(['2021-01-04', 50]), record, { from: 'raw', to: 'total-return' }))).toEqual([50]);
  });

  test('what was taken out cannot be put back, and nobody hands out more than the price', () => {
    expect(() => adjustBars(raw, apple, { from: 'split', to: 'raw' })).toThrow(ConfigError);
    const record = { id: 'A', dividends: [{ date: day('2014-06-09'), perShare: 1 }] };
    expect(() => adjustBars(raw, record, { from: 'raw', to: 'total-return' })).toThrow('hands out 1 a share');
  });
});
