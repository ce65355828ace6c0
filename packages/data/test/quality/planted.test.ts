/** Blemishes planted with a known answer: the doctor finds every structural one, where it is, and nothing where none is. */
import { newYorkText, nyse, type Timestamp } from '@tradekit/core';
import { expect, it } from 'vitest';
import {
  examineFolder,
  type Finding,
  type FindingCode,
  type PlantedBlemish,
  plantBlemishes,
  type SymbolQuality,
  writeSyntheticMarket,
} from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const temporary = temporaryFolder();

/** As what a blemish may be told. */
const CODES: Readonly<Record<PlantedBlemish['kind'], readonly FindingCode[]>> = {
  duplicate: ['DUPLICATE'],
  'conflicting-duplicate': ['CONFLICTING_DUPLICATE'],
  'out-of-order': ['OUT_OF_ORDER'],
  'off-grid': ['OFF_GRID'],
  impossible: ['IMPOSSIBLE_BAR'],
  unreadable: ['BAD_ROW'],
  frozen: ['FROZEN'],
  'bad-print': ['BAD_PRINT'],
  'outside-session': ['OUTSIDE_SESSION'],
  'lost-bars': ['MISSING_BARS', 'PARTIAL_SESSION'],
  'lost-session': ['LOST_SESSIONS'],
  split: ['SPLIT', 'SPLIT_OR_NEWS'],
  'wrong-zone': ['WRONG_READING'],
  'wrong-stamps': ['WRONG_READING'],
  'cut-off': ['UNFINISHED'],
};

/** The finding speaks of the blemish: of its line where the ledger has lines, of its terms, of its date. */
function tells({ code, at, evidence }: Finding, { kind, line, date, ratio, start }: PlantedBlemish): boolean {
  if (!CODES[kind].includes(code)) return false;
  if (kind === 'unreadable') return evidence.line === line;
  if (kind === 'split') return at === date && Math.abs(Number(evidence.ratio) - (ratio ?? 0)) < 1e-12;
  if (kind === 'frozen' || kind === 'bad-print') return at === newYorkText(start as Timestamp);
  if (kind === 'wrong-zone') return evidence.likely === 'America/New_York at the start of the bar';
  if (kind === 'wrong-stamps') return evidence.likely === 'UTC at the end of the bar';
  return kind === 'cut-off' || at.slice(0, 10) === date;
}

const SESSION_KINDS = 12;
const EACH = 60;

it(`finds ${SESSION_KINDS * EACH} planted blemishes and 6 spoiled files, and nothing of the kind elsewhere`, () => {
  writeSyntheticMarket(temporary.path, {
    first: '2021-01-04',
    last: '2021-12-31',
    instruments: Array.from({ length: 30 }, (_, place) => ({ id: `S${place}` })),
  });
  const kinds = Object.keys(CODES) as PlantedBlemish['kind'][];
  const whole = ['wrong-zone', 'wrong-stamps', 'cut-off'];
  const counts = Object.fromEntries(kinds.map((kind) => [kind, whole.includes(kind) ? 2 : EACH]));
  const planted = plantBlemishes(temporary.path, { counts });
  expect(planted).toHaveLength(SESSION_KINDS * EACH + 6);

  const report = examineFolder({ folder: temporary.path, calendar: nyse });
  const symbolOf = new Map<string, SymbolQuality>(report.symbols.map((quality) => [quality.symbol, quality]));
  const missed = planted.filter((blemish) => {
    const findings = symbolOf.get(blemish.symbol)?.findings ?? [];
    return !findings.some((finding) => tells(finding, blemish));
  });
  expect(missed.filter(({ kind }) => kind !== 'bad-print')).toEqual([]);
  // The rule for bad prints is the cleaning's, and measured there.
  expect(missed.length).toBeLessThanOrEqual(EACH * 0.05);

  const structural: readonly FindingCode[] = [
    'LOST_SESSIONS',
    'PARTIAL_SESSION',
    'SPLIT',
    'SPLIT_OR_NEWS',
    'IDENTITY',
    'SPIN_OFF',
    'MIXED_SCALE',
    'OUTSIDE_SESSION',
    'WRONG_READING',
    'FROZEN',
    'STARTS_LATE',
    'FRACTIONAL_VOLUME',
  ];
  const invented = report.symbols.flatMap(({ symbol, findings }) =>
    findings
      .filter(({ code }) => structural.includes(code))
      .filter((finding) => !planted.some((blemish) => blemish.symbol === symbol && tells(finding, blemish)))
      .map(({ code, at }) => `${symbol} ${code} ${at}`),
  );
  expect(invented).toEqual([]);
});
