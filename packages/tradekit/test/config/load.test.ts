import { join } from 'node:path';
import { everySlice, isoDate } from '@tradekit/core';
import { ConfigFaults, loadConfig, type RunFlags } from 'tradekit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scratch, scratch } from '../scratch.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  place.file('strategy.ts', 'export default () => ({});');
});

afterAll(() => place.remove());

const LEAST = `data: { folder: ./data }
symbols: [AAPL, MSFT]
cash: 100000
strategies: [{ use: ./strategy.ts }]
`;

/** The faults of a config, as lines. */
function faults(text: string, flags: RunFlags = {}): readonly string[] {
  try {
    loadConfig(place.file('config.yaml', text), flags);
  } catch (error) {
    if (error instanceof ConfigFaults) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a config of four lines', () => {
  test('is whole: everything else has a default', () => {
    expect(loadConfig(place.file('small.yaml', LEAST))).toEqual({
      file: join(place.folder, 'small.yaml'),
      name: 'small',
      mode: 'backtest',
      data: {
        folder: join(place.folder, 'data'),
        feed: 'unknown',
        adjusted: 'split',
        clean: 'strict',
        instruments: [],
        zone: 'UTC',
        stamps: 'bar-start',
        barMinutes: 15,
      },
      symbols: { listed: [{ symbol: 'AAPL' }, { symbol: 'MSFT' }], everyFile: false },
      start: 10_957, // 2000-01-01
      end: 24_105, // 2035-12-31
      cash: 100_000,
      lot: 1,
      strategies: [
        {
          use: join(place.folder, 'strategy.ts'),
          name: 'strategy',
          weight: 1,
          parameters: {},
          place: 'small.yaml:4',
        },
      ],
      risk: { targetFraction: 0.04, maxPositionFraction: 0.05, maxGrossFraction: 1 },
      costs: { commission: { perShare: 0, perOrder: 0, bps: 0 }, fees: 'none', slippage: {} },
      fills: { path: 'worst-case' },
      benchmark: 'universe',
      timetable: {
        kind: 'session',
        timeInForce: 'day',
        firstDecisionMinutes: 30,
        lastEntryMinutes: 30,
        exitMinutes: 15,
        overnightEntries: 'none',
      },
      engine: {
        accountTag: 'tk',
        retryRefused: 'next-session',
        resizeThreshold: 0.25,
        minTradeNotional: 0,
        collarBps: 100,
        entryOrders: 'market',
        accountTolerance: 0.01,
      },
      cashRate: 0,
      paperSpeed: 'max',
      output: join(place.folder, 'runs'),
    });
  });

  test('flags stand in place of what the file says', () => {
    const flags: RunFlags = { mode: 'paper', start: '2023-01-03', end: '2023-06-30', data: '/elsewhere' };
    const config = loadConfig(
      place.file('config.yaml', `${LEAST}period: { start: 2022-01-03, end: 2022-12-30 }`),
      flags,
    );
    expect(config.mode).toBe('paper');
    expect([isoDate(config.start), isoDate(config.end)]).toEqual(['2023-01-03', '2023-06-30']);
    expect(config.data.folder).toBe('/elsewhere');
  });

  test('another data folder is nobody’s synthetic market to be made', () => {
    const text = LEAST.replace('./data', './data, synthetic: { seed: 4 }');
    expect(loadConfig(place.file('config.yaml', text)).data.synthetic).toEqual({ seed: 4 });
    expect(loadConfig(place.file('config.yaml', text), { data: '/elsewhere' }).data.synthetic).toBeUndefined();
  });
});

test('symbols may be a file, with sectors', () => {
  place.file('symbols.yaml', '- { symbol: AAPL, sector: Information Technology }\n- BRK.B\n');
  const config = loadConfig(place.file('config.yaml', LEAST.replace('[AAPL, MSFT]', './symbols.yaml')));
  expect(config.symbols.listed).toEqual([{ symbol: 'AAPL', sector: 'Information Technology' }, { symbol: 'BRK.B' }]);
});

test('symbols may be all: every file of the folder', () => {
  const config = loadConfig(place.file('config.yaml', LEAST.replace('[AAPL, MSFT]', 'all')));
  expect(config.symbols).toEqual({ listed: [], everyFile: true });
});

test('the timetable may be every slice', () => {
  expect(loadConfig(place.file('config.yaml', `${LEAST}timetable: every-slice`)).timetable).toBe(everySlice);
});

describe('one fault, one line: file, line, what is there and what to do', () => {
  const cases: readonly [name: string, more: string, fault: string][] = [
    [
      'a percentage',
      'risk:\n  maxPositionFraction: 5',
      'config.yaml:6: risk.maxPositionFraction is 5; give a fraction: 5 % is 0.05',
    ],
    [
      'too large for a percentage',
      'risk: { targetFraction: 400 }',
      'config.yaml:5: risk.targetFraction is 400; give a fraction above 0 and at most 1: 5 % is 0.05',
    ],
    [
      'a fraction of nothing',
      'risk: { maxGrossFraction: 0 }',
      'config.yaml:5: risk.maxGrossFraction is 0; give a fraction above 0 and at most 4: 5 % is 0.05',
    ],
    [
      'text for a number',
      'engine: { collarBps: wide }',
      'config.yaml:5: engine.collarBps is "wide"; give a number of at least 0',
    ],
    [
      'a negative cost',
      'costs: { commission: { bps: -1 } }',
      'config.yaml:5: costs.commission.bps is -1; give a number of at least 0',
    ],
    [
      'an unknown word',
      'engine: { retryRefused: next-sesion }',
      'config.yaml:5: engine.retryRefused is "next-sesion"; did you mean "next-session"?',
    ],
    ['a word far off', 'mode: production', 'config.yaml:5: mode is "production"; use backtest or paper or live'],
    [
      'an unknown key near a known one',
      'costs: { comission: { bps: 1 } }',
      'config.yaml:5: costs.comission is not known; did you mean "commission"?',
    ],
    [
      'an unknown key far off',
      'paper: { velocity: 3 }',
      'config.yaml:5: paper.velocity is not known; known here are speed',
    ],
    [
      'a broker and a commission',
      'costs: { broker: alpaca, commission: { bps: 1 } }',
      'config.yaml:5: costs.broker is "alpaca"; a broker has its own commission and fees; give either broker, or commission and fees',
    ],
    [
      'a broker nobody knows',
      'costs: { broker: ibkr-fix }',
      'config.yaml:5: costs.broker is "ibkr-fix"; did you mean "ibkr-fixed"?',
    ],
    [
      'participation in percent',
      'costs: { participation: 5 }',
      'config.yaml:5: costs.participation is 5; give a fraction: 5 % is 0.05',
    ],
    [
      'a delay without finer bars',
      'fills: { delayMinutes: 1 }',
      'config.yaml:5: fills.delayMinutes is 1; it needs path: finer-bars',
    ],
    [
      'finer bars without a folder',
      'fills: { path: finer-bars }',
      'config.yaml:5: fills.folder is missing; name the folder with the finer bars',
    ],
    [
      'a loan in a cash account',
      'account: { type: cash, debitRate: 0.05 }',
      'config.yaml:5: account.debitRate is 0.05; a cash account borrows nothing; choose margin',
    ],
    [
      'interest in percent',
      'account: { type: margin, creditRate: 5 }',
      'config.yaml:5: account.creditRate is 5; give a fraction a year: 5 % is 0.05',
    ],
    [
      'a map for a number',
      'cashRate: { a: 1 }',
      'config.yaml:5: cashRate is a map; give a fraction a year: 3 % is 0.03',
    ],
    ['an empty value', 'period:', 'config.yaml:5: period is empty; give a map of settings'],
    [
      'a date of another form',
      'period: { start: 3 January 2021 }',
      'config.yaml:5: period.start is "3 January 2021"; write a date as YYYY-MM-DD',
    ],
    [
      'a date that does not exist',
      'period: { end: 2023-02-30 }',
      'config.yaml:5: period.end is "2023-02-30"; write a date as YYYY-MM-DD',
    ],
    [
      'a period that ends before it starts',
      'period: { start: 2023-02-01, end: 2023-01-01 }',
      'config.yaml:5: period.start is "2023-02-01"; the start is after the end; exchange them',
    ],
    [
      'an exit slice that no bar ends at',
      'timetable: { exitMinutes: 20 }',
      'config.yaml:5: timetable.exitMinutes is 20; no slice of 15-minute bars ends 20 minutes before the close; make exitMinutes a multiple of 15',
    ],
    [
      'a last entry after the exit slice',
      'timetable: { lastEntryMinutes: 15 }',
      'config.yaml:5: timetable: the last entry (15 minutes before the close) must come before the exit slice (15); raise lastEntryMinutes',
    ],
    [
      'a speed of nothing',
      'paper: { speed: 0 }',
      'config.yaml:5: paper.speed is 0; give max, or how many times real time',
    ],
    [
      'a risk manager that is not there',
      'risk: { use: ./risk.ts }',
      'config.yaml:5: there is no file "./risk.ts"; write its path from the config file',
    ],
    [
      'a name that cannot name a folder',
      'name: my/run',
      'config.yaml:5: name is "my/run"; use letters, digits, ".", "_" and "-": it names the run folder',
    ],
  ];
  test.each(cases)('%s', (_, more, fault) => {
    expect(faults(LEAST + more)).toEqual([fault]);
  });

  test('a symbol twice', () => {
    expect(faults(LEAST.replace('[AAPL, MSFT]', '\n  - AAPL\n  - MSFT\n  - { symbol: AAPL }'))).toEqual([
      'config.yaml:5: symbols[2]: "AAPL" is listed twice; list it once',
    ]);
  });

  test('a symbol that YAML takes for a truth value', () => {
    expect(faults(LEAST.replace('MSFT', 'TRUE'))).toEqual([
      'config.yaml:2: symbols[1] is true; write the symbol as text, in quotes if it looks like a number or a truth value',
    ]);
  });

  test('weights that are more than the account', () => {
    const two =
      'strategies:\n  - { use: ./strategy.ts, name: a, weight: 0.7 }\n  - { use: ./strategy.ts, name: b, weight: 0.7 }';
    expect(faults(LEAST.replace(/strategies.*/, two))).toEqual([
      'config.yaml:4: strategies: the weights add up to 1.4; they share one account, so at most 1',
    ]);
  });

  test('two strategies of one name', () => {
    const two = 'strategies:\n  - { use: ./strategy.ts, weight: 0.5 }\n  - { use: ./strategy.ts, weight: 0.5 }';
    expect(faults(LEAST.replace(/strategies.*/, two))).toEqual([
      'config.yaml:6: two strategies are called "strategy"; give each a name of its own',
    ]);
  });

  test('a missing key, at the line of the map that lacks it', () => {
    expect(faults(LEAST.replace(/cash.*\n/, ''))).toEqual([
      'config.yaml:1: cash is missing; give the dollars to start with, above 0',
    ]);
  });

  test('a fault in a symbols file is told with the name of that file', () => {
    place.file('list.yaml', '- AAPL\n- { symbl: MSFT }\n');
    expect(faults(LEAST.replace('[AAPL, MSFT]', './list.yaml'))).toEqual([
      'list.yaml:2: [1].symbol is missing; write the symbol as text, in quotes if it looks like a number or a truth value',
      'list.yaml:2: [1].symbl is not known; did you mean "symbol"?',
    ]);
  });

  test('a symbols file that is not there', () => {
    expect(faults(LEAST.replace('[AAPL, MSFT]', './no.yaml'))).toEqual([
      'config.yaml:2: symbols names "./no.yaml", and there is no such file; write its path from the config file, or a list',
    ]);
  });

  test('flags out of order, and a flag against the file', () => {
    expect(faults(LEAST, { start: '2023-02-01', end: '2023-01-01' })).toEqual([
      '--start 2023-02-01 is after --end 2023-01-01; exchange them or move one',
    ]);
    expect(faults(`${LEAST}period: { end: 2022-12-30 }`, { start: '2023-02-01' })).toEqual([
      '--start 2023-02-01 is after period.end (config.yaml:5); exchange them or move one',
    ]);
  });

  test('no YAML', () => {
    expect(faults(`${LEAST}costs: { commission: [`)).toEqual([
      expect.stringMatching(/^config\.yaml:5: .*; correct the YAML there$/),
      expect.stringMatching(/^config\.yaml:5: .*; correct the YAML there$/),
    ]);
  });

  test('a key twice', () => {
    expect(faults(`${LEAST}cash: 5`)).toEqual(['config.yaml:5: Map keys must be unique; correct the YAML there']);
  });

  test('an empty file', () => {
    expect(faults('# nothing\n')).toEqual(['config.yaml:1: the file is empty; give a map of settings']);
  });
});

test('all faults of a file in one pass, in the order of its lines', () => {
  const text = `nam: x
mode: live-ish
data: { folder: ./data, zone: Berlin }
symbols: []
cash: -5
strategies:
  - use: ./strategy.ts
    wieght: 2
costs: { slippage: { bps: 20000 } }
`;
  expect(faults(text)).toEqual([
    'config.yaml:1: nam is not known; did you mean "name"?',
    'config.yaml:2: mode is "live-ish"; use backtest or paper or live',
    'config.yaml:3: data.zone is "Berlin"; use UTC, America/New_York, UTC-5, or another name of the IANA database such as Europe/Berlin',
    'config.yaml:4: symbols is a list of nothing; list at least one symbol',
    'config.yaml:5: cash is -5; give the dollars to start with, above 0',
    'config.yaml:8: strategies[0].wieght is not known; did you mean "weight"?',
    'config.yaml:9: costs.slippage.bps is 20000; give basis points, at least 0 and below 10000',
  ]);
});

/** The faults of a config file, as text. */
const faultsOf = (file: string): string => {
  try {
    loadConfig(file);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('instruments', () => {
  const config = (data: string): string =>
    place.file(
      'config.yaml',
      `data: { folder: ./data, ${data} }\nsymbols: [AAPL, META]\ncash: 1000\nstrategies: [{ use: ./strategy.ts }]`,
    );

  test('stand in a file of their own, or in the config; dates are sessions', () => {
    const list = '- { id: META, from: 2022-06-09 }\n- { id: AAPL, splits: [{ date: 2020-08-31, ratio: 4 }] }';
    place.file('instruments.yaml', list);
    const expected = [
      { id: 'META', from: 19_152 }, // 2022-06-09
      { id: 'AAPL', splits: [{ date: 18_505, ratio: 4 }] }, // 2020-08-31
    ];
    expect(loadConfig(config('instruments: ./instruments.yaml')).data.instruments).toEqual(expected);
    const inline = '[{ id: META, from: 2022-06-09 }, { id: AAPL, splits: [{ date: 2020-08-31, ratio: 4 }] }]';
    expect(loadConfig(config(`instruments: ${inline}`)).data.instruments).toEqual(expected);
  });

  test('what is wrong with them has its file and line', () => {
    place.file(
      'instruments.yaml',
      '- { id: META, frm: 2022-06-09 }\n- { id: AAPL, splits: [{ date: 2020-08-32, ratio: 4 }] }',
    );
    const found = faultsOf(config('instruments: ./instruments.yaml'));
    expect(found).toContain('instruments.yaml:1: [0].frm is not known; did you mean "from"?');
    expect(found).toContain('instruments.yaml:2: [1].splits[0].date is "2020-08-32"; write a date as YYYY-MM-DD');
    place.file('instruments.yaml', '- { id: META }\n- { id: META }');
    expect(faultsOf(config('instruments: ./instruments.yaml'))).toContain(
      'instruments.yaml:2: [1]: instrument "META" is listed twice',
    );
    expect(faultsOf(config('instruments: ./none.yaml'))).toContain(
      'data.instruments names "./none.yaml", and there is no such file',
    );
  });

  test('a config has a folder or a store, never both and never none', () => {
    for (const data of ['data: { folder: ./a, store: ./b }', 'data: { feed: sip }']) {
      const file = place.file('config.yaml', `${data}\nsymbols: [A]\ncash: 1000\nstrategies: [{ use: ./strategy.ts }]`);
      expect(faultsOf(file)).toContain('config.yaml:1: data: name either a folder of bar files or a store');
    }
  });

  test('what a store knows of its bars cannot be said of it', () => {
    const given = 'zone: America/New_York, stamps: bar-end, barMinutes: 5, feed: sip, adjusted: raw, clean: standard';
    const file = place.file(
      'config.yaml',
      `data: { store: ./a, ${given} }\nsymbols: [A]\ncash: 1000\nstrategies: [{ use: ./strategy.ts }]`,
    );
    expect(faultsOf(file)).toBe(
      'config.yaml:1: data: a store knows what its bars are; leave out feed, adjusted, clean, zone, stamps, barMinutes',
    );
  });

  test('a store at an address of another kind is none', () => {
    const file = place.file(
      'config.yaml',
      'data: { store: "mysql://tk:s3cret@host/db" }\nsymbols: [A]\ncash: 1000\nstrategies: [{ use: ./strategy.ts }]',
    );
    expect(faultsOf(file)).toBe(
      'config.yaml:1: data: there is no store for addresses that begin with "mysql:"; use postgres://user@host:5432/database, or a path',
    );
  });
});
