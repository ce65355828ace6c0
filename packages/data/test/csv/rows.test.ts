import { ConfigError, DataError, isoTime, type Timestamp } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { BarRowsReader, type RowsOfFile } from '../../src/csv/rows.js';
import { type ReadBarFileOptions, readBarFile } from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
const HEADER = 'timestamp,open,high,low,close,volume';
const FIRST = '2021-01-04 09:00:00,133.31,134.0,133.02,133.74,51828.0';
const SECOND = '2021-01-04 09:15:00,133.98,134.01,133.83,134.0,31207';

const read = (text: string, options?: ReadBarFileOptions): RowsOfFile =>
  new BarRowsReader(options).readText(Buffer.from(text), 'AAPL_15min.csv');
const lines = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const starts = ({ columns, rows }: RowsOfFile): string[] =>
  [...columns.start.subarray(0, rows)].map((time) => isoTime(time as Timestamp).slice(0, 19));
const numbers = ({ lines, rows }: RowsOfFile): number[] => [...lines.subarray(0, rows)];

describe('BarRowsReader', () => {
  it('takes rows that readBarFile refuses for what they say: off the grid, repeated, out of order, impossible', () => {
    const found = read(
      lines(
        SECOND,
        FIRST,
        FIRST,
        '2021-01-04 09:17:31,1,2,3,4,5',
        '2021-01-04 09:30:00,-1,0,-0.5,2,-3',
        '1066-01-04 09:30:00,1,1,1,1,1',
      ),
    );
    expect(starts(found)).toEqual([
      '2021-01-04T09:15:00',
      '2021-01-04T09:00:00',
      '2021-01-04T09:00:00',
      '2021-01-04T09:17:31',
      '2021-01-04T09:30:00',
      '1066-01-04T09:30:00',
    ]);
    expect(numbers(found)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(['open', 'high', 'low', 'close', 'volume'].map((name) => found.columns[name as 'open'][4])).toEqual([
      -1, 0, -0.5, 2, -3,
    ]);
    expect(found.unread).toEqual([]);
  });

  it.each([
    ['', 'the line is blank and rows follow'],
    ['x', '1 column where the header has 6'],
    [`${SECOND},1`, '7 columns where the header has 6'],
    ['2021-02-30 09:00:00,1,1,1,1,1', 'timestamp "2021-02-30 09:00:00" is no date and time'],
    ['2021-01-04 09:00,1,1,1,1,1', 'timestamp "2021-01-04 09:00" is no date and time'],
    ['2021-01-04 09:00:00,nan,1,1,1,1', 'open "nan" is no decimal number'],
    ['2021-01-04 09:00:00,1,inf,1,1,1', 'high "inf" is no decimal number'],
    ['2021-01-04 09:00:00,1,1,,1,1', 'low is empty'],
    ['2021-01-04 09:00:00,1,1,1,1e2,1', 'close "1e2" is no decimal number'],
    [`2021-01-04 09:00:00,1,1,1,1,${'9'.repeat(400)}`, `volume "${'9'.repeat(60)}…" is no decimal number`],
    ['2021-01-04 09:00:00,1,1,1,1,1"', 'the quotes do not pair'],
    ['"2021-01-04 09:00:00,1",1,1,1,1', 'the quotes do not pair'],
    ['2021-01-04 09:00:00,1\u0000,1,1,1,1', 'open "1\\u0000" is no decimal number'],
  ])('drops the line %j: %s', (line, reason) => {
    for (const end of ['\n', '\r\n']) {
      const found = read([HEADER, FIRST, line, SECOND, ''].join(end));
      expect(numbers(found)).toEqual([2, 4]);
      const text = line.length > 200 ? `${line.slice(0, 200)}…` : line;
      expect(found.unread).toEqual([{ line: 3, text, reason }]);
    }
  });

  it.each([
    ['semicolons', lines(FIRST, 'x', SECOND).replaceAll(',', ';')],
    ['tabs and CRLF', lines(FIRST, 'x', SECOND).replaceAll(',', '\t').replaceAll('\n', '\r\n')],
    ['quotes', lines(FIRST, 'x', SECOND).replaceAll(/[^,\n]+/g, '"$&"')],
    ['blank lines at the end', `${lines(FIRST, 'x', SECOND)}\r\n\n`],
    ['no final line end', lines(FIRST, 'x', SECOND).trimEnd()],
    ['a byte order mark', `\uFEFF${lines(FIRST, 'x', SECOND)}`],
  ])('reads a file with %s', (_, text) => {
    const found = read(text);
    expect(starts(found)).toEqual(['2021-01-04T09:00:00', '2021-01-04T09:15:00']);
    expect(numbers(found)).toEqual([2, 4]);
    expect(found.unread.map(({ line }) => line)).toEqual([3]);
    expect([...found.columns.volume.subarray(0, 2)]).toEqual([51_828, 31_207]);
  });

  it('reads columns in any order, the stamp last too', () => {
    const found = read('volume,close,low,high,open,timestamp\n7,4,1,5,3,2021-01-04 09:00:00\n7,4,1,5,3\n');
    expect([found.rows, found.columns.high[0], found.columns.open[0], found.unread.length]).toEqual([1, 5, 3, 1]);
  });

  it('reads zone and convention as readBarFile does, with seconds', () => {
    const stamp = '2021-07-06 09:45:10,1,1,1,1,1';
    expect(starts(read(lines(stamp), { source: { zone: 'America/New_York' } }))).toEqual(['2021-07-06T13:45:10']);
    expect(starts(read(lines(stamp), { source: { stamps: 'bar-end' } }))).toEqual(['2021-07-06T09:30:10']);
    const early = read(lines('1999-01-04 09:00:00,1,1,1,1,1', FIRST), { source: { zone: 'America/New_York' } });
    expect(early.unread[0]?.reason).toContain('is outside the years of New York time');
  });

  it('does not slow down over a million blank lines', () => {
    const found = read(`${lines(FIRST)}${'\n'.repeat(1_000_000)}${SECOND}\n${'\n'.repeat(1_000_000)}`);
    expect(found.unread).toHaveLength(1_000_000);
    expect(numbers(found)).toEqual([2, 1_000_003]);
  });

  it('uses its memory again, without what was in it', () => {
    const reader = new BarRowsReader();
    reader.readText(Buffer.from(lines(FIRST, SECOND, SECOND)), 'A.csv');
    const found = reader.read(folder.put('B_15min.csv', lines('x', FIRST)));
    expect([starts(found), numbers(found)]).toEqual([['2021-01-04T09:00:00'], [3]]);
  });

  it.each([
    ['', 'CSV_EMPTY'],
    ['\n\n', 'CSV_EMPTY'],
    [`${HEADER}\n`, 'CSV_EMPTY'],
    [`${HEADER}\n\n\r\n`, 'CSV_EMPTY'],
    [`time,open,high,low,close,volume\n${FIRST}\n`, 'CSV_HEADER'],
    [`${HEADER},vwap\n${FIRST}\n`, 'CSV_HEADER'],
    [`"timestamp,open\n${FIRST}\n`, 'CSV_HEADER'],
  ])('refuses the text %j with %s', (text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code }));
    expect(() => read(text)).toThrow(DataError);
  });

  it('answers no row where no line is one', () => {
    expect(read(lines('x', 'y'))).toMatchObject({ rows: 0, unread: [{ line: 2 }, { line: 3 }] });
  });

  it('refuses options that cannot be meant', () => {
    expect(() => new BarRowsReader({ barMinutes: 0 })).toThrow(ConfigError);
  });

  it('reads what readBarFile reads where nothing is wrong', () => {
    const text = lines(FIRST, SECOND);
    const { columns, rows } = read(text);
    const strict = readBarFile(folder.put('AAPL_15min.csv', text));
    for (const [name, column] of Object.entries(strict)) {
      expect(columns[name as 'open'].slice(0, rows)).toEqual(column);
    }
  });
});
