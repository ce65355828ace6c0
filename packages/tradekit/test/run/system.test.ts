import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, DataError, nyse, RiskError } from '@tradekit/core';
import { columnStore, resample, syntheticBars, writeSyntheticMarket } from '@tradekit/data';
import { loadConfig, type RunConfig, runSystem, runToFolder } from 'tradekit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scratch, scratch } from '../scratch.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  const instruments = [{ id: 'AAA' }, { id: 'BBB' }];
  writeSyntheticMarket(join(place.folder, 'data'), { seed: 7, first: '2023-01-03', last: '2023-01-31', instruments });
  place.file(
    'buy.ts',
    "export default () => ({ name: 'buy', generateSignals: ({ slice, instruments }) => slice === 5 ? instruments.map((instrument) => ({ instrument, direction: 1, reason: 'buy' })) : [] });",
  );
});

afterAll(() => place.remove());

function config(more = '', symbols = '[AAA, BBB]'): RunConfig {
  const text = `data: { folder: ./data }\nsymbols: ${symbols}\ncash: 100000\nstrategies: [{ use: ./buy.ts }]\n${more}`;
  return loadConfig(place.file('config.yaml', text));
}

describe('what a config says is what is run', () => {
  test('the target and the limits size the positions', async () => {
    const { result } = await runSystem(
      config('risk: { targetFraction: 0.1, maxPositionFraction: 0.06, maxSectorFraction: 1 }'),
    );
    const values = Array.from(result.fills.quantity, (quantity, k) => quantity * (result.fills.price[k] ?? 0));
    expect(values).toHaveLength(2);
    for (const value of values) expect(value).toBeLessThan(6_060);
    for (const value of values) expect(value).toBeGreaterThan(5_500);
  });

  test('commission and slippage', async () => {
    const free = await runSystem(config());
    const costly = await runSystem(config('costs: { commission: { perOrder: 1, bps: 2 }, slippage: { bps: 10 } }'));
    const [price = 0, dear = 0] = [free.result.fills.price[0], costly.result.fills.price[0]];
    expect(dear / price).toBeCloseTo(1.001, 9);
    const [quantity = 0, commission = 0] = [costly.result.fills.quantity[0], costly.result.fills.commission[0]];
    expect(commission).toBeCloseTo(1 + quantity * dear * 2e-4, 9);
  });

  test('slippage as a share of the volume fills over several bars', async () => {
    const share = 'costs: { slippage: { volumeShare: { limitFraction: 0.00001 } } }';
    const { result } = await runSystem(config(`${share}\nrisk: { targetFraction: 0.05 }`));
    expect(result.fills.length).toBeGreaterThan(2);
  });

  test('the account tag stands in the ids of orders', async () => {
    await runToFolder(config('engine: { accountTag: mine }'), {
      output: join(place.folder, 'tagged'),
      startedAt: new Date(0),
    });
    expect(readFileSync(join(place.folder, 'tagged/fills.csv'), 'utf8')).toMatch(/,mine_/);
  });

  test('the first decision and every slice', async () => {
    const first = async (more: string): Promise<number | undefined> =>
      (await runSystem(config(more))).result.orders.time[0];
    const late = await first('timetable: { firstDecisionMinutes: 120 }'); // slice 5 is 11:00: too early then
    expect(late).toBeUndefined();
    expect(await first('timetable: every-slice')).toBe(Date.parse('2023-01-03T16:00:00Z'));
  });

  test('whole shares, and fractions of a share where the lot says so', async () => {
    const quantities = async (more: string): Promise<readonly number[]> => [
      ...(await runSystem(config(more))).result.fills.quantity,
    ];
    const whole = await quantities('');
    expect(whole.every(Number.isInteger)).toBe(true);
    const fractions = await quantities('lot: 0.001');
    expect(fractions.some((quantity) => !Number.isInteger(quantity))).toBe(true);
    for (const [k, quantity] of fractions.entries()) expect(Math.floor(quantity)).toBe(whole[k]);
  });

  test('two strategies share the equity by their weights', async () => {
    const both = `strategies:\n  - { use: ./buy.ts, name: a, weight: 0.75 }\n  - { use: ./buy.ts, name: b, weight: 0.25 }`;
    const { result } = await runSystem(
      loadConfig(place.file('two.yaml', `data: { folder: ./data }\nsymbols: [AAA, BBB]\ncash: 100000\n${both}\n`)),
    );
    const values = Array.from(result.fills.quantity, (quantity, k) =>
      Math.round((quantity * (result.fills.price[k] ?? 0)) / 1000),
    );
    expect(result.strategies).toEqual(['a', 'b']);
    expect(Array.from(result.fills.strategy, (strategy, k) => [strategy, values[k]])).toEqual([
      [0, 3],
      [0, 3],
      [1, 1],
      [1, 1],
    ]);
  });

  test('all: every file of the folder is an instrument', async () => {
    const { result } = await runSystem(config('', 'all'));
    expect(result.universe.instruments.map(({ id }) => id)).toEqual(['AAA', 'BBB']);
  });

  test('all, and a file whose name no config could list', async () => {
    place.file('odd/BRK_B_15min.csv', '');
    const odd = { ...config('', 'all'), data: { ...config().data, folder: join(place.folder, 'odd') } };
    await expect(runSystem(odd)).rejects.toThrow(
      /^"BRK_B_15min.csv" in ".*odd" names no symbol: one has letters, digits, "." and "-" only; rename or remove it$/,
    );
  });

  test('all, and no file there', async () => {
    const empty = { ...config('', 'all'), data: { ...config().data, folder: join(place.folder, 'nowhere') } };
    await expect(runSystem(empty)).rejects.toThrow(DataError);
    await expect(runSystem(empty)).rejects.toThrow(
      /there is no folder ".*nowhere"; put the bar files there, or name another folder/,
    );
  });
});

describe('a risk manager of the user’s own', () => {
  const own = (watch: string): string => `
export default ({ shares }) => ({
  name: 'own',
  plan: (wishes) => wishes.map(() => ({ kind: 'allow', quantity: shares })),
  approve: ({ quantity }) => ({ kind: 'allow', quantity }),
  watch: () => { ${watch} },
});`;

  test('is used, with its parameters', async () => {
    place.file('risk.ts', own(''));
    const { result } = await runSystem(config('risk: { use: ./risk.ts, parameters: { shares: 3 } }'));
    expect(Array.from(result.fills.quantity)).toEqual([3, 3]);
  });

  test('that throws ends the run, with its own line', async () => {
    place.file('angry.ts', own("throw new Error('enough');"));
    const { ending } = await runSystem(config('risk: { use: ./angry.ts }'));
    expect(ending).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringMatching(/enough.*; correct it at angry\.ts:6$/) },
    });
  });

  test('that is none is refused', async () => {
    place.file('none.ts', 'export default () => ({ plan() {} });');
    await expect(runSystem(config('risk: { use: ./none.ts }'))).rejects.toThrow(ConfigError);
    await expect(runSystem(config('risk: { use: ./none.ts }'))).rejects.toThrow(
      /^config\.yaml:5: ".*none\.ts" made no RiskManager; give it plan, approve and watch$/,
    );
  });

  test('whose answer cannot be meant ends the run', async () => {
    place.file('nan.ts', own('').replace('quantity: shares', 'quantity: NaN'));
    const { ending } = await runSystem(config('risk: { use: ./nan.ts }'));
    expect(ending.kind).toBe('failed');
    expect(ending.kind === 'failed' && ending.error).toBeInstanceOf(RiskError);
  });
});

describe('a run that cannot be started leaves nothing', () => {
  test('not even a journal', async () => {
    const broken: RunConfig = {
      ...config(),
      mode: 'paper',
      data: { ...config().data, folder: join(place.folder, 'nowhere') },
    };
    const output = join(place.folder, 'deep/paper');
    await expect(runToFolder(broken, { output, startedAt: new Date(0) })).rejects.toThrow(DataError);
    expect(readdirSync(join(place.folder, 'deep'))).toEqual([]);
  });
});

test('a paper run that fails leaves its journal in the folder, marked as failed', async () => {
  place.file(
    'late.ts',
    "export default () => ({ name: 'late', generateSignals({ slice }) { if (slice === 30) throw new Error('late'); return []; } });",
  );
  const text =
    'mode: paper\ndata: { folder: ./data }\nsymbols: [AAA, BBB]\ncash: 100000\nstrategies: [{ use: ./late.ts }]\n';
  const output = join(place.folder, 'late');
  const { ending } = await runToFolder(loadConfig(place.file('late.yaml', text)), { output, startedAt: new Date(0) });
  expect(ending.kind).toBe('failed');
  expect(existsSync(join(output, 'FAILED.txt'))).toBe(true);
  const lines = readFileSync(join(output, 'journal.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.filter((line) => line.includes('"kind":"slice"'))).toHaveLength(30);
});

describe('a store of bars of another length', () => {
  const stored = (more = ''): RunConfig => {
    const text = `data: { store: ./thirty }\nsymbols: all\ncash: 100000\nstrategies: [{ use: ./buy.ts }]\n${more}`;
    return loadConfig(place.file('stored.yaml', text));
  };

  beforeAll(async () => {
    const store = columnStore(join(place.folder, 'thirty'));
    const { series } = syntheticBars({ first: '2023-01-03', last: '2023-01-31', instruments: [{ id: 'AAA' }] });
    const options = { barMinutes: 15, timeframe: '30min', calendar: nyse } as const;
    const inputs = series.map((bars) => ({ symbol: 'AAA', bars: resample(bars, options) }));
    await store.import({ barMinutes: 30, feed: 'sip', adjusted: 'raw' }, inputs);
  });

  test('is refused where no slice ends at the exit time, and what to do is said', async () => {
    await expect(runSystem(stored())).rejects.toThrow(
      'no slice of 30-minute bars ends 15 minutes before the close; make exitMinutes a multiple of 30',
    );
  });

  test('is traded, and the run says what its bars were', async () => {
    const config = stored('timetable: { exitMinutes: 30, lastEntryMinutes: 60 }');
    const output = join(place.folder, 'of-thirty');
    const { identity } = await runToFolder(config, { output, startedAt: new Date(0) });
    expect(identity).toEqual({ barMinutes: 30, feed: 'sip', adjusted: 'raw' });
    const record = readFileSync(join(output, 'run.json'), 'utf8');
    expect(record).toContain(
      `30-minute bars from the store ${join(place.folder, 'thirty')}; feed sip, prices as traded;`,
    );
    expect((await runSystem(loadConfig(join(output, 'config.yaml')))).digest).toBe((await runSystem(config)).digest);
  });
});

test('carried bars are in the ledger and not in the run, and the run says so', async () => {
  const lines = readFileSync(join(place.folder, 'data/AAA_15min.csv'), 'utf8').split('\n');
  place.file('holes/AAA_15min.csv', lines.filter((_, line) => line !== 20).join('\n'));
  const of = (clean: string): RunConfig =>
    loadConfig(
      place.file(
        'holes.yaml',
        `data: { folder: ./holes, clean: [order, duplicates${clean}] }\nsymbols: [AAA]\ncash: 100000\nstrategies: [{ use: ./buy.ts }]`,
      ),
    );
  const output = join(place.folder, 'of-holes');
  const { dataHash } = await runToFolder(of(', { gaps: { policy: carry } }'), { output, startedAt: new Date(0) });
  expect(dataHash).toBe((await runSystem(of(''))).dataHash);
  expect(readFileSync(join(output, 'run.json'), 'utf8')).toContain('cleaned, rows 1 added and left out of the run:');
  expect(readFileSync(join(output, 'repairs.csv'), 'utf8').split('\n')).toHaveLength(3);
});
