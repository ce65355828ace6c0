/** The same config and data give the same digest: twice, in any order of symbols, in any mode, and without the runner. */
import { join } from 'node:path';
import { backtest, digest } from '@tradekit/backtest';
import { commission, memoryJournal, nyse, sessionDay } from '@tradekit/core';
import { loadBars } from '@tradekit/data';
import { cashReserve, fixedFraction, maxGross, maxPosition, riskManager } from '@tradekit/risk';
import { loadConfig, runSystem, runToFolder } from 'tradekit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import above from './above.js';
import { config, type Scratch, STRATEGY, scratch, smallMarket } from './kit.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  smallMarket(place);
  place.file('config.yaml', config());
  place.file('strategy.ts', STRATEGY);
});

afterAll(() => place.remove());

const file = (name: string): string => join(place.folder, name);

test('twice the same, and with the symbols in another order', async () => {
  place.file('other.yaml', config('', '[BBB, AAA]'));
  const first = await runSystem(loadConfig(file('config.yaml')));
  const second = await runSystem(loadConfig(file('config.yaml')));
  const other = await runSystem(loadConfig(file('other.yaml')));
  expect(first.result.fills.length).toBeGreaterThan(50);
  expect(second.digest).toBe(first.digest);
  expect(other.digest).toBe(first.digest);
});

test('a config that means something else gives another digest', async () => {
  place.file('other.yaml', config().replace('cash: 100000', 'cash: 100001'));
  const first = await runSystem(loadConfig(file('config.yaml')));
  const other = await runSystem(loadConfig(file('other.yaml')));
  expect(other.digest).not.toBe(first.digest);
});

test('on paper the same as in a backtest, as fast as possible and at the speed of a clock', async () => {
  const first = await runSystem(loadConfig(file('config.yaml')));
  const paper = await runSystem(loadConfig(file('config.yaml'), { mode: 'paper' }));
  expect(paper.digest).toBe(first.digest);
  // Five weeks in a tenth of a second.
  place.file('paced.yaml', config('mode: paper\npaper: { speed: 30000000 }'));
  const paced = await runSystem(loadConfig(file('paced.yaml')));
  expect(paced.digest).toBe(first.digest);
});

test('the same as a backtest that is put together without the runner', async () => {
  const first = await runSystem(loadConfig(file('config.yaml')));
  const { history } = loadBars({
    folder: file('data'),
    calendar: nyse,
    start: sessionDay(11_000),
    end: sessionDay(24_000),
    symbols: ['AAA', 'BBB'],
  });
  const result = backtest({
    history,
    calendar: nyse,
    initialCash: 100_000,
    strategies: [{ name: 'strategy', create: above, weight: 1 }],
    commission: commission({ bps: 1 }),
    risk: riskManager({
      sizer: fixedFraction({ targetFraction: 0.04 }),
      rules: [maxPosition({ limitFraction: 0.05 }), maxGross({ limitFraction: 1 }), cashReserve()],
    }),
  });
  expect(digest(result)).toBe(first.digest);
});

test('the config in a run folder is whole: run again as it is, it gives the same digest', async () => {
  const first = await runToFolder(loadConfig(file('config.yaml')), { output: file('run'), startedAt: new Date(0) });
  const again = await runSystem(loadConfig(file('run/config.yaml')));
  expect(again.digest).toBe(first.digest);
  expect(JSON.parse(place.text('run/run.json'))).toMatchObject({
    status: 'complete',
    digest: first.digest,
    dataHash: first.dataHash,
  });
});

test('also after a run over every file of a folder: the config in the run folder has each symbol with its sector', async () => {
  place.file('symbols.yaml', '- { symbol: BBB, sector: Materials }\n- { symbol: AAA, sector: Energy }\n');
  const risk = 'risk: { targetFraction: 0.2, maxPositionFraction: 0.2 }';
  place.file('every.yaml', config(risk, './symbols.yaml'));
  const every = loadConfig(file('every.yaml'), { data: file('data'), everyFile: true });
  const first = await runToFolder(every, { output: file('every'), startedAt: new Date(0) });
  const written = loadConfig(file('every/config.yaml'));
  expect(written.symbols).toEqual({
    listed: [
      { symbol: 'AAA', sector: 'Energy' },
      { symbol: 'BBB', sector: 'Materials' },
    ],
    everyFile: false,
  });
  expect(written.risk).toMatchObject({ maxSectorFraction: 0.25 });
  expect((await runSystem(written)).digest).toBe(first.digest);
});

test('and where no sector limit was kept, none is kept again', async () => {
  place.file('wide.yaml', config('risk: { targetFraction: 0.2, maxPositionFraction: 0.2 }', 'all'));
  const first = await runToFolder(loadConfig(file('wide.yaml')), { output: file('wide'), startedAt: new Date(0) });
  const written = loadConfig(file('wide/config.yaml'));
  expect(written.symbols).toEqual({ listed: [{ symbol: 'AAA' }, { symbol: 'BBB' }], everyFile: false });
  expect(written.risk).toEqual({ targetFraction: 0.2, maxPositionFraction: 0.2, maxGrossFraction: 1 });
  const again = await runSystem(written);
  expect([again.digest, again.warnings]).toEqual([first.digest, first.warnings]);
});

test('the journal of a paper run holds every event and decision that the engine had', async () => {
  const journal = memoryJournal();
  await runSystem(loadConfig(file('config.yaml'), { mode: 'paper' }), { journal });
  const paper = loadConfig(file('config.yaml'), { mode: 'paper' });
  await runToFolder(paper, { output: file('paper-run'), startedAt: new Date(0) });
  const lines = place.text('paper-run/journal.jsonl').trimEnd().split('\n');
  const recorded = lines.map(
    (line) => JSON.parse(line) as { event: { kind: string; sequence: number }; decisions: unknown[] },
  );
  expect(recorded.map(({ event: { kind, sequence }, decisions }) => [sequence, kind, decisions.length])).toEqual(
    journal.entries.map(({ event: { kind, sequence }, decisions }) => [sequence, kind, decisions.length]),
  );
  expect(recorded.some(({ decisions }) => decisions.length > 0)).toBe(true);
});
