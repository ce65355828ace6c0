/** A run over a synthetic market says so, and what the market gave by itself. */
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBarFile, writeSyntheticMarket } from '@tradekit/data';
import { type FolderRun, loadConfig, type RunFlags, runToFolder } from 'tradekit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { summaryText } from '../../src/run/summary.js';
import { type Scratch, scratch } from '../scratch.js';

let place: Scratch;

beforeEach(() => {
  place = scratch();
  place.file('idle.ts', "export default () => ({ name: 'idle', generateSignals: () => [] });");
  market('made');
});

afterEach(() => place.remove());

function market(name: string): void {
  const instruments = [{ id: 'AAA' }, { id: 'BBB' }, { id: 'CCC' }];
  writeSyntheticMarket(join(place.folder, name), { seed: 7, first: '2023-01-03', last: '2023-01-31', instruments });
}

async function run(more = '', flags: RunFlags = {}, stopping = (): boolean => false): Promise<FolderRun> {
  const text = `data: { folder: ./made }\nsymbols: [AAA, BBB]\ncash: 100000\nstrategies: [{ use: ./idle.ts }]\n${more}`;
  const config = loadConfig(place.file('config.yaml', text), flags);
  return runToFolder(config, { output: join(place.folder, 'run'), startedAt: new Date(0), stopping });
}

/** Growth of a symbol between two stamps, from its file. */
function growth(symbol: string, first = '2023-01-03 14:30', last = '2023-01-31 20:45'): number {
  const columns = readBarFile(join(place.folder, `made/${symbol}_15min.csv`));
  const at = (stamp: string): number => columns.start.indexOf(Date.parse(`${stamp.replace(' ', 'T')}:00Z`));
  return (columns.close[at(last)] ?? Number.NaN) / (columns.open[at(first)] ?? Number.NaN) - 1;
}

test('the notice tells what equal parts of the traded symbols would have returned, in the summary and in the report', async () => {
  const expected = (growth('AAA') + growth('BBB')) / 2;
  const { summary, synthetic } = await run();
  expect(synthetic?.buyAndHoldReturn).toBeCloseTo(expected, 12);
  expect(summary).toMatchObject({ synthetic: true, buyAndHoldReturn: synthetic?.buyAndHoldReturn });
  const percent = `${expected < 0 ? '' : '+'}${(expected * 100).toFixed(1)} %`;
  const notice = `The market is synthetic and has no planted edge. Every symbol in equal parts, bought at the start and held,
returned ${percent} without costs; beyond its share of that drift the system is expected to lose about its costs
here. The figures show that the machinery works; they say nothing about the system.`;
  expect(summaryText(summary)).toContain(`\n\n${notice}\n\nDigest`);
  expect(readFileSync(join(place.folder, 'run/report.html'), 'utf8')).toContain(
    `<dt>Market</dt><dd>${notice.replaceAll('\n', ' ')}</dd>`,
  );
});

test('the return is that of the run’s own period, also of one that was interrupted', async () => {
  const week = await run('period: { start: 2023-01-09, end: 2023-01-13 }');
  const stamps = ['2023-01-09 14:30', '2023-01-13 20:45'] as const;
  expect(week.synthetic?.buyAndHoldReturn).toBeCloseTo((growth('AAA', ...stamps) + growth('BBB', ...stamps)) / 2, 12);
  let slices = 0;
  const cut = await run('', {}, () => {
    slices += 1;
    return slices >= 10;
  });
  const ends = cut.result.equity.time;
  expect(ends.length).toBeLessThan(20);
  const lastStart = new Date((ends.at(-1) ?? 0) - 15 * 60_000).toISOString().slice(0, 16);
  const few = ['2023-01-03 14:30', lastStart] as const;
  expect(cut.synthetic?.buyAndHoldReturn).toBeCloseTo((growth('AAA', ...few) + growth('BBB', ...few)) / 2, 12);
});

test('it is the folder that tells, and not the config: --data of a market that was made', async () => {
  market('other');
  const { summary } = await run('', { data: join(place.folder, 'other') });
  expect(summary.synthetic).toBe(true);
});

test('files of somebody’s own are not synthetic, with or without a market.json of another kind', async () => {
  const record = join(place.folder, 'made/market.json');
  for (const text of ['{ "kind": "something else", "files": [] }', '{}', 'no json']) {
    writeFileSync(record, text);
    const { summary, synthetic } = await run();
    expect([summary.synthetic, synthetic]).toEqual([false, undefined]);
    expect('buyAndHoldReturn' in summary).toBe(false);
    expect(summaryText(summary)).not.toMatch(/synthetic/);
  }
  rmSync(record);
  expect((await run()).summary.synthetic).toBe(false);
});

test('files that took the place of those that were made are not synthetic; one that was made is enough', async () => {
  appendFileSync(join(place.folder, 'made/AAA_15min.csv'), '2023-02-01 14:30:00,10,10,10,10,100\n');
  expect((await run()).summary.synthetic).toBe(true);
  appendFileSync(join(place.folder, 'made/BBB_15min.csv'), '2023-02-01 14:30:00,10,10,10,10,100\n');
  expect((await run()).summary.synthetic).toBe(false);
});
