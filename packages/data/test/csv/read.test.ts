import { ConfigError, DataError, isoTime, type Timestamp } from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BarColumns, type ReadBarFileOptions, readBarFile } from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
const HEADER = 'timestamp,open,high,low,close,volume';
const FIRST = '2021-01-04 09:00:00,133.31,134.0,133.02,133.74,51828.0';
const SECOND = '2021-01-04 09:15:00,133.98,134.01,133.83,134.0,31207';

const read = (text: string | Uint8Array, options?: ReadBarFileOptions): BarColumns =>
  readBarFile(folder.put('AAPL_15min.csv', text), options);
const lines = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const starts = (columns: BarColumns): string[] => [...columns.start].map((time) => isoTime(time as Timestamp));

const two = read(lines(FIRST, SECOND));

describe('readBarFile', () => {
  it('reads the standard form', () => {
    expect(starts(two)).toEqual(['2021-01-04T09:00:00.000Z', '2021-01-04T09:15:00.000Z']);
    expect([...two.open]).toEqual([133.31, 133.98]);
    expect([...two.high]).toEqual([134, 134.01]);
    expect([...two.low]).toEqual([133.02, 133.83]);
    expect([...two.close]).toEqual([133.74, 134]);
    expect([...two.volume]).toEqual([51_828, 31_207]);
  });

  it.each([
    ['without a final line end', `${HEADER}\n${FIRST}\n${SECOND}`],
    ['with CRLF', lines(FIRST, SECOND).replaceAll('\n', '\r\n')],
    ['with CRLF and no final line end', `${HEADER}\r\n${FIRST}\r\n${SECOND}`],
    ['with blank lines at the end', `${lines(FIRST, SECOND)}\n\r\n\n`],
    ['with a byte order mark', `\uFEFF${lines(FIRST, SECOND)}`],
    ['with names in capitals', lines(FIRST, SECOND).replace(HEADER, 'Timestamp,Open,HIGH,low,Close, Volume')],
    ['with T between date and time', lines(FIRST, SECOND).replaceAll(/-04 /g, '-04T')],
    ['with Z', lines(FIRST, SECOND).replaceAll(':00,', ':00Z,')],
    ['with fractions of a second', lines(FIRST, SECOND).replaceAll(':00,', ':00.000Z,')],
    ['with quotes around everything', lines(FIRST, SECOND).replaceAll(/[^,\n]+/g, '"$&"')],
    ['with quotes in the last row only', lines(FIRST, SECOND.replace('133.98', '"133.98"'))],
    ['with semicolons', lines(FIRST, SECOND).replaceAll(',', ';')],
    ['with tabs', lines(FIRST, SECOND).replaceAll(',', '\t')],
    [
      'with semicolons, CRLF, a byte order mark and blank lines',
      `\uFEFF${lines(FIRST, SECOND).replaceAll(',', ';').replaceAll('\n', '\r\n')}\r\n\n`,
    ],
  ])('reads the same bars from a file %s', (_, text) => {
    expect(read(text)).toEqual(two);
  });

  it('takes the columns in any order', () => {
    const shuffled = 'timestamp,volume,close,low,high,open\n2021-01-04 09:00:00,7,4,1,5,3\n';
    const stampLast = 'volume,close,low,high,open,timestamp\n7,4,1,5,3,2021-01-04 09:00:00\n';
    expect([...read(shuffled).high, ...read(shuffled).open, ...read(shuffled).volume]).toEqual([5, 3, 7]);
    expect(read(stampLast)).toEqual(read(shuffled));
  });

  it('reads numbers of any length as Number does', () => {
    const columns = read(
      lines('2021-01-04 09:00:00,0.0001,99999999999999.75,0.0001,123456.789012345678,9484.081999999999'),
    );
    expect([...columns.open, ...columns.high, ...columns.close]).toEqual([
      0.0001,
      99_999_999_999_999.75,
      Number('123456.789012345678'),
    ]);
    expect(columns.volume[0]).toBe(9484.081999999999);
  });

  it('gives for every decimal the double that Number gives', () => {
    const decimal = fc
      .tuple(fc.stringMatching(/^\d{1,12}$/), fc.stringMatching(/^(\.\d{1,8})?$/))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(decimal, (text) => {
        expect(read(lines(`2021-01-04 09:00:00,1,1,1,1,${text}`)).volume[0]).toBe(Number(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('knows leap days', () => {
    expect(starts(read(lines('2024-02-29 09:00:00,1,1,1,1,1')))).toEqual(['2024-02-29T09:00:00.000Z']);
  });

  it('reads New York stamps through a change of the clock', () => {
    const rows = ['2021-03-12 09:30:00,1,1,1,1,1', '2021-03-15 09:30:00,1,1,1,1,1'];
    const found = starts(read(lines(...rows), { source: { zone: 'America/New_York' } }));
    expect(found).toEqual(['2021-03-12T14:30:00.000Z', '2021-03-15T13:30:00.000Z']);
  });

  it('takes stamps at the end of the bar back by one bar', () => {
    expect(starts(read(lines(SECOND), { source: { stamps: 'bar-end' } }))).toEqual(['2021-01-04T09:00:00.000Z']);
    const daily = lines('2021-01-05 00:00:00,1,1,1,1,1');
    expect(starts(read(daily, { barMinutes: 1440, source: { stamps: 'bar-end' } }))).toEqual([
      '2021-01-04T00:00:00.000Z',
    ]);
  });

  it('takes the stamps of hourly bars on the half hour, and of minute bars on any minute', () => {
    expect(starts(read(lines('2021-01-04 09:30:00,1,1,1,1,1'), { barMinutes: 60 }))).toEqual([
      '2021-01-04T09:30:00.000Z',
    ]);
    expect(starts(read(lines('2021-01-04 09:31:00,1,1,1,1,1'), { barMinutes: 1 }))).toEqual([
      '2021-01-04T09:31:00.000Z',
    ]);
  });

  it('keeps the columns of a file when the next one is read', () => {
    const before = [...two.open];
    read(lines('2022-01-04 09:00:00,1,1,1,1,1'));
    expect([...two.open]).toEqual(before);
  });

  it('lets errors of the file system through', () => {
    expect(() => readBarFile(`${folder.path}/none.csv`)).toThrow('ENOENT');
  });

  it.each<[ReadBarFileOptions, string]>([
    [{ source: { zone: 'Europe/Nowhere' } }, 'zone "Europe/Nowhere" is not known; use UTC, America/New_York, UTC-5'],
    [{ source: { stamps: 'end' as 'bar-end' } }, 'stamps "end" is not known; use bar-start or bar-end'],
    [{ barMinutes: 0 }, 'bars of 0 minutes; give whole minutes above zero'],
    [{ barMinutes: 2.5 }, 'bars of 2.5 minutes; give whole minutes above zero'],
  ])('refuses the options %o', (options, message) => {
    expect(() => read(lines(FIRST), options)).toThrow(message);
    expect(() => read(lines(FIRST), options)).toThrow(ConfigError);
  });
});

describe('faults of a bar file', () => {
  const header = 'a bar file has exactly the columns timestamp, open, high, low, close, volume';
  const at0930 = (rest: string): string => lines(FIRST, SECOND, `2021-01-04 09:30:00,${rest}`);
  const stamped = (stamp: string): string => lines(FIRST, SECOND, `${stamp},1,1,1,1,1`);
  const number = 'write digits and at most one point, or remove the row';
  const prices = 'correct the prices or remove the row';
  const stampForm = 'write YYYY-MM-DD HH:MM:SS';

  const faults: readonly [string, string, string][] = [
    ['CSV_EMPTY', '', '1: the file is empty; put the data of the instrument there'],
    ['CSV_EMPTY', '\n\r\n\n', '1: the file is empty; put the data of the instrument there'],
    ['CSV_EMPTY', `${HEADER}\n`, '1: the file has a header and no rows; put the data of the instrument there'],
    ['CSV_EMPTY', `${HEADER}\n\n`, '1: the file has a header and no rows; put the data of the instrument there'],
    ['CSV_EMPTY', HEADER, '1: the file has a header and no rows; put the data of the instrument there'],
    ['CSV_HEADER', lines(FIRST).replace('volume', 'vwap'), `1: column "vwap" is not known; ${header}`],
    ['CSV_HEADER', lines(FIRST).replace('volume', 'volume,vwap'), `1: column "vwap" is not known; ${header}`],
    ['CSV_HEADER', lines(FIRST).replace('close', 'open'), `1: column "open" is there twice; ${header}`],
    ['CSV_HEADER', lines(FIRST).replace(',volume', ''), `1: column "volume" is missing; ${header}`],
    ['CSV_HEADER', `${FIRST}\n`, `1: column "2021-01-04 09:00:00" is not known; ${header}`],
    ['CSV_HEADER', `\n${lines(FIRST)}`, `1: column "" is not known; ${header}`],
    ['CSV_BLANK_LINE', lines(FIRST, '', SECOND), '3: the line is blank and rows follow; remove the line'],
    ['CSV_COLUMNS', at0930('1,1,1,1'), '4: 5 columns where the header has 6; complete the row or remove it'],
    ['CSV_COLUMNS', at0930('1,1,1,1,1,1'), '4: 7 columns where the header has 6; complete the row or remove it'],
    ['CSV_COLUMNS', lines(FIRST, '  '), '3: 1 column where the header has 6; complete the row or remove it'],
    [
      'CSV_BAD_STAMP',
      stamped('2021-02-29 09:30:00'),
      `4: timestamp "2021-02-29 09:30:00" is no date and time; ${stampForm}`,
    ],
    [
      'CSV_BAD_STAMP',
      stamped('2021-13-04 09:30:00'),
      `4: timestamp "2021-13-04 09:30:00" is no date and time; ${stampForm}`,
    ],
    [
      'CSV_BAD_STAMP',
      stamped('2021-01-04 24:00:00'),
      `4: timestamp "2021-01-04 24:00:00" is no date and time; ${stampForm}`,
    ],
    [
      'CSV_BAD_STAMP',
      stamped('2021-01-04 09:60:00'),
      `4: timestamp "2021-01-04 09:60:00" is no date and time; ${stampForm}`,
    ],
    ['CSV_BAD_STAMP', stamped('2021-01-04 09:30'), `4: timestamp "2021-01-04 09:30" is no date and time; ${stampForm}`],
    [
      'CSV_BAD_STAMP',
      stamped('2021-01-04 9:30:00'),
      `4: timestamp "2021-01-04 9:30:00" is no date and time; ${stampForm}`,
    ],
    ['CSV_BAD_STAMP', stamped('04.01.2021 09:30'), `4: timestamp "04.01.2021 09:30" is no date and time; ${stampForm}`],
    ['CSV_BAD_STAMP', stamped('1609752600'), `4: timestamp "1609752600" is no date and time; ${stampForm}`],
    ['CSV_BAD_STAMP', stamped(''), `4: timestamp "" is no date and time; ${stampForm}`],
    [
      'CSV_BAD_STAMP',
      stamped('2021-01-04 09:30:00-05:00'),
      `4: timestamp "2021-01-04 09:30:00-05:00" is no date and time; ${stampForm}`,
    ],
    [
      'CSV_OFF_GRID',
      stamped('2021-01-04 09:31:00'),
      '4: timestamp "2021-01-04 09:31:00" is not on the grid of 15-minute bars; give the length of its bars, or resample the file',
    ],
    [
      'CSV_OFF_GRID',
      stamped('2021-01-04 09:30:01'),
      '4: timestamp "2021-01-04 09:30:01" is not on the grid of 15-minute bars; give the length of its bars, or resample the file',
    ],
    [
      'CSV_DUPLICATE',
      stamped('2021-01-04 09:15:00'),
      '4: timestamp "2021-01-04 09:15:00" repeats the row before; keep one of the two rows',
    ],
    [
      'CSV_OUT_OF_ORDER',
      stamped('2021-01-04 09:00:00'),
      '4: timestamp "2021-01-04 09:00:00" is before the row above; sort the file, oldest row first',
    ],
    ['CSV_BAD_NUMBER', at0930(',1,1,1,1'), `4: open is empty; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1,1,1,1,'), `4: volume is empty; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1,nan,1,1,1'), `4: high "nan" is no decimal number; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1,1,1,inf,1'), `4: close "inf" is no decimal number; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1,1,1,1e3,1'), `4: close "1e3" is no decimal number; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1,1,0x1,1,1'), `4: low "0x1" is no decimal number; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1,1,1, 1,1'), `4: close " 1" is no decimal number; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1.,1,1,1,1'), `4: open "1." is no decimal number; ${number}`],
    ['CSV_BAD_NUMBER', at0930('.5,1,1,1,1'), `4: open ".5" is no decimal number; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1.2.3,1,1,1,1'), `4: open "1.2.3" is no decimal number; ${number}`],
    ['CSV_BAD_NUMBER', at0930('1,1,1,$1,1'), `4: close "$1" is no decimal number; ${number}`],
    [
      'CSV_BAD_NUMBER',
      at0930(`1,1,1,1,${'9'.repeat(400)}`),
      `4: volume "${'9'.repeat(60)}…" is no decimal number; ${number}`,
    ],
    ['CSV_PRICE', at0930('0,1,1,1,1'), '4: open 0 is not above zero; correct the price or remove the row'],
    ['CSV_PRICE', at0930('1,1,0.00,1,1'), '4: low 0.00 is not above zero; correct the price or remove the row'],
    ['CSV_PRICE', at0930('1,1,1,-1.5,1'), '4: close -1.5 is not above zero; correct the price or remove the row'],
    ['CSV_VOLUME', at0930('1,1,1,1,-200'), '4: volume -200 is below zero; correct the volume or remove the row'],
    ['CSV_HIGH', at0930('131.3,131.2,131.5,131.4,9'), `4: high 131.2 is below low 131.5; ${prices}`],
    ['CSV_HIGH', at0930('131.3,131.2,131.0,131.1,9'), `4: high 131.2 is below open 131.3; ${prices}`],
    ['CSV_HIGH', at0930('131.1,131.2,131.0,131.3,9'), `4: high 131.2 is below close 131.3; ${prices}`],
    ['CSV_LOW', at0930('131.1,131.5,131.2,131.3,9'), `4: low 131.2 is above open 131.1; ${prices}`],
    ['CSV_LOW', at0930('131.3,131.5,131.2,131.1,9'), `4: low 131.2 is above close 131.1; ${prices}`],
    [
      'CSV_QUOTES',
      at0930('1,1,1,"1,1'),
      '4: the quotes do not pair; quote a whole field, or write the file without quotes',
    ],
    [
      'CSV_QUOTES',
      at0930('1,1,1,1"1,1'),
      '4: the quotes do not pair; quote a whole field, or write the file without quotes',
    ],
  ];

  it.each(faults)('%s: %j', (code, text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code, message: `AAPL_15min.csv:${message}` }));
    expect(() => read(text)).toThrow(DataError);
  });

  it.each(faults.filter(([code]) => code !== 'CSV_QUOTES'))(
    '%s in a semicolon file has the same words: %j',
    (code, text, message) => {
      const semicolons = text.replaceAll(',', ';');
      expect(() => read(semicolons)).toThrow(expect.objectContaining({ code, message: `AAPL_15min.csv:${message}` }));
    },
  );

  it('gives the place to programs', () => {
    const file = folder.put('MSFT_15min.csv', at0930('1,1,1,1e3,1'));
    const context = { file, line: 4, column: 'close', text: '1e3' };
    expect(() => readBarFile(file)).toThrow(expect.objectContaining({ context }));
  });

  it('counts lines the same with CRLF', () => {
    expect(() => read(at0930('1,1,1,x,1').replaceAll('\n', '\r\n'))).toThrow('AAPL_15min.csv:4: close "x"');
  });

  it('refuses a lone carriage return at the end of a row', () => {
    expect(() => read(`${HEADER}\n${FIRST}\r`)).toThrow('volume "51828.0\\r" is no decimal number');
  });

  it('refuses a Z where the source says New York', () => {
    const source = { zone: 'America/New_York' } as const;
    const what = 'timestamp "2021-01-04 09:00:00Z" is UTC, and the source\'s zone is America/New_York';
    expect(() => read(lines(FIRST.replace(':00,', ':00Z,')), { source })).toThrow(
      `${what}; set the zone to UTC or drop the Z`,
    );
  });

  it('refuses New York stamps outside the years of the table', () => {
    const source = { zone: 'America/New_York' } as const;
    const what = 'timestamp "1999-12-31 09:30:00" is outside the years of New York time; keep 2000 to 2035';
    expect(() => read(lines('1999-12-31 09:30:00,1,1,1,1,1'), { source })).toThrow(what);
  });

  it('refuses the second reading of the hour that autumn repeats as a duplicate', () => {
    const rows = lines('2021-11-07 01:30:00,1,1,1,1,1', '2021-11-07 01:30:00,1,1,1,1,1');
    const source = { zone: 'America/New_York' } as const;
    expect(() => read(rows, { source })).toThrow(
      'AAPL_15min.csv:3: timestamp "2021-11-07 01:30:00" repeats the row before',
    );
  });
});
