import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nyse, parseIsoDate, type SessionDay } from '@tradekit/core';
import { historyHash, type InstrumentRecord, type LoadBarsOptions, type LoadedBars, loadBars } from '@tradekit/data';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.js';

const base = temporaryFolder();
const day = (text: string): SessionDay => parseIsoDate(text) as SessionDay;

/** Bars at 09:30 and 15:45 New York (winter) of each date, at the price. */
function file(...rows: readonly (readonly [date: string, price: number])[]): string {
  const line = (stamp: string, price: number): string => `${stamp},${price},${price},${price},${price},100`;
  const lines = rows.flatMap(([date, price]) => [line(`${date} 14:30:00`, price), line(`${date} 20:45:00`, price)]);
  return ['timestamp,open,high,low,close,volume', ...lines, ''].join('\n');
}

let folders = 0;
function load(
  files: Readonly<Record<string, string>>,
  instruments: readonly InstrumentRecord[],
  more: Partial<LoadBarsOptions> = {},
): LoadedBars {
  const name = `set-${folders++}`;
  mkdirSync(join(base.path, name));
  for (const [symbol, content] of Object.entries(files)) base.put(join(name, `${symbol}_15min.csv`), content);
  const range = { calendar: nyse, start: day('2023-01-01'), end: day('2023-01-31') };
  return loadBars({ folder: join(base.path, name), instruments, ...range, ...more });
}

/** Opens of an instrument's sessions by date. */
function opens({ history }: LoadedBars, id: string): Readonly<Record<string, number>> {
  const { sessions, firstRow, bars, universe } = history;
  const cell = (place: number): number => (firstRow[place] ?? 0) * universe.size + universe.index(id);
  const found = sessions.map(({ date }, place) => [date, bars.open[cell(place)] ?? Number.NaN] as const);
  return Object.fromEntries(found.filter(([, open]) => !Number.isNaN(open)));
}

describe('loading instruments with dates', () => {
  const META = file(['2023-01-03', 12], ['2023-01-04', 12.5], ['2023-01-09', 196], ['2023-01-10', 200]);

  test('one ticker, two instruments: each has its own days, and one sentence tells of what was left out', () => {
    const both = load({ META }, [
      { id: 'META', from: day('2023-01-09') },
      { id: 'ETF', symbol: 'META', to: day('2023-01-04') },
    ]);
    expect(opens(both, 'META')).toEqual({ '2023-01-09': 196, '2023-01-10': 200 });
    expect(opens(both, 'ETF')).toEqual({ '2023-01-03': 12, '2023-01-04': 12.5 });
    expect(both.warnings.slice(0, 1)).toEqual([
      'bars of days on which their instrument may not be traded were left out: ETF (4 after its end), META (4 before 2023-01-09)',
    ]);
  });

  test('an instrument that may not be traded any more is paid out at its last close, or at what was paid', () => {
    const KO = file(['2023-01-03', 60], ['2023-01-10', 61]);
    const ended = load({ META, KO }, [{ id: 'KO' }, { id: 'META', to: day('2023-01-04') }]);
    const action = { type: 'delisted', perShare: 12.5 };
    expect(ended.history.actions).toEqual([{ session: day('2023-01-05'), instrument: 'META', action }]);
    const delisted = { date: day('2023-01-05'), perShare: 11 };
    const paid = load({ META, KO }, [{ id: 'KO' }, { id: 'META', delisted }]);
    expect(paid.history.actions).toMatchObject([{ action: { perShare: 11 } }]);
    expect(opens(paid, 'META')).toEqual({ '2023-01-03': 12, '2023-01-04': 12.5 });
  });

  test('one that is not traded in the range is left out with a sentence; when none is, there is no history', () => {
    const KO = file(['2023-01-03', 60]);
    const later = { id: 'META', from: day('2024-01-02') };
    const found = load({ META, KO }, [{ id: 'KO' }, later]);
    expect(found.history.universe.instruments.map(({ id }) => id)).toEqual(['KO']);
    expect(found.warnings).toContain('not tradable in the range, and left out: META');
    expect(() => load({ META }, [later])).toThrow('no instrument may be traded from 2023-01-01 to 2023-01-31');
  });

  test('before a rename the bars are those of the old symbol, where it has a file', () => {
    const renames = [{ date: day('2023-01-09'), from: 'FB' }];
    const FB = file(['2023-01-04', 190], ['2023-01-05', 191], ['2023-01-10', 1]);
    const joined = load({ META, FB }, [{ id: 'META', renames }]);
    expect(opens(joined, 'META')).toEqual({
      '2023-01-04': 190,
      '2023-01-05': 191,
      '2023-01-09': 196,
      '2023-01-10': 200,
    });
    expect(joined.warnings.filter((warning) => warning.includes('no symbol uses'))).toEqual([]);
    expect(opens(load({ META }, [{ id: 'META', renames }]), 'META')['2023-01-03']).toBe(12);
  });

  test('a list without dates was chosen with hindsight, and every load says so', () => {
    const [warning] = load({ META }, [{ id: 'META' }]).warnings;
    expect(warning).toBe(
      '1 of 1 symbols has no date from which it was on the list: chosen knowing how things went, which makes a backtest look better than trading was',
    );
    const dated = load({ META }, [{ id: 'META', from: day('2020-01-02') }]);
    expect(dated.warnings).toEqual([]);
  });
});

describe('the corporate actions of a history', () => {
  const A = file(['2023-01-03', 100], ['2023-01-04', 96], ['2023-01-05', 48], ['2023-01-06', 47]);
  const record: InstrumentRecord = {
    id: 'A',
    dividends: [
      { date: day('2023-01-04'), perShare: 4 },
      { date: day('2023-01-06'), perShare: 1 },
    ],
    splits: [{ date: day('2023-01-05'), ratio: 2 }],
    spinOffs: [{ date: day('2023-01-06'), perShare: 0.5, adjusted: true }],
  };
  const brief = (adjusted: 'raw' | 'split' | 'total-return'): readonly unknown[] =>
    (load({ A }, [record], { adjusted }).history.actions ?? []).map(({ session, action }) => [session, action]);

  test('are those that the prices still have in them, in the shares of the prices', () => {
    expect(brief('raw')).toEqual([
      [day('2023-01-04'), { type: 'dividend', perShare: 4 }],
      [day('2023-01-05'), { type: 'split', ratio: 2, cashInLieu: 48 }],
      [day('2023-01-06'), { type: 'dividend', perShare: 1 }],
    ]);
    expect(brief('split')).toEqual([
      [day('2023-01-04'), { type: 'dividend', perShare: 2 }],
      [day('2023-01-06'), { type: 'dividend', perShare: 1 }],
    ]);
    expect(brief('total-return')).toEqual([]);
  });

  test('before the first session, or after the last, nothing happens to anybody', () => {
    const early = { id: 'A', dividends: [{ date: day('2023-01-03'), perShare: 1 }] };
    const late = { id: 'A', dividends: [{ date: day('2023-01-30'), perShare: 1 }] };
    for (const instrument of [early, late]) expect(load({ A }, [instrument]).history.actions).toEqual([]);
  });

  test('feed, adjustment and actions are part of the identity of the data', () => {
    const hash = (more: Partial<LoadBarsOptions>, instrument: InstrumentRecord = { id: 'A' }): string =>
      historyHash(load({ A }, [instrument], more).history);
    const hashes = [
      hash({}),
      hash({ feed: 'iex' }),
      hash({ feed: 'sip' }),
      hash({ adjusted: 'raw' }),
      hash({}, record),
    ];
    expect(new Set(hashes).size).toBe(5);
    expect(hash({ feed: 'unknown', adjusted: 'split' })).toBe(hashes[0]);
  });
});
