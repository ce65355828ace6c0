// The doctor on 10,000 blemishes whose answers are known: what it finds of each kind, and what it says that is not there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nyse } from '@tradekit/core';
import {
  type BlemishKind,
  examineFolder,
  type Finding,
  type FindingCode,
  type PlantedBlemish,
  plantBlemishes,
  type QualityReport,
  type SymbolQuality,
  writeSyntheticMarket,
} from '@tradekit/data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const COUNTS: Readonly<Record<BlemishKind, number>> = {
  duplicate: 1200,
  'conflicting-duplicate': 800,
  'out-of-order': 1000,
  'off-grid': 1000,
  impossible: 1000,
  unreadable: 800,
  frozen: 800,
  'bad-print': 1000,
  'outside-session': 700,
  'lost-bars': 1000,
  'lost-session': 600,
  split: 90,
  'wrong-zone': 3,
  'wrong-stamps': 3,
  'cut-off': 4,
};

const folder = mkdtempSync(join(tmpdir(), 'tradekit-planted-'));
let planted: readonly PlantedBlemish[];
let report: QualityReport;

beforeAll(() => {
  writeSyntheticMarket(folder);
  planted = plantBlemishes(folder, { counts: COUNTS, printFraction: 0.08 });
  report = examineFolder({ folder, calendar: nyse });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

function quality(symbol: string): SymbolQuality {
  const found = report.symbols.find((file) => file.symbol === symbol);
  if (found === undefined) throw new Error(`no report of ${symbol}`);
  return found;
}

const has = ({ symbol }: PlantedBlemish, code: FindingCode, test: (finding: Finding) => boolean): boolean =>
  quality(symbol).findings.some((finding) => finding.code === code && test(finding));
const onLine =
  (...lines: readonly number[]) =>
  ({ evidence: { line } }: Finding): boolean =>
    lines.includes(Number(line));

/** Whether the doctor has said what is wrong, where it is. */
const FOUND: Readonly<Record<BlemishKind, (blemish: PlantedBlemish) => boolean>> = {
  duplicate: (b) => has(b, 'DUPLICATE', onLine(b.line, b.line - 1)),
  'conflicting-duplicate': (b) => has(b, 'CONFLICTING_DUPLICATE', onLine(b.line, b.line - 1)),
  'out-of-order': (b) => has(b, 'OUT_OF_ORDER', onLine(b.line, b.line - 1, b.line - 2, b.line - 3)),
  'off-grid': (b) => has(b, 'OFF_GRID', onLine(b.line)),
  impossible: (b) => has(b, 'IMPOSSIBLE_BAR', onLine(b.line)),
  unreadable: (b) => has(b, 'BAD_ROW', onLine(b.line)),
  frozen: (b) => has(b, 'FROZEN', ({ at, evidence }) => at.startsWith(b.date) && Number(evidence.bars) >= b.bars),
  'bad-print': (b) => has(b, 'BAD_PRINT', onLine(b.line)),
  'outside-session': (b) => has(b, 'OUTSIDE_SESSION', ({ at }) => at === `${b.date} 20:00`),
  'lost-bars': (b) =>
    quality(b.symbol).gaps.partial.some(({ date, bars, expected }) => date === b.date && expected - bars === b.bars),
  'lost-session': (b) => quality(b.symbol).gaps.lost.some(({ first, last }) => first <= b.date && b.date <= last),
  split: (b) =>
    (['SPLIT', 'SPLIT_OR_NEWS'] as const).some((code) =>
      has(b, code, ({ at, evidence }) => at === b.date && evidence.ratio === b.ratio),
    ),
  'wrong-zone': (b) =>
    quality(b.symbol).reading.best[0]?.zone === 'America/New_York' && has(b, 'WRONG_READING', () => true),
  'wrong-stamps': (b) => quality(b.symbol).reading.best[0]?.stamps === 'bar-end' && has(b, 'WRONG_READING', () => true),
  'cut-off': (b) =>
    ['UNFINISHED', 'CUT_OFF', 'PARTIAL_SESSION'].some((code) =>
      has(b, code as FindingCode, ({ at }) => at.startsWith(b.date)),
    ),
};

describe('10,000 planted blemishes', () => {
  test('are all planted', () => {
    expect(planted).toHaveLength(10_000);
    for (const [kind, count] of Object.entries(COUNTS)) {
      expect([kind, planted.filter((blemish) => blemish.kind === kind).length]).toEqual([kind, count]);
    }
  });

  test.each(Object.keys(COUNTS).filter((kind) => kind !== 'bad-print') as BlemishKind[])(
    'every %s is found',
    (kind) => {
      expect(planted.filter((blemish) => blemish.kind === kind && !FOUND[kind](blemish))).toEqual([]);
    },
  );

  test('at least 99 % of the bad prints are found', () => {
    const prints = planted.filter(({ kind }) => kind === 'bad-print');
    expect(prints.filter((blemish) => FOUND['bad-print'](blemish)).length).toBeGreaterThanOrEqual(0.99 * prints.length);
  });

  test('what is said without a cause concerns at most one bar in ten thousand', () => {
    const whole = new Set(planted.filter(({ date }) => date === '').map(({ symbol }) => symbol));
    // Of one blemish several things may be said, all of its own day; a row without a stamp has its line only.
    const days = new Set(planted.flatMap(({ symbol, date, line }) => [`${symbol} ${date}`, `${symbol} line ${line}`]));
    let bars = 0;
    let alarms = 0;
    for (const { symbol, findings, rows } of report.symbols) {
      if (whole.has(symbol)) continue;
      bars += rows;
      const causeless = ({ level, at, evidence }: Finding): boolean =>
        level !== 'note' && !days.has(`${symbol} ${at.slice(0, 10)}`) && !days.has(`${symbol} line ${evidence.line}`);
      alarms += findings.filter(causeless).length;
    }
    expect(bars).toBeGreaterThan(900_000);
    expect(alarms / bars).toBeLessThanOrEqual(0.0001);
  });
});
