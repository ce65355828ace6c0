/** One assertion for every recorded blemish: what a reader must make of it, in the words of its manifest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nyse } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { examineFolder, type Finding, type FindingCode, type SymbolQuality } from '../../src/index.js';
import { absence, blemishFolder } from './kit.js';

interface Entry {
  readonly dir: string;
  readonly file: string;
  readonly rows: number;
  readonly what: string;
}

const absent = absence(blemishFolder);
const manifest: readonly Entry[] =
  absent === '' ? JSON.parse(readFileSync(join(blemishFolder, 'manifest.json'), 'utf8')) : [];

const of = ({ findings }: SymbolQuality, code: FindingCode): readonly Finding[] =>
  findings.filter((finding) => finding.code === code);
const when = (quality: SymbolQuality, code: FindingCode): readonly string[] => of(quality, code).map(({ at }) => at);

/** Every session complete, as many bars as named, and no gap of any kind. */
const complete = (quality: SymbolQuality, bars: readonly number[]): void => {
  expect(quality.bars).toEqual(bars);
  expect(quality.gaps).toEqual({ lost: [], partial: [] });
};

/** A split on a date with its terms; the file as it was delivered has none. */
const split = (date: string, terms: string) => (quality: SymbolQuality) => {
  expect(of(quality, 'SPLIT').map(({ at, level, evidence }) => [at, level, evidence.terms])).toEqual([
    [date, 'decision', terms],
  ]);
  expect(of(quality, 'SPIN_OFF')).toEqual([]);
};
const noJump = (quality: SymbolQuality): void => {
  expect(quality.findings.filter(({ level }) => level === 'decision')).toEqual([]);
  expect(of(quality, 'SPIN_OFF')).toEqual([]);
};

const days = (count: number): readonly number[] => new Array<number>(count).fill(26);

const ASSERTIONS: Readonly<Record<string, (quality: SymbolQuality) => void>> = {
  'dst_spring_2021/MSFT': (quality) => complete(quality, days(4)),
  'dst_autumn_2021/MSFT': (quality) => complete(quality, days(4)),
  'half_day_2024_11_29/AAPL': (quality) => complete(quality, [26, 26, 14, 26, 26]),
  'half_day_2024_11_29/TRV': (quality) => {
    complete(quality, [26, 26, 14, 26, 26]);
    // 136 rows, 118 of them regular: sparse evenings are counted and not missed.
    expect(quality.extendedBars).toBe(18);
    expect(quality.volume).toEqual({ fractionalRows: 0 });
  },
  'gap_quarter_end/AAPL': ({ bars, gaps }) => {
    // 2021-03-23 to 2021-04-06; Good Friday 2021-04-02 is no session.
    expect(bars).toEqual([26, 26, 10, 0, 0, 0, 0, 26, 26, 26]);
    expect(gaps.lost).toEqual([{ first: '2021-03-26', last: '2021-03-31', sessions: 4 }]);
    expect(gaps.partial).toEqual([{ date: '2021-03-25', bars: 10, expected: 26, missing: ['12:00-15:45'] }]);
  },
  'gap_quarter_end/TSLA': (quality) => {
    expect(quality.gaps.lost).toEqual([{ first: '2022-12-21', last: '2022-12-30', sessions: 7 }]);
    expect(of(quality, 'SPLIT')).toEqual([]);
    expect(of(quality, 'SPIN_OFF')).toEqual([]);
  },
  'ticker_reuse_meta/META': (quality) => {
    const [found, ...more] = of(quality, 'IDENTITY');
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      at: '2022-06-09',
      level: 'decision',
      evidence: { last: '2022-01-28', next: '2022-06-09', hole: 90 },
    });
    expect(Math.round(Number(found?.evidence.priceBefore))).toBe(12);
    expect(Number(found?.evidence.priceAfter)).toBeGreaterThan(180);
    expect(of(quality, 'SPLIT')).toEqual([]);
  },
  'spinoff_unadjusted/MRK': (quality) => {
    const [found, ...more] = of(quality, 'SPIN_OFF');
    expect(more).toEqual([]);
    expect(found).toMatchObject({ at: '2021-06-03', level: 'suspicion' });
    expect(found?.evidence.dropFraction).toBeCloseTo(0.03, 3);
  },
  'spinoff_adjusted_fractional_volume/IBM': (quality) => {
    expect(quality.volume).toMatchObject({ first: '2021-11-01', last: '2021-11-03', wholeFrom: '2021-11-04' });
    expect(of(quality, 'FRACTIONAL_VOLUME')).toMatchObject([{ at: '2021-11-04', level: 'note' }]);
  },
  'spinoff_adjusted_fractional_volume/MMM': (quality) => {
    expect(quality.volume).toMatchObject({ first: '2024-03-26', last: '2024-03-28', wholeFrom: '2024-04-01' });
    expect(of(quality, 'FRACTIONAL_VOLUME')).toMatchObject([{ at: '2024-04-01', level: 'note' }]);
  },
  'bad_print/AAPL': (quality) => {
    // 18:45 UTC.
    expect(of(quality, 'BAD_PRINT')).toMatchObject([{ at: '2021-01-04 13:45', evidence: { high: 133.25 } }]);
    expect(of(quality, 'BAD_PRINT')[0]?.evidence.wickFraction).toBeCloseTo(0.03, 2);
  },
  'nyse_glitch_2023_01_24/VZ': (quality) => expect(when(quality, 'BAD_PRINT')).toContain('2023-01-24 09:30'),
  'nyse_glitch_2023_01_24/V': (quality) => expect(when(quality, 'BAD_PRINT')).toContain('2023-01-24 09:30'),
  'stale_afterhours_print/AMZN': (quality) => {
    expect(when(quality, 'BAD_PRINT')).toEqual(['2022-10-27 16:15', '2022-10-27 17:15']);
    noJump(quality);
  },
  'stale_afterhours_print/CRM': (quality) => {
    expect(of(quality, 'BAD_PRINT').map(({ evidence }) => evidence.high)).toEqual([271.62, 271.62, 271.62]);
    noJump(quality);
  },
  'bar_at_2000_et/CRM': (quality) => expect(when(quality, 'OUTSIDE_SESSION')).toEqual(['2021-09-09 20:00']),
  'bar_at_2000_et/KO': (quality) => expect(when(quality, 'OUTSIDE_SESSION')).toEqual(['2021-01-06 20:00']),
  'thin_ext_outlier/TRV': (quality) => {
    // 13:00 UTC.
    expect(of(quality, 'BAD_PRINT')).toMatchObject([{ at: '2021-02-08 08:00', evidence: { low: 134 } }]);
    expect(of(quality, 'SPIN_OFF')).toEqual([]);
  },
  'unfinished_last_bar/AAPL': (quality) => {
    expect(quality.bars).toEqual([26, 22]);
    expect(when(quality, 'UNFINISHED')).toEqual(['2025-08-01 14:45']);
    expect(of(quality, 'CUT_OFF')).toMatchObject([{ at: '2025-08-01', evidence: { bars: 22, expected: 26 } }]);
    expect(of(quality, 'PARTIAL_SESSION')).toEqual([]);
  },
  'real_extreme_move/AVGO': (quality) => {
    complete(quality, days(3));
    expect(quality.findings).toEqual([]);
  },
  'split_NVDA_2024-06-10/adjusted/NVDA': noJump,
  'split_NVDA_2024-06-10/as_traded_derived/NVDA': split('2024-06-10', '10:1'),
  'split_NVDA_2021-07-20/adjusted/NVDA': noJump,
  'split_NVDA_2021-07-20/as_traded_derived/NVDA': split('2021-07-20', '4:1'),
  'split_TSLA_2022-08-25/adjusted/TSLA': noJump,
  'split_TSLA_2022-08-25/as_traded_derived/TSLA': split('2022-08-25', '3:1'),
  'split_AMZN_2022-06-06/adjusted/AMZN': noJump,
  'split_AMZN_2022-06-06/as_traded_derived/AMZN': split('2022-06-06', '20:1'),
  'split_GOOGL_2022-07-18/adjusted/GOOGL': noJump,
  'split_GOOGL_2022-07-18/as_traded_derived/GOOGL': split('2022-07-18', '20:1'),
  'split_WMT_2024-02-26/adjusted/WMT': noJump,
  'split_WMT_2024-02-26/as_traded_derived/WMT': split('2024-02-26', '3:1'),
  'split_AVGO_2024-07-15/adjusted/AVGO': noJump,
  'split_AVGO_2024-07-15/as_traded_derived/AVGO': split('2024-07-15', '10:1'),
  'split_AAPL_2014-06-09_raw_lean/AAPL': (quality) => {
    split('2014-06-09', '7:1')(quality);
    expect(of(quality, 'MIXED_SCALE')).toMatchObject([
      { at: '2014-06-09 04:00', evidence: { high: 645.57, low: 92.23 } },
    ]);
  },
};

const keyOf = ({ dir, file }: Entry): string => `${dir}/${file.replace('_15min.csv', '')}`;

describe.skipIf(absent !== '')(`recorded blemishes${absent}`, () => {
  it('have an assertion each, and no assertion is left over', () => {
    expect(manifest).toHaveLength(35);
    expect(Object.keys(ASSERTIONS).sort()).toEqual(manifest.map(keyOf).sort());
  });

  it.each(manifest.map((entry) => ({ ...entry, key: keyOf(entry) })))('$key: $what', ({ key, dir, file, rows }) => {
    const assertion = ASSERTIONS[key];
    if (assertion === undefined) throw new Error(`${key} has no assertion; write one by hand`);
    const symbols = [file.replace('_15min.csv', '')];
    const report = examineFolder({ folder: join(blemishFolder, dir), calendar: nyse, symbols });
    const [quality] = report.symbols;
    if (quality === undefined) throw new Error('the report has one symbol');
    expect(quality.rows).toBe(rows);
    // Every file is read as it is meant, however short it is.
    expect(quality.reading.verdict).toBe('likely');
    expect(quality.findings.filter(({ level }) => level === 'fault')).toEqual([]);
    assertion(quality);
  });
});
