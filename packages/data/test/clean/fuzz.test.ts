/**
 * Broken files by chance: whatever is done to a text, a cleaning ends in bars and a ledger or in a typed error, and every line is read as the
 * plain reader reads it, or stands in the ledger. 2,000 files; `TRADEKIT_FUZZ` names another count.
 */
import { ConfigError, DataError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { BarRowsReader } from '../../src/csv/rows.js';
import { type BarSource, barFileCleaner, type CleanedBars } from '../../src/index.js';
import { type PlainRows, plainRows } from './plain-reader.js';
import { random } from './planted-prints.js';

const FILES = Number(process.env.TRADEKIT_FUZZ ?? 2000);
const HEADERS = [
  'timestamp,open,high,low,close,volume',
  'timestamp,open,high,low,close,volume',
  'timestamp,open,high,low,close,volume',
  'Timestamp,VOLUME,Close,low,high, open ',
  'volume,close,low,high,open,timestamp',
  '"timestamp","open","high","low","close","volume"',
];
const ODD = [
  ...[
    '',
    '0',
    '-0',
    '-1',
    '+1',
    '1e5',
    '1E-400',
    '.5',
    '5.',
    '1_0',
    '0x1F',
    'NaN',
    'nan',
    'inf',
    '-Infinity',
    'null',
    ' 1',
    '1 ',
  ],
  ...[
    '9'.repeat(17),
    '9'.repeat(400),
    `0.${'0'.repeat(400)}1`,
    '1.7976931348623157',
    '123456789.123456789',
    '1,5',
    '١٢٣',
    '💥',
    '\u0000',
    '"',
    '""',
  ],
  ...[
    '"1"',
    '"1',
    '2021-01-04 09:00:00',
    '2021-01-04T09:00:00Z',
    '2021-01-04 09:00:00.000',
    '2021-13-01 09:00:00',
    '2021-02-29 09:00:00',
  ],
  ...[
    '2024-02-29 09:00:00',
    '2021-01-04 24:00:00',
    '2021-01-04 23:59:60',
    '0000-01-01 00:00:00',
    '0099-01-01 00:00:00',
    '9999-12-31 23:59:59',
  ],
  ...[
    '1999-12-31 23:45:00',
    '2035-12-31 23:45:00',
    '2036-01-01 00:00:00',
    '2021-03-14 02:30:00',
    '2021-11-07 01:30:00',
    '2021-01-04 09:07:00',
  ],
];
const PIECES = [
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  ',',
  ';',
  '\t',
  '"',
  '-',
  '.',
  'Z',
  '\u0000',
  '\uFEFF',
  ' ',
  '\u2028',
  'é',
  '0',
  '9',
];

type Next = () => number;
const pick = <T>(next: Next, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
const upTo = (next: Next, count: number): number => Math.floor(next() * count);

function cleanText(next: Next): string {
  const header = pick(next, HEADERS);
  let quarter = Date.UTC(pick(next, [2000, 2021, 2021, 2021, 2035]), upTo(next, 12), 1 + upTo(next, 28)) / 900_000;
  const names = header
    .replaceAll('"', '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const rows = Array.from({ length: upTo(next, 40) }, () => {
    quarter += 1 + upTo(next, 3);
    const low = (1 + upTo(next, 50_000)) / 100;
    const cells: Record<string, string | number> = {
      timestamp: new Date(quarter * 900_000)
        .toISOString()
        .slice(0, 19)
        .replace('T', pick(next, [' ', ' ', 'T'])),
      open: low,
      high: (low * 1.01).toFixed(pick(next, [2, 4, 12])),
      low,
      close: low,
      volume: pick(next, [upTo(next, 1e6), `${upTo(next, 1e6)}.0`, (next() * 1e6).toFixed(9)]),
    };
    return names.map((name) => cells[name]).join();
  });
  return [header, ...rows].join('\n') + pick(next, ['\n', '', '\n\n']);
}

/** One thing done to the lines of a text. */
const LINE_MUTATIONS: readonly ((lines: string[], next: Next) => void)[] = [
  (lines, next) => lines.splice(upTo(next, lines.length), 0, lines[upTo(next, lines.length)] ?? ''),
  (lines, next) => {
    const [a, b] = [upTo(next, lines.length), upTo(next, lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  },
  (lines, next) => lines.splice(upTo(next, lines.length), 1),
  (lines, next) => lines.reverse().splice(0, upTo(next, 2)),
  (lines, next) => lines.splice(upTo(next, lines.length), 0, ...Array.from({ length: upTo(next, 4) }, () => '')),
  (lines, next) => mutateFields(lines, next, (fields, at) => fields.splice(at, 1)),
  (lines, next) => mutateFields(lines, next, (fields, at) => fields.splice(at, 0, pick(next, ODD))),
  (lines, next) => mutateFields(lines, next, (fields, at) => fields.splice(at, 1, pick(next, ODD))),
  (lines, next) => mutateFields(lines, next, (fields, at) => fields.splice(at, 1, `"${fields[at]}"`)),
  (lines, next) => mutateFields(lines, next, (fields, at) => fields.splice(at, 1, `-${fields[at]}`)),
  (lines, next) => lines.splice(upTo(next, lines.length), 0, pick(next, ODD).repeat(next() < 0.05 ? 5000 : 3)),
  (lines, next) => {
    for (const [at, line] of lines.entries()) if (next() < 0.5) lines[at] = `${line}\r`;
  },
];

function mutateFields(lines: string[], next: Next, change: (fields: string[], at: number) => unknown): void {
  const at = upTo(next, lines.length);
  const fields = (lines[at] ?? '').split(',');
  change(fields, upTo(next, fields.length));
  lines[at] = fields.join();
}

function mutated(next: Next): Buffer {
  const lines = cleanText(next).split('\n');
  for (let count = upTo(next, 5); count > 0; count--) pick(next, LINE_MUTATIONS)(lines, next);
  let text = lines.join(pick(next, ['\n', '\n', '\n', '\r\n']));
  if (next() < 0.2) text = text.replaceAll(',', pick(next, [';', '\t', '|']));
  if (next() < 0.1) text = `\uFEFF${text}`;
  for (let count = upTo(next, 3); count > 0; count--) {
    const at = upTo(next, text.length);
    text = text.slice(0, at) + pick(next, PIECES) + text.slice(at + upTo(next, 2));
  }
  const content = Buffer.from(text);
  for (let count = next() < 0.4 ? 1 + upTo(next, 4) : 0; count > 0; count--) {
    if (content.length > 0) content[upTo(next, content.length)] = upTo(next, 256);
  }
  return next() < 0.1 ? content.subarray(0, upTo(next, content.length)) : content;
}

const SOURCES: readonly BarSource[] = [{}, {}, { stamps: 'bar-end' }, { zone: 'America/New_York' }];
const tools = SOURCES.map((source) => ({
  source,
  reader: new BarRowsReader({ source }),
  cleaner: barFileCleaner({ source }),
}));

/** What the reader found, in the words of the plain one; `undefined` where it throws what it may throw. */
function outcome<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DataError || error instanceof ConfigError) return undefined;
    throw error;
  }
}

function check(content: Buffer, { source, reader, cleaner }: (typeof tools)[number]): string {
  const plain = plainRows(content, source);
  const found = outcome(() => reader.readText(content, 'X_15min.csv'));
  if (plain === undefined || found === undefined)
    return plain === undefined && found === undefined ? 'refused' : 'DIFFERS';
  if (found.rows !== plain.rows.size || found.unread.some(({ line }) => !plain.unread.has(line))) return 'DIFFERS';
  if (found.unread.length !== plain.unread.size) return 'DIFFERS';
  const { start, open, high, low, close, volume } = found.columns;
  for (let row = 0; row < found.rows; row++) {
    const values = plain.rows.get(found.lines[row] ?? -1);
    const read = [start, open, high, low, close, volume].map((column) => column[row]);
    if (!read.every((value, place) => Object.is(value, values?.[place]))) return 'DIFFERS';
  }
  return judge(plain, cleaner.cleanText(content, 'X_15min.csv'));
}

/** Each line of the file is a bar, or the ledger says where it went. */
function judge({ rows, unread }: PlainRows, { columns, ledger, rowsRead, lines }: CleanedBars): string {
  const gone = new Set<number>();
  const known = new Set(ledger.flatMap(({ rule, line }) => (rule === 'parse' ? [line] : [])));
  for (const { action, line, lastLine } of ledger) {
    for (let at = line; action === 'dropped' && at <= lastLine; at++) gone.add(at);
  }
  const ascends = columns.start.every((time, row) => row === 0 || time > (columns.start[row - 1] ?? time));
  const isWhole = lines.every((line) => rows.has(line) && !gone.has(line)) && lines.length + gone.size === rowsRead;
  if (!ascends || !isWhole || rowsRead !== rows.size + unread.size) return 'LOST';
  return [...unread].every((line) => known.has(line)) ? (unread.size === 0 ? 'read' : 'mended') : 'LOST';
}

describe(`${FILES} mutated files`, () => {
  it('are read as a plain reader reads them, or their faults are in the ledger', {
    timeout: 60_000 + FILES * 20,
  }, () => {
    const counts: Record<string, number> = { read: 0, mended: 0, refused: 0 };
    let slowest = 0;
    for (let seed = 1; seed <= FILES; seed++) {
      const next = random(seed);
      const content = mutated(next);
      const before = performance.now();
      const result = check(content, pick(next, tools));
      slowest = Math.max(slowest, performance.now() - before);
      counts[result] = (counts[result] ?? 0) + 1;
      if (!['read', 'mended', 'refused'].includes(result)) {
        expect.fail(`seed ${seed}: ${result}: ${JSON.stringify(content.toString().slice(0, 3000))}`);
      }
    }
    expect(slowest).toBeLessThan(5000);
    if (FILES > 2000) process.stdout.write(`${JSON.stringify({ ...counts, slowestMs: Math.round(slowest) })}\n`);
    for (const kind of ['read', 'mended', 'refused']) expect(counts[kind], kind).toBeGreaterThan(FILES / 20);
  });
});
