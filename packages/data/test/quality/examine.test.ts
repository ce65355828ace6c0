/** The doctor over folders that were spoiled on purpose. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nyse } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  examineFolder,
  FINDINGS_KEPT,
  type FindingCode,
  needsDecision,
  type QualityReport,
  qualityHtml,
  qualityJson,
  qualityText,
  type SymbolQuality,
  writeBarFile,
} from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { asTraded, at, market, QUARTER_HOUR_MS, rowsWhere, shifted } from './kit.js';

const temporary = temporaryFolder();

/** A folder of its own. */
function folder(name: string): { path: string; put: (symbol: string, bars: ReturnType<typeof market>) => string } {
  const path = join(temporary.path, name);
  mkdirSync(path);
  return {
    path,
    put(symbol, bars) {
      const file = join(path, `${symbol}_15min.csv`);
      writeBarFile(file, bars);
      return file;
    },
  };
}

const examine = (path: string, more: Partial<Parameters<typeof examineFolder>[0]> = {}): QualityReport =>
  examineFolder({ folder: path, calendar: nyse, ...more });

const symbolOf = (report: QualityReport, id: string): SymbolQuality => {
  const found = report.symbols.find(({ symbol }) => symbol === id);
  if (found === undefined) throw new Error(`${id} is not in the report`);
  return found;
};
const found = ({ findings }: SymbolQuality): readonly (readonly [FindingCode, string])[] =>
  findings.map(({ code, at: time }) => [code, time]);

const [FIRST, LAST] = ['2021-03-01', '2021-04-30'];
/** 23 in March, 21 in April: Good Friday is the 2nd. */
const SESSIONS = 44;
const bars = market(FIRST, LAST);

/** The lines of a file changed by hand. */
function edited(name: string, edit: (lines: string[]) => void): SymbolQuality {
  const { path, put } = folder(name);
  const file = put('AAPL', bars);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  edit(lines);
  temporary.put(join(name, 'AAPL_15min.csv'), `${lines.join('\n')}\n`);
  return symbolOf(examine(path), 'AAPL');
}

/** Line of a bar in the file, counted from 0 for the header. */
const lineOf = (date: string, clock: string): number => bars.start.indexOf(at(date, clock)) + 1;

describe('the doctor', () => {
  it('has nothing to say of a clean set', () => {
    const { path, put } = folder('clean');
    for (const id of ['AAPL', 'MSFT', 'XOM']) put(id, market(FIRST, LAST, id));
    const report = examine(path);
    expect(report).toMatchObject({
      kind: 'tradekit-quality-report',
      schemaVersion: 1,
      calendar: 'NYSE',
      barMinutes: 15,
      source: { zone: 'UTC', stamps: 'bar-start' },
      regularMinutes: { open: 570, close: 960 },
      summary: { files: 3, sessions: SESSIONS, complete: 3, bars: 3 * 26 * SESSIONS, rows: 3 * 27 * SESSIONS },
    });
    expect(report.summary.levels).toMatchObject({ fault: 0, decision: 0 });
    expect(needsDecision(report)).toBe(false);
    for (const { findings, reading, sessions } of report.symbols) {
      expect(findings.filter(({ code }) => code !== 'BAD_PRINT')).toEqual([]);
      expect(reading.verdict).toBe('likely');
      expect(sessions).toEqual({ expected: SESSIONS, full: SESSIONS, partial: 0, lost: 0, beforeFirst: 0 });
    }
  });

  it('holds each file against the set: who starts late, who ends early', () => {
    const { path, put } = folder('edges');
    put('AAPL', bars);
    put(
      'MSFT',
      rowsWhere(bars, (start) => start > at('2021-03-04', '00:00')),
    );
    put(
      'XOM',
      rowsWhere(bars, (start) => start < at('2021-04-28', '00:00')),
    );
    const report = examine(path);
    expect(found(symbolOf(report, 'MSFT'))).toContainEqual(['STARTS_LATE', '2021-03-04']);
    expect(symbolOf(report, 'MSFT').sessions).toEqual({ expected: 41, full: 41, partial: 0, lost: 0, beforeFirst: 3 });
    expect(symbolOf(report, 'MSFT').bars.slice(0, 4)).toEqual([-1, -1, -1, 26]);
    expect(found(symbolOf(report, 'XOM'))).toContainEqual(['ENDS_EARLY', '2021-04-28']);
    expect(symbolOf(report, 'XOM').gaps.lost).toEqual([{ first: '2021-04-28', last: '2021-04-30', sessions: 3 }]);
    expect(symbolOf(report, 'XOM').bars.slice(-4)).toEqual([26, 0, 0, 0]);
    expect(needsDecision(report)).toBe(true);
  });

  it('tells long holes in a session from bars in which nobody may have traded', () => {
    const { path, put } = folder('partial');
    const three = [at('2021-03-10', '12:00'), at('2021-03-10', '12:15'), at('2021-03-10', '14:00')];
    const hour = [0, 1, 2, 3].map((bar) => at('2021-03-11', '12:00') + bar * QUARTER_HOUR_MS);
    put(
      'AAPL',
      rowsWhere(bars, (start) => ![...three, ...hour].includes(start)),
    );
    const quality = symbolOf(examine(path), 'AAPL');
    expect(found(quality)).toEqual([
      ['MISSING_BARS', '2021-03-10'],
      ['PARTIAL_SESSION', '2021-03-11'],
    ]);
    expect(quality.gaps.partial.map(({ missing }) => missing)).toEqual([['12:00-12:15', '14:00'], ['12:00-12:45']]);
  });

  it('proposes a split with its date and terms', () => {
    const { path, put } = folder('split');
    put('AAPL', asTraded(bars, at('2021-03-17', '00:00'), 4));
    const [split] = symbolOf(examine(path), 'AAPL').findings;
    expect(split).toMatchObject({
      code: 'SPLIT',
      at: '2021-03-17',
      level: 'decision',
      evidence: { terms: '4:1', ratio: 4 },
    });
    expect(split?.bars?.start[split.bars.at]).toBe(at('2021-03-17', '09:30'));
  });

  it('takes a 3:2 split in a file without the hours of the night for news as well', () => {
    const { path, put } = folder('three-for-two');
    put('AAPL', asTraded(bars, at('2021-03-17', '00:00'), 1.5));
    const report = examine(path);
    expect(symbolOf(report, 'AAPL').findings).toMatchObject([
      { code: 'SPLIT_OR_NEWS', at: '2021-03-17', level: 'suspicion', evidence: { terms: '3:2' } },
    ]);
    expect(needsDecision(report)).toBe(false);
  });

  it('sees a wrong zone and wrong stamps, names the right ones, and keeps quiet about gaps then', () => {
    const { path, put } = folder('zone');
    // New York wall time at the end of the bar, read as UTC at the start.
    put(
      'AAPL',
      shifted(
        bars,
        (start) => start - 4 * 3_600_000 - (start < at('2021-03-14', '12:00') ? 3_600_000 : 0) + QUARTER_HOUR_MS,
      ),
    );
    const report = examine(path);
    expect(found(symbolOf(report, 'AAPL')).map(([code]) => code)).toEqual(['WRONG_READING']);
    expect(symbolOf(report, 'AAPL').reading).toMatchObject({
      verdict: 'wrong',
      best: [{ zone: 'America/New_York', stamps: 'bar-end' }, {}, {}],
    });
    expect(symbolOf(report, 'AAPL').gaps).toEqual({ lost: [], partial: [] });
    expect(qualityText(report)).toContain('stamps read as UTC, bar-start: wrong, likely America/New_York, bar-end');
    expect(qualityHtml(report)).toContain('most likely they are America/New_York, bar-end');
    const right = examine(path, { source: { zone: 'America/New_York', stamps: 'bar-end' } });
    expect(symbolOf(right, 'AAPL').reading.verdict).toBe('likely');
    expect(right.summary.complete).toBe(1);
  });

  it('takes 60-minute bars', () => {
    const { path } = folder('hourly');
    // Seven bars a session, at 09:30 to 15:30 New York, in winter as in summer.
    const starts = new Set(
      [...new Set([...bars.start].map((start) => Math.floor(start / 86_400_000)))].flatMap((utcDay) => {
        const date = new Date(utcDay * 86_400_000).toISOString().slice(0, 10);
        return ['09:30', '10:30', '11:30', '12:30', '13:30', '14:30', '15:30'].map((clock) => at(date, clock));
      }),
    );
    writeBarFile(
      join(path, 'AAPL_60min.csv'),
      rowsWhere(bars, (start) => starts.has(start)),
    );
    const report = examine(path, { barMinutes: 60 });
    expect(report.summary).toMatchObject({ bars: 7 * SESSIONS, complete: 1 });
    expect(report.expectedBars[0]).toBe(7);
    expect(report.symbols[0]?.reading.verdict).toBe('likely');
  });
});

describe('rows', () => {
  it('that repeat are notes, rows that conflict decisions', () => {
    const quality = edited('duplicates', (lines) => {
      const same = lineOf('2021-03-10', '12:00');
      lines.splice(same, 0, lines[same] ?? '');
      const other = lineOf('2021-03-11', '12:00') + 1;
      lines.splice(other, 0, (lines[other] ?? '').replace(/,\d+$/, ',7'));
    });
    expect(found(quality)).toEqual([
      ['DUPLICATE', '2021-03-10 12:00'],
      ['CONFLICTING_DUPLICATE', '2021-03-11 12:00'],
    ]);
    expect(quality.rows).toBe(27 * SESSIONS + 2);
  });

  it('that cannot be are faults, with their lines', () => {
    const broken = lineOf('2021-03-10', '12:00');
    const impossible = lineOf('2021-03-11', '12:00');
    const quality = edited('faults', (lines) => {
      lines[broken] = 'no bar at all';
      lines[impossible] = '2021-03-11 17:00:00,10,9,11,10,100';
    });
    const faults = quality.findings.filter(({ level }) => level === 'fault');
    expect(faults.map(({ code, evidence }) => [code, evidence.line])).toEqual([
      ['BAD_ROW', broken + 1],
      ['IMPOSSIBLE_BAR', impossible + 1],
    ]);
    // Both bars are then missing.
    expect(
      found(quality)
        .filter(([code]) => code === 'MISSING_BARS')
        .map(([, date]) => date),
    ).toEqual(['2021-03-10', '2021-03-11']);
  });

  it('out of order and beside the grid are faults', () => {
    const moved = lineOf('2021-03-10', '12:00');
    const off = lineOf('2021-03-11', '12:00');
    const quality = edited('order', (lines) => {
      lines[off] = (lines[off] ?? '').replace(':00,', ':07,');
      const [line = ''] = lines.splice(moved, 1);
      lines.push(line);
    });
    expect(quality.counts).toMatchObject({ OUT_OF_ORDER: 1, OFF_GRID: 1, MISSING_BARS: 1 });
    expect(quality.findings.find(({ code }) => code === 'OUT_OF_ORDER')?.at).toBe('2021-03-10 12:00');
  });

  it('that repeat themselves eight times are one frozen run, with its bars', () => {
    const first = lineOf('2021-03-10', '12:00');
    const quality = edited('frozen', (lines) => {
      const values = (lines[first] ?? '').slice(19);
      for (let line = first; line < first + 8; line++) lines[line] = (lines[line] ?? '').slice(0, 19) + values;
    });
    const frozen = quality.findings.filter(({ code }) => code === 'FROZEN');
    expect(frozen).toMatchObject([{ at: '2021-03-10 12:00', evidence: { bars: 8, line: first + 1 } }]);
    expect(frozen[0]?.bars?.close).toHaveLength(25);
    expect(quality.counts.FROZEN).toBe(1);
  });

  it('with a wick far out are bad prints, the farthest of them with their bars', () => {
    const { path, put } = folder('prints');
    const spoiled = { ...bars, high: bars.high.slice() };
    const row = bars.start.indexOf(at('2021-03-10', '12:00'));
    spoiled.high[row] = (bars.high[row] ?? 0) * 1.1;
    put('AAPL', spoiled);
    const prints = symbolOf(examine(path), 'AAPL').findings.filter(({ code }) => code === 'BAD_PRINT');
    const print = prints.find(({ at: time }) => time === '2021-03-10 12:00');
    expect(print?.evidence.wickFraction).toBeCloseTo(0.1, 1);
    expect(print?.bars?.start[print.bars.at]).toBe(at('2021-03-10', '12:00'));
  });

  it('of one code are kept up to a limit, and counted beyond it', () => {
    const quality = edited('many', (lines) => {
      for (let line = 1; line <= 250; line++) lines[line] = 'x';
    });
    expect(quality.counts.BAD_ROW).toBe(250);
    expect(quality.findings.filter(({ code }) => code === 'BAD_ROW')).toHaveLength(FINDINGS_KEPT);
  });

  it('after which the file ends inside the last session are told', () => {
    const { path, put } = folder('unfinished');
    put(
      'AAPL',
      rowsWhere(bars, (start) => start <= at('2021-04-30', '14:45')),
    );
    const quality = symbolOf(examine(path), 'AAPL');
    expect(found(quality)).toEqual([
      ['CUT_OFF', '2021-04-30'],
      ['UNFINISHED', '2021-04-30 14:45'],
    ]);
    expect(quality.bars.at(-1)).toBe(22);
  });
});

describe('files and folders', () => {
  it('that cannot be read are faults in the report', () => {
    const { path, put } = folder('unreadable');
    put('AAPL', bars);
    temporary.put('unreadable/EMPTY_15min.csv', '');
    temporary.put('unreadable/HEAD_15min.csv', 'date,price\n2021-01-04,1\n');
    temporary.put('unreadable/JUNK_15min.csv', 'timestamp,open,high,low,close,volume\nx\ny\n');
    temporary.put('unreadable/OLD_15min.csv', 'timestamp,open,high,low,close,volume\n1990-01-02 14:30:00,1,1,1,1,1\n');
    mkdirSync(join(path, 'DIR_15min.csv'));
    const progress: string[] = [];
    const report = examine(path, {
      onProgress: ({ symbol, done, total }) => progress.push(`${symbol} ${done}/${total}`),
    });
    expect(progress).toEqual(['AAPL 1/6', 'DIR 2/6', 'EMPTY 3/6', 'HEAD 4/6', 'JUNK 5/6', 'OLD 6/6']);
    const faults = report.symbols.flatMap(({ symbol, findings }) =>
      findings
        .filter(({ level }) => level === 'fault')
        .map(({ code, evidence }) => [symbol, code, evidence.code ?? '']),
    );
    expect(faults).toEqual([
      ['DIR', 'UNREADABLE', 'EISDIR'],
      ['EMPTY', 'UNREADABLE', 'CSV_EMPTY'],
      ['HEAD', 'UNREADABLE', 'CSV_HEADER'],
      ['JUNK', 'BAD_ROW', ''],
      ['JUNK', 'BAD_ROW', ''],
      ['OLD', 'UNREADABLE', 'NEW_YORK_YEAR'],
    ]);
    expect(symbolOf(report, 'JUNK').rows).toBe(2);
    expect(qualityText(report)).toContain('! fault');
    expect(qualityHtml(report)).toContain('file cannot be read');
  });

  it('that are named and missing are faults, others are left alone', () => {
    const { path, put } = folder('named');
    put('AAPL', bars);
    put('MSFT', bars);
    const report = examine(path, { symbols: ['AAPL', 'IBM'] });
    expect(report.symbols.map(({ symbol, counts }) => [symbol, counts.UNREADABLE ?? 0])).toEqual([
      ['AAPL', 0],
      ['IBM', 1],
    ]);
  });

  it('that are not there, or have no bar file, are errors', () => {
    expect(() => examine(join(temporary.path, 'nowhere'))).toThrow(expect.objectContaining({ code: 'DATA_FOLDER' }));
    const { path } = folder('bare');
    expect(() => examine(path)).toThrow(expect.objectContaining({ code: 'DATA_FOLDER' }));
    expect(() => examine(path, { symbols: [] })).toThrow(expect.objectContaining({ code: 'NO_SYMBOLS' }));
  });
});

describe('the forms of the report', () => {
  const { path, put } = folder('<script>&"forms');
  put('AAPL', asTraded(bars, at('2021-03-17', '00:00'), 4));
  put(
    'BRK.B',
    rowsWhere(bars, (start) => start < at('2021-04-20', '00:00')),
  );
  const report = examine(path);

  it('is plain JSON that gives the same page and text again', () => {
    const again = JSON.parse(qualityJson(report)) as QualityReport;
    expect(again).toEqual(report);
    expect(qualityHtml(again)).toBe(qualityHtml(report));
    expect(qualityText(again)).toBe(qualityText(report));
  });

  it('is text of 120 columns, a line a symbol', () => {
    const lines = qualityText(report).split('\n');
    expect(lines[0]).toMatch(/^symbol +rows +first +last +sessions +lost +partial +bad prints +also found$/);
    expect(lines[1]).toMatch(/^AAPL +1,188 +2021-03-01 +2021-04-30 +44\/44 +– +– +– +! decision +split\?$/);
    expect(lines[2]).toMatch(/^BRK\.B +945 +2021-03-01 +2021-04-19 +35\/44 +9 +– +– +! decision$/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(qualityText(report)).toMatch(/^decision +2 +ends before the set 1, split\? 1$/m);
    expect(qualityText(report)).toContain('\n2 files, 2,133 rows; ');
    expect(qualityText(report)).toContain('\n1 of 2 symbols complete; ');
  });

  it('says what has to be decided, faults first, and how much more there is', () => {
    const lines = qualityText(report).split('\n');
    const from = lines.indexOf('') + 1;
    expect(lines.slice(from, from + 3)).toEqual([
      expect.stringMatching(/^AAPL {3}2021-03-17 .*4:1/),
      expect.stringMatching(/^BRK\.B {2}2021-04-20 {2}the file ends before the set does: 9 sessions/),
      '',
    ]);
    const { path: many, put: putInto } = folder('thirty');
    for (let count = 10; count < 40; count++) putInto(`S${count}`, asTraded(bars, at('2021-03-17', '00:00'), 4));
    writeFileSync(join(many, 'Z_15min.csv'), '');
    const all = qualityText(examine(many)).split('\n');
    expect(all[all.indexOf('') + 1]).toBe(
      'Z                Z_15min.csv:1: the file is empty; put the data of the instrument there',
    );
    expect(all).toContain('and 11 more');
    expect(Math.max(...all.map(({ length }) => length))).toBeLessThanOrEqual(120);
  });

  it('is a page that needs nothing beside it and lets no text become markup', () => {
    const page = qualityHtml(report);
    expect(page).not.toMatch(/(?:src|href)=|url\(|@import|https?:/);
    expect(page).not.toContain('<script>&"forms');
    expect(page).toContain('&lt;script&gt;&amp;&quot;forms');
    expect(page).toContain('prefers-color-scheme:dark');
    expect(page).toContain('2021-04-20 – 2021-04-30');
  });
});
