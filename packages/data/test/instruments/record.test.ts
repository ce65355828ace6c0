import { ConfigError, parseIsoDate, type SessionDay } from '@tradekit/core';
import { checkInstruments, type InstrumentRecord, recordsFor } from '@tradekit/data';
import { describe, expect, test } from 'vitest';

const day = (text: string): SessionDay => parseIsoDate(text) as SessionDay;

describe('records of instruments', () => {
  const etf = { id: 'META-ETF', symbol: 'META', to: day('2022-01-28') };
  const meta = { id: 'META', from: day('2022-06-09') };

  test('a ticker that changed its owner is two instruments, on different days', () => {
    expect(() => checkInstruments([etf, meta])).not.toThrow();
    expect(() => checkInstruments([etf, { id: 'META' }])).toThrow(
      'instrument "META" and "META-ETF" both have the symbol "META" on the same days; end one before the other begins',
    );
  });

  test.each<[string, InstrumentRecord, string]>([
    ['dates', { id: 'A', from: day('2022-02-01'), to: day('2022-01-01') }, 'ends on 2022-01-01, before it begins'],
    ['delisting', { id: 'A', to: day('2022-02-01'), delisted: { date: day('2022-02-01') } }, 'after it was delisted'],
    ['price', { id: 'A', delisted: { date: day('2022-02-01'), perShare: -1 } }, 'was delisted for -1 a share'],
    ['ratio', { id: 'A', splits: [{ date: day('2022-02-01'), ratio: 0 }] }, 'a split on 2022-02-01 with ratio 0'],
    ['amount', { id: 'A', dividends: [{ date: day('2022-02-01'), perShare: Number.NaN }] }, 'a dividend on 2022-02-01'],
    ['spin-off', { id: 'A', spinOffs: [{ date: day('2022-02-01'), perShare: 0 }] }, 'a spin-off on 2022-02-01'],
    [
      'early',
      { id: 'A', from: day('2022-02-01'), splits: [{ date: day('2022-01-03'), ratio: 2 }] },
      'when it is not traded',
    ],
    [
      'late',
      { id: 'A', delisted: { date: day('2022-02-01') }, dividends: [{ date: day('2022-02-01'), perShare: 1 }] },
      'when it is not traded',
    ],
    [
      'twice',
      {
        id: 'A',
        splits: [
          { date: day('2022-02-01'), ratio: 2 },
          { date: day('2022-02-01'), ratio: 3 },
        ],
      },
      'two splits on 2022-02-01',
    ],
  ])('refuses a wrong %s', (_, record, message) => {
    expect(() => checkInstruments([record])).toThrow(ConfigError);
    expect(() => checkInstruments([record])).toThrow(message);
  });

  test('refuses an id twice', () => {
    expect(() => checkInstruments([meta, { id: 'META', from: day('2030-01-01') }])).toThrow('"META" is listed twice');
  });

  test('a symbol means the record of that id, else all of that symbol, else a plain instrument', () => {
    const old = { id: 'FB-OLD', symbol: 'FB', to: day('2020-01-01') };
    const other = { id: 'FB-NEW', symbol: 'FB', from: day('2020-01-02') };
    expect(recordsFor(['META', 'FB', 'KO'], [etf, meta, old, other])).toEqual([meta, old, other, { id: 'KO' }]);
  });
});
