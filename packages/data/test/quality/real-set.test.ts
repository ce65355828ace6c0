/** What the doctor must find, and must not find, in 46 recorded symbols. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nyse } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  examineFolder,
  type FindingCode,
  type QualityReport,
  qualityHtml,
  qualityJson,
  qualityText,
  readBarFile,
  type SymbolQuality,
} from '../../src/index.js';
import { readingEvidence } from '../../src/quality/reading.js';
import { absence, QUARTER_HOUR_MS, realFolder, sessionsOf, shifted } from './kit.js';

const absent = absence(realFolder);

/** Whole and partial sessions that are lost, as the data's own description counts them. */
const GAPS: Readonly<Record<string, readonly [lost: number, partial: number]>> = {
  TSLA: [72, 1],
  NVDA: [30, 2],
  AAPL: [14, 3],
  INTC: [5, 2],
  AMZN: [0, 1],
};

/** An independent count: text of the file, the machine's own time zone data, no code of the package. */
function barsByDate(symbol: string): ReadonlyMap<string, number> {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'America/New_York',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const counts = new Map<string, number>();
  const known = new Map<string, string>();
  for (const line of readFileSync(join(realFolder, `${symbol}_15min.csv`), 'utf8')
    .split('\n')
    .slice(1)) {
    const stamp = line.slice(0, 19);
    if (stamp === '') continue;
    // The offset of an hour of a date is the same for its quarters.
    const hour = stamp.slice(0, 13);
    const shown = known.get(hour) ?? clock.format(new Date(`${hour.replace(' ', 'T')}:00:00Z`));
    known.set(hour, shown);
    const [date = '', time = ''] = shown.split(', ');
    const minute = Number(time.slice(0, 2)) * 60 + Number(stamp.slice(14, 16));
    const half = sessionsOf(date, date)[0]?.half === true;
    if (minute >= 570 && minute < (half ? 780 : 960)) counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return counts;
}

const dates = sessionsOf('2021-01-04', '2024-12-31');
const countOf = ({ counts }: SymbolQuality, code: FindingCode): number => counts[code] ?? 0;

describe.skipIf(absent !== '')(`46 recorded symbols${absent}`, () => {
  let report: QualityReport | undefined;
  const whole = (): QualityReport => {
    report ??= examineFolder({ folder: realFolder, calendar: nyse });
    return report;
  };
  const symbolOf = (id: string): SymbolQuality => {
    const found = whole().symbols.find(({ symbol }) => symbol === id);
    if (found === undefined) throw new Error(`${id} is not in the set`);
    return found;
  };

  it('are all read, row for row', () => {
    const { summary, sessions } = whole();
    expect(summary).toMatchObject({ files: 46, rows: 2_020_696, bars: 1_189_291, sessions: 1005, complete: 40 });
    expect([sessions[0], sessions.at(-1)]).toEqual(['2021-01-04', '2024-12-31']);
    expect(summary.levels.fault).toBe(0);
  });

  it('have no gap of any kind in the 40 clean symbols', () => {
    const unclean = [...Object.keys(GAPS), 'META'];
    const clean = whole().symbols.filter(({ symbol }) => !unclean.includes(symbol));
    expect(clean).toHaveLength(40);
    for (const { gaps, sessions, bars } of clean) {
      expect(gaps).toEqual({ lost: [], partial: [] });
      expect(sessions).toEqual({ expected: 1005, full: 1005, partial: 0, lost: 0, beforeFirst: 0 });
      expect(bars).toEqual(whole().expectedBars);
    }
  });

  it.each(Object.entries(GAPS))(
    '%s lacks whole and partial sessions: %j, on the dates of an independent count',
    (id, [lost, partial]) => {
      const { sessions, gaps, bars } = symbolOf(id);
      expect([sessions.lost, sessions.partial]).toEqual([lost, partial]);
      const counts = barsByDate(id);
      const expected = dates.map(({ date, half }) => ({ date, bars: counts.get(date) ?? 0, full: half ? 14 : 26 }));
      expect(bars).toEqual(expected.map((each) => each.bars));
      expect(gaps.partial.map(({ date, bars: found }) => [date, found])).toEqual(
        expected.filter((each) => each.bars > 0 && each.bars < each.full).map((each) => [each.date, each.bars]),
      );
      const lostDates = gaps.lost.flatMap(({ first, last }) => sessionsOf(first, last).map(({ date }) => date));
      expect(lostDates).toEqual(expected.filter((each) => each.bars === 0).map(({ date }) => date));
      expect(gaps.lost.reduce((sum, run) => sum + run.sessions, 0)).toBe(lost);
    },
  );

  it('lose their last sessions in TSLA, NVDA and INTC, and one afternoon in AMZN', () => {
    const ends = whole().symbols.flatMap(({ symbol, findings }) =>
      findings
        .filter(({ code }) => code === 'ENDS_EARLY')
        .map(({ evidence }) => [symbol, evidence.first, evidence.last]),
    );
    expect(ends).toEqual([
      ['INTC', '2024-12-30', '2024-12-31'],
      ['NVDA', '2024-12-16', '2024-12-31'],
      ['TSLA', '2024-12-17', '2024-12-31'],
    ]);
    expect(symbolOf('AMZN').gaps.partial.map(({ date }) => date)).toEqual(['2022-12-30']);
  });

  it('hold two instruments in META and nowhere else', () => {
    const found = whole().symbols.flatMap(({ symbol, findings }) =>
      findings.filter(({ code }) => code === 'IDENTITY').map(({ evidence }) => ({ symbol, ...evidence })),
    );
    expect(found).toMatchObject([
      { symbol: 'META', first: '2021-06-30', last: '2022-01-28', next: '2022-06-09', end: '2024-12-31', hole: 90 },
    ]);
    expect(symbolOf('META').sessions).toMatchObject({ lost: 90, beforeFirst: 123 });
  });

  it('have no unadjusted split', () => {
    expect(whole().summary.counts.SPLIT).toBeUndefined();
    expect(whole().summary.counts.MIXED_SCALE).toBeUndefined();
  });

  it('have few suspected spin-offs, MRK’s of 2021-06-03 and COST’s special dividend of 2023-12-27 among them', () => {
    const found = whole().symbols.flatMap(({ symbol, findings }) =>
      findings.filter(({ code }) => code === 'SPIN_OFF').map(({ at }) => `${symbol} ${at}`),
    );
    expect(found).toContain('MRK 2021-06-03');
    expect(found).toContain('COST 2023-12-27');
    // Of 46,000 nights. Earnings and news while people traded are not among them.
    expect(found).toHaveLength(10);
    for (const id of ['INTC', 'WBA', 'CRM', 'AVGO']) expect(countOf(symbolOf(id), 'SPIN_OFF')).toBe(0);
  });

  it('have fractional volumes in IBM until 2021-11-03 and in MMM until 2024-03-28, and nowhere else', () => {
    const found = whole().symbols.filter(({ volume }) => volume.fractionalRows > 0);
    expect(found.map(({ symbol, volume }) => [symbol, volume.first, volume.last, volume.wholeFrom])).toEqual([
      ['IBM', '2021-01-04', '2021-11-03', '2021-11-04'],
      ['MMM', '2021-01-04', '2024-03-28', '2024-04-01'],
    ]);
  });

  it('have two bars at 20:00, of KO and CRM', () => {
    const found = whole().symbols.flatMap(({ symbol, findings }) =>
      findings.filter(({ code }) => code === 'OUTSIDE_SESSION').map(({ at }) => `${symbol} ${at}`),
    );
    expect(found).toEqual(['CRM 2021-09-09 20:00', 'KO 2021-01-06 20:00']);
  });

  it('are read as they are meant, each for itself and by far', () => {
    for (const { reading } of whole().symbols) {
      expect(reading.verdict).toBe('likely');
      const [best, second] = reading.best;
      expect(best).toMatchObject({ zone: 'UTC', stamps: 'bar-start' });
      expect((best?.fit ?? 0) - (second?.fit ?? 1)).toBeGreaterThan(0.15);
    }
  });

  const names = absent === '' ? readdirSync(realFolder).map((name) => name.replace('_15min.csv', '')) : [];
  it.each(names)('%s read wrongly is seen to be, and how it is right', (id) => {
    const path = join(realFolder, `${id}_15min.csv`);
    const wrong = [
      { zone: 'America/New_York', stamps: 'bar-start' },
      { zone: 'UTC', stamps: 'bar-end' },
      { zone: 'America/New_York', stamps: 'bar-end' },
    ] as const;
    for (const source of wrong) {
      const { verdict, readings } = readingEvidence(readBarFile(path, { source }), nyse, source);
      expect(verdict).toBe('wrong');
      expect(readings[0]).toMatchObject({ zone: 'UTC', stamps: 'bar-start' });
    }
    // And stamps that really are at the end of the bar.
    const late = readingEvidence(
      shifted(readBarFile(path), (start) => start + QUARTER_HOUR_MS),
      nyse,
    );
    expect(late.verdict).toBe('wrong');
    expect(late.readings[0]).toMatchObject({ zone: 'UTC', stamps: 'bar-end' });
  });

  it('fit into a page below 3 MB, JSON below 3 MB, and lines of 120 columns', () => {
    expect(qualityHtml(whole()).length).toBeLessThan(3e6);
    expect(qualityJson(whole()).length).toBeLessThan(3e6);
    const lines = qualityText(whole()).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(lines[whole().symbols.findIndex(({ symbol }) => symbol === 'TSLA') + 1]).toMatch(
      /^TSLA {3,}59,240 {2}2021-01-04 {2}2024-12-16 {3}933\/1005 {4}72 {8}1 .*! decision/,
    );
  });
});
