/** Nothing is changed that is not in the ledger: the raw rows and the ledger together give the cleaned rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BarValues,
  barFileCleaner,
  type CleanedBars,
  type CleaningStepSetting,
  cleanBarFile,
  cleaningSteps,
  type Repair,
  standardCleaning,
  writeRepairs,
} from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
const HEADER = 'timestamp,open,high,low,close,volume';

/** The rows of a text by their line, read as plainly as can be; lines that are no rows are left to the ledger. */
function rawRows(text: string): Map<number, BarValues> {
  const lines = text.trimEnd().split('\n').slice(1);
  return new Map(
    lines.map((line, place) => {
      const [stamp = '', ...fields] = line.split(',');
      const [open = 0, high = 0, low = 0, close = 0, volume = 0] = fields.map(Number);
      return [place + 2, { start: Date.parse(`${stamp.replace(' ', 'T')}Z`), open, high, low, close, volume }];
    }),
  );
}

/** What the ledger says became of the rows, in the order of time. */
function replayed(text: string, ledger: readonly Repair[]): BarValues[] {
  const rows = rawRows(text);
  const added: BarValues[] = [];
  for (const { line, lastLine, action, before, after } of ledger) {
    if (action === 'added') added.push(after as BarValues);
    for (let at = line; at <= lastLine && at > 0; at++) {
      if (before !== undefined) expect(rows.get(at)).toEqual(before);
      if (action === 'dropped') expect(rows.delete(at)).toBe(true);
      else rows.set(at, after as BarValues);
    }
  }
  return [...[...rows].sort(([a], [b]) => a - b).map(([, row]) => row), ...added].sort((a, b) => a.start - b.start);
}

function cleanedRows({ columns }: CleanedBars): BarValues[] {
  return [...columns.start].map((start, row) => ({
    start,
    open: columns.open[row] ?? Number.NaN,
    high: columns.high[row] ?? Number.NaN,
    low: columns.low[row] ?? Number.NaN,
    close: columns.close[row] ?? Number.NaN,
    volume: columns.volume[row] ?? Number.NaN,
  }));
}

/** Two days with every kind of blemish, by chance. */
const row = fc.record({
  quarter: fc.integer({ min: 30, max: 190 }),
  offSeconds: fc.constantFrom(0, 0, 0, 0, 0, 0, 30, 400),
  prices: fc.array(fc.integer({ min: 9990, max: 10_010 }), { minLength: 4, maxLength: 4 }),
  by: fc.constantFrom('', '', '', '', '', '', '', 'wick', 'print', 'swap', 'zero', 'text', 'same'),
});
const file = fc.array(row, { minLength: 1, maxLength: 80 }).map((rows) => {
  const inOrder = rows.length % 2 === 0 ? [...rows].sort((a, b) => a.quarter - b.quarter) : rows;
  const lines = inOrder.map(({ quarter, offSeconds, prices, by }) => {
    const time = Date.UTC(2021, 0, 4) + quarter * 900_000 + offSeconds * 1000;
    const stamp = new Date(time).toISOString().slice(0, 19).replace('T', ' ');
    const [open = 0, close = 0] = prices;
    let cells = [open, Math.max(...prices), Math.min(...prices), close];
    if (by === 'same') cells = [10_000, 10_001, 9999, 10_000];
    if (by === 'wick') cells[1] = 12_000;
    if (by === 'print') cells = [8000, 8000, 8000, 8000];
    if (by === 'swap') cells.reverse();
    if (by === 'zero') cells[2] = 0;
    const texts = cells.map((cents) => (cents / 100).toFixed(2));
    if (by === 'text') texts[3] = 'n/a';
    return [stamp, ...texts, prices[0]].join(',');
  });
  return `${[HEADER, ...lines].join('\n')}\n`;
});
const choice = (...settings: readonly CleaningStepSetting[]) => fc.constantFrom(...settings);
const steps = fc
  .tuple(
    choice('impossible', { impossible: { action: 'widen' } }),
    choice('grid', { grid: { action: 'snap' } }),
    fc.constant('order'),
    choice('duplicates', { duplicates: { conflicting: 'first' } }, { duplicates: { conflicting: 'last' } }),
    choice('hours', { hours: { keep: 'regular' } }, { hours: { keep: { open: '07:00', close: '18:00' } } }),
    choice('unfinished', { unfinished: { action: 'flag' } }),
    choice('frozen', { frozen: { bars: 2, action: 'drop' } }),
    choice('bad-prints', { 'bad-prints': { action: 'clip' } }, { 'bad-prints': { action: 'drop', regularSigmas: 2 } }),
    choice('gaps', { gaps: { policy: 'carry' } }, { gaps: { policy: 'drop-session' } }),
  )
  .map((settings) => cleaningSteps(settings));

describe('the ledger', () => {
  it('and the raw rows together give the cleaned rows, whatever the steps', () => {
    const actions = new Set<string>();
    fc.assert(
      fc.property(file, steps, (text, list) => {
        const cleaned = barFileCleaner({ steps: list }).cleanText(Buffer.from(text), 'AAPL_15min.csv');
        expect(replayed(text, cleaned.ledger)).toEqual(cleanedRows(cleaned));
        for (const { rule, action } of cleaned.ledger) actions.add(`${rule} ${action}`);
        const touched = cleaned.ledger.reduce((sum, { line, lastLine }) => sum + lastLine - line + 1, 0);
        const counted = cleaned.counts.reduce((sum, { dropped, changed, flagged, added }) => {
          return sum + dropped + changed + flagged + added;
        }, 0);
        expect(counted).toBe(touched);
      }),
      { numRuns: 500, seed: 4 },
    );
    expect([...actions].sort()).toEqual([
      'bad-prints changed',
      'bad-prints dropped',
      'bad-prints flagged',
      'duplicates dropped',
      'frozen dropped',
      'gaps added',
      'gaps dropped',
      'grid changed',
      'grid dropped',
      'hours dropped',
      'impossible changed',
      'impossible dropped',
      'order changed',
      'parse dropped',
      'unfinished dropped',
      'unfinished flagged',
    ]);
  });

  it('of a second cleaning is empty but for flags', () => {
    fc.assert(
      fc.property(file, (text) => {
        const steps = standardCleaning.filter(({ name }) => name !== 'unfinished');
        const cleaner = barFileCleaner({ steps });
        const once = cleanedRows(cleaner.cleanText(Buffer.from(text), 'AAPL_15min.csv'));
        fc.pre(once.length > 0);
        const again = once.map(({ start, ...values }) =>
          [new Date(start).toISOString().slice(0, 19), ...Object.values(values)].join(),
        );
        const second = cleaner.cleanText(Buffer.from(`${[HEADER, ...again].join('\n')}\n`), 'AAPL_15min.csv');
        expect(second.ledger.filter(({ action }) => action !== 'flagged')).toEqual([]);
        expect(cleanedRows(second)).toEqual(once);
      }),
      { numRuns: 200 },
    );
  });
});

describe('repairs.csv', () => {
  it('has a line for each entry, quoted where it must be', () => {
    const text = [
      HEADER,
      '2021-01-04 15:00:00,100,101,99,100.5,5',
      'a "b", c',
      '2021-01-04 15:15:00,100,99,98,100.5,5',
      '2021-01-04 22:15:00,100,100,100,100,5',
    ].join('\n');
    const path = folder.put('AAPL_15min.csv', text);
    const widen = cleaningSteps([{ impossible: { action: 'widen' } }]);
    const target = join(folder.path, 'repairs.csv');
    writeRepairs(target, cleanBarFile(path, { steps: widen }).ledger);
    expect(readFileSync(target, 'utf8').split('\n')).toEqual([
      'file,line,last_line,rule,action,time,start,open,high,low,close,volume,start_after,open_after,high_after,low_after,close_after,volume_after,reason,text',
      `${path},3,3,parse,dropped,,,,,,,,,,,,,,the quotes do not pair,"a ""b"", c"`,
      `${path},4,4,impossible,changed,2021-01-04T15:15:00.000Z,2021-01-04T15:15:00.000Z,100,99,98,100.5,5,2021-01-04T15:15:00.000Z,100,100.5,98,100.5,5,open 100 is outside low 98 and high 99,`,
      '',
    ]);
  });

  it('of a clean file is a header', () => {
    const target = join(folder.path, 'none.csv');
    writeRepairs(target, []);
    expect(readFileSync(target, 'utf8').split('\n')).toHaveLength(2);
  });
});
