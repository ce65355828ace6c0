/** Whatever is wrong with what a user gives: one message with place and remedy, the right exit code, and no run folder that seems whole. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { config, type Ended, type Scratch, STRATEGY, scratch, smallMarket, tradekit } from './kit.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  smallMarket(place);
});

afterAll(() => place.remove());

/** A folder of its own with the market, a config and a strategy. */
function system(parts: { config?: string; strategy?: string } = {}): Scratch {
  const own = scratch();
  own.file('config.yaml', parts.config ?? config().replace('./data', join(place.folder, 'data')));
  own.file('strategy.ts', parts.strategy ?? STRATEGY);
  return own;
}

/** The same with its own copy of the market, in which one file was changed. */
function withData(change: (text: string) => string): Scratch {
  const own = system({ config: config() });
  for (const symbol of ['AAA', 'BBB']) {
    const name = `data/${symbol}_15min.csv`;
    own.file(name, symbol === 'AAA' ? change(place.text(name)) : place.text(name));
  }
  return own;
}

/** Changes one line of a text; the header is line 1. */
const line =
  (number: number, change: (line: string) => string) =>
  (text: string): string =>
    text
      .split('\n')
      .map((old, k) => (k === number - 1 ? change(old) : old))
      .join('\n');

const field =
  (number: number, value: string) =>
  (row: string): string =>
    row
      .split(',')
      .map((old, k) => (k === number ? value : old))
      .join(',');

/** Asserts one message and no stack trace, and that nothing was left that seems a whole run. */
function expectFault({ code, errors, stdout, stderr }: Ended, own: Scratch, exitCode: number, message: RegExp): void {
  expect({ code, errors }).toEqual({ code: exitCode, errors: [expect.stringMatching(message)] });
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  const runs = join(own.folder, 'runs');
  for (const run of existsSync(runs) ? readdirSync(runs) : []) {
    expect(JSON.parse(own.text(`runs/${run}/run.json`))).toMatchObject({ status: 'failed' });
    expect(own.text(`runs/${run}/FAILED.txt`)).toMatch(/^This run failed/);
  }
  own.remove();
}

describe('bad data ends with 3, and nothing is left behind', () => {
  const cases: readonly [name: string, change: (text: string) => string, message: RegExp][] = [
    ['an empty file', () => '', /^error: AAA_15min\.csv:1: the file is empty; put /],
    [
      'a wrong header',
      line(1, () => 'time,o,h,l,c,v'),
      /^error: AAA_15min\.csv:1: column "time" is not known; .*timestamp, open/,
    ],
    ['text in a number', line(5, field(2, 'abc')), /^error: AAA_15min\.csv:5: .*high.*"abc".*; /],
    ['NaN', line(6, field(4, 'NaN')), /^error: AAA_15min\.csv:6: .*close.*"NaN".*; /],
    ['a negative price', line(7, field(1, '-1.5')), /^error: AAA_15min\.csv:7: .*open.*-1\.5.*; /],
    ['a high below its low', line(8, field(2, '0.01')), /^error: AAA_15min\.csv:8: .*high.*; /],
    [
      'stamps out of order',
      line(9, field(0, '2023-01-03 14:30:00')),
      /^error: AAA_15min\.csv:9: .*2023-01-03 14:30:00.*; /,
    ],
    ['a duplicate stamp', (text) => line(10, () => text.split('\n')[8] ?? '')(text), /^error: AAA_15min\.csv:10: .*; /],
  ];

  test.concurrent.each(cases)('%s', async (_, change, message) => {
    const own = withData(change);
    expectFault(await tradekit(own.folder, 'run', 'config.yaml'), own, 3, message);
  });

  test.concurrent('a symbol without a file, and every one of them is named', async () => {
    const own = system({ config: config('', '[AAA, ZZZ, BBB, YYY]').replace('./data', join(place.folder, 'data')) });
    const ended = await tradekit(own.folder, 'run', 'config.yaml');
    expectFault(
      ended,
      own,
      3,
      /no file "YYY_15min\.csv" in ".*" for YYY \(also missing: ZZZ\); add the file or leave the symbol out/,
    );
  });

  test.concurrent('a folder that is not there', async () => {
    const own = system();
    const ended = await tradekit(own.folder, 'run', 'config.yaml', '--data', 'nowhere');
    expectFault(ended, own, 3, /there is no folder ".*nowhere"; put the bar files there, or name another folder/);
  });

  test.concurrent('a file in place of the folder', async () => {
    const own = system();
    const ended = await tradekit(own.folder, 'run', 'config.yaml', '--data', 'strategy.ts');
    expectFault(
      ended,
      own,
      3,
      /^error: ".*strategy\.ts" is a file, not a folder; put the bar files there, or name another folder$/,
    );
  });

  test.concurrent('a range with no bars', async () => {
    const own = system();
    const ended = await tradekit(own.folder, 'run', 'config.yaml', '--start', '2024-01-02', '--end', '2024-02-01');
    expectFault(
      ended,
      own,
      3,
      /AAA_15min\.csv has no bar in the regular hours of 2024-01-02 to 2024-02-01; .* move the range/,
    );
  });

  test.concurrent('a range with no session', async () => {
    const own = system();
    const ended = await tradekit(own.folder, 'run', 'config.yaml', '--start', '2023-01-07', '--end', '2023-01-08');
    expectFault(ended, own, 3, /no session from 2023-01-07 to 2023-01-08; widen the range/);
  });
});

test.concurrent('a file without a symbol is one warning, and the run is done', async () => {
  const own = system({
    config: config('', '[{ symbol: AAA, sector: Energy }]').replace('./data', join(place.folder, 'data')),
  });
  const { code, stderr } = await tradekit(own.folder, 'run', 'config.yaml');
  expect(code).toBe(0);
  expect(stderr.split('\n').filter((text) => text.startsWith('warning: '))).toEqual([
    expect.stringMatching(/has a file that no symbol uses: BBB_15min\.csv/),
  ]);
  own.remove();
});

test.concurrent('a run folder that cannot be written ends with 1', async () => {
  const own = system();
  const ended = await tradekit(own.folder, 'run', 'config.yaml', '--output', 'strategy.ts/run');
  expectFault(
    ended,
    own,
    1,
    /^error: the run's folder ".*strategy\.ts\/run" cannot be written: .*; give another one, or make room$/,
  );
});

describe('bad config or usage ends with 2', () => {
  const cases: readonly [name: string, args: readonly string[], message: RegExp][] = [
    [
      '--start after --end',
      ['--start', '2023-02-01', '--end', '2023-01-05'],
      /^error: --start 2023-02-01 is after --end 2023-01-05; exchange them/,
    ],
    ['a date of another form', ['--start', '1/2/2023'], /^error: --start is "1\/2\/2023"; write a date as YYYY-MM-DD$/],
    ['a year outside the calendar', ['--start', '1990-01-02'], /1990.*2000 to 2035/],
    [
      'mode live',
      ['--mode', 'live'],
      /^error: mode live has no broker configured yet; use --mode paper or --mode backtest$/,
    ],
    ['an unknown mode', ['--mode', 'papier'], /'papier' is invalid.*backtest, paper, live/],
    ['an unknown flag', ['--outptu', 'x'], /unknown option '--outptu'/],
  ];
  test.concurrent.each(cases)('%s', async (_, args, message) => {
    const own = system();
    expectFault(await tradekit(own.folder, 'run', 'config.yaml', ...args), own, 2, message);
  });

  test.concurrent('no such config', async () => {
    const own = system();
    const ended = await tradekit(own.folder, 'run', 'confg.yaml');
    expectFault(
      ended,
      own,
      2,
      /^error: confg\.yaml: there is no file ".*"; name a config file, or make one with tradekit init$/,
    );
  });

  test.concurrent('an unknown key, with the nearest known one', async () => {
    const own = system({ config: config('risk: { maxPositonFraction: 0.05 }') });
    const ended = await tradekit(own.folder, 'run', 'config.yaml');
    expectFault(
      ended,
      own,
      2,
      /^error: config\.yaml:7: risk\.maxPositonFraction is not known; did you mean "maxPositionFraction"\?$/,
    );
  });

  test.concurrent('several faults at once, each on a line of its own', async () => {
    const own = system({
      config: config('risk: { maxPositionFraction: 5 }\ncashRat: 0.03').replace('cash: 100000', 'cash: lots'),
    });
    const { code, errors } = await tradekit(own.folder, 'run', 'config.yaml');
    expect(code).toBe(2);
    expect(errors).toEqual([
      'error: config.yaml:4: cash is "lots"; give the dollars to start with, above 0',
      'error: config.yaml:7: risk.maxPositionFraction is 5; give a fraction: 5 % is 0.05',
      'error: config.yaml:8: cashRat is not known; did you mean "cashRate"?',
    ]);
    own.remove();
  });

  test.concurrent('an output folder that holds something else, which stays as it was', async () => {
    const own = system();
    mkdirSync(join(own.folder, 'mine'));
    writeFileSync(join(own.folder, 'mine', 'thesis.txt'), 'ten years of work');
    const ended = await tradekit(own.folder, 'run', 'config.yaml', '--output', 'mine');
    expect(own.text('mine/thesis.txt')).toBe('ten years of work');
    expect(readdirSync(join(own.folder, 'mine'))).toEqual(['thesis.txt']);
    expectFault(
      ended,
      own,
      2,
      /mine" holds "thesis\.txt", which no run left there; give another folder, or move what is there$/,
    );
  });
});

describe('a strategy that cannot be used', () => {
  const cases: readonly [name: string, code: number, strategy: string, message: RegExp][] = [
    [
      'has no default export',
      2,
      'export const strategy = 1;',
      /^error: config\.yaml:5: ".*strategy\.ts" has no default export; default-export a StrategyFactory$/,
    ],
    [
      'default-exports something else',
      2,
      'export default 5;',
      /default-exports a number; default-export a StrategyFactory$/,
    ],
    [
      'throws when it is made',
      1,
      "export default () => { throw new Error('no luck'); };",
      /^error: config\.yaml:5: the strategy ".*strategy\.ts" could not be made: no luck; correct it at strategy\.ts:1$/,
    ],
    [
      'refuses its parameters',
      2,
      "import { ConfigError } from '@tradekit/core'; export default () => { throw new ConfigError('BARS', 'bars is 0; give at least 1'); };",
      /^error: config\.yaml:5: bars is 0; give at least 1$/,
    ],
    [
      'throws when its file is loaded',
      1,
      "throw new Error('too early');",
      /^error: config\.yaml:5: the StrategyFactory ".*strategy\.ts" could not be loaded: too early; correct it at strategy\.ts:1$/,
    ],
    [
      'is no TypeScript',
      1,
      'export default (((;',
      /^error: config\.yaml:5: the StrategyFactory ".*strategy\.ts" could not be loaded: .*$/,
    ],
    [
      'imports what is not there',
      1,
      "import './other.js'; export default () => ({});",
      /^error: config\.yaml:5: .*strategy\.ts" could not be loaded: Cannot find module '\.\/other\.js'.*$/,
    ],
    [
      'asks for an instrument that is not there',
      2,
      "export default (setup) => setup.index('AAAA');",
      /^error: config\.yaml:5: no instrument "AAAA" in the universe; did you mean "AAA"\?$/,
    ],
    [
      'makes no strategy',
      2,
      'export default () => ({});',
      /^error: config\.yaml:5: ".*strategy\.ts" made no Strategy; give it generateSignals$/,
    ],
  ];
  test.concurrent.each(cases)('%s', async (_, code, strategy, message) => {
    const own = system({ strategy });
    expectFault(await tradekit(own.folder, 'run', 'config.yaml'), own, code, message);
  });

  test.concurrent('is not there', async () => {
    const own = system({ config: config().replace('./strategy.ts', './strategies/strategy.ts') });
    const ended = await tradekit(own.folder, 'run', 'config.yaml');
    expectFault(
      ended,
      own,
      2,
      /^error: config\.yaml:5: there is no file "\.\/strategies\/strategy\.ts"; write its path from the config file$/,
    );
  });

  test.concurrent('is a package that is not installed', async () => {
    const own = system({ config: config().replace('./strategy.ts', 'no-such-package') });
    const ended = await tradekit(own.folder, 'run', 'config.yaml');
    expectFault(
      ended,
      own,
      2,
      /^error: config\.yaml:5: no package "no-such-package"; install it, or start the path of a file with \.\/$/,
    );
  });
});

describe('a strategy that fails while it runs ends with 1, and leaves what there was until then, marked as failed', () => {
  const answering = (answer: string): string => `export default () => ({
  name: 'faulty',
  generateSignals(market) {
    if (market.slice < 60) return [];
    ${answer}
  },
});`;
  const cases: readonly [name: string, answer: string, message: RegExp][] = [
    [
      'throws',
      "throw new Error('no idea');",
      /^error: strategy "strategy" threw: no idea \(slice of 2023-01-05T.*\); correct it at strategy\.ts:5$/,
    ],
    [
      'gives NaN as a stop',
      "return [{ instrument: 0, direction: 1, stopPrice: NaN, reason: '' }];",
      /^error: strategy "strategy" gave the stopPrice NaN for AAA; leave it out/,
    ],
    [
      'gives NaN as a direction',
      "return [{ instrument: 0, direction: NaN, reason: '' }];",
      /^error: strategy "strategy" gave the direction NaN for AAA; give -1, 0 or 1/,
    ],
    [
      'names an unknown instrument',
      "return [{ instrument: 7, direction: 1, reason: '' }];",
      /^error: strategy "strategy" gave a signal for instrument 7; the universe has 0 to 1, get an index from setup\.index/,
    ],
  ];
  test.concurrent.each(cases)('%s', async (_, answer, message) => {
    const own = system({ strategy: answering(answer) });
    const ended = await tradekit(own.folder, 'run', 'config.yaml');
    expect(readdirSync(join(own.folder, 'runs'))).toHaveLength(1);
    expectFault(ended, own, 1, message);
  });
});
