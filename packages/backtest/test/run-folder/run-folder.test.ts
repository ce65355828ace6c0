import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrokerCommand, ConfigError, type Journal, ordersOf } from '@tradekit/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  assumptionsOf,
  backtest,
  buyAndHold,
  digest,
  metricsOf,
  type RunRecord,
  requireRunFolder,
  writeRunFolder,
} from '../../src/index.js';
import { handMade } from '../market.js';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'run-folder-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function record(more: Partial<RunRecord> = {}): RunRecord {
  const options = handMade();
  return {
    result: backtest(options),
    name: 'hand-made',
    mode: 'backtest',
    status: { kind: 'complete' },
    config: 'name: hand-made\n',
    versions: { tradekit: '0.1.0' },
    startedAt: '2026-11-23T12:00:00.000Z',
    warnings: [],
    assumptions: assumptionsOf(options),
    ...more,
  };
}

/** Rows of a CSV file as objects; enough for files without line breaks in fields. */
function readCsv(path: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return rows.map((row) => {
    const fields = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    );
    return Object.fromEntries(names.map((name, place) => [name, fields[place] ?? '']));
  });
}

describe('a complete run', () => {
  it('tells lots, breakdown, excursions and the benchmark, each in its file', () => {
    const { history } = handMade();
    const folder = join(parent, 'run');
    writeRunFolder(folder, record({ context: { market: history, benchmark: buyAndHold(history, 'A') } }));
    expect(readCsv(join(folder, 'lots.csv'))[0]).toMatchObject({
      symbol: 'A',
      quantity: '10',
      openPrice: '101',
      closePrice: '106',
      washSale: 'false',
    });
    expect(readCsv(join(folder, 'breakdown.csv'))[0]).toMatchObject({
      by: 'symbol',
      value: 'A',
      trades: '1',
      won: '1',
    });
    const [first] = readCsv(join(folder, 'trades.csv'));
    expect(first).toMatchObject({ adverseExcursion: '0', favorableExcursion: String(5 / 101) });
    const sessions = readCsv(join(folder, 'sessions.csv'));
    expect(sessions.map(({ date }) => date)).toEqual(['2021-01-04', '2021-01-05', '2021-01-06']);
    expect(sessions[0]).toMatchObject({ benchmarkReturn: String(103 / 100 - 1) });
    const metrics = JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')) as Record<string, { note?: string }>;
    expect(metrics.benchmarkReturn?.note).toBe('A bought and held');
  });

  it('leaves its files, and nothing beside them', () => {
    writeRunFolder(join(parent, 'deep', 'run'), record());
    expect(readdirSync(join(parent, 'deep'))).toEqual(['run']);
    expect(readdirSync(join(parent, 'deep', 'run'))).toEqual([
      'breakdown.csv',
      'config.yaml',
      'equity.csv',
      'fills.csv',
      'lots.csv',
      'metrics.json',
      'movements.csv',
      'orders.csv',
      'refusals.csv',
      'report.html',
      'risk.csv',
      'risk.json',
      'run.json',
      'sessions.csv',
      'trades.csv',
    ]);
  });

  it('reconciles from fills.csv alone: shares, cash and final equity', () => {
    const run = record();
    writeRunFolder(join(parent, 'run'), run);
    const marks: Readonly<Record<string, number>> = { A: 111, B: 52, C: 189 };
    const shares: Record<string, number> = {};
    let cash = 10_000;
    for (const { symbol = '', side, quantity, price, commission } of readCsv(join(parent, 'run', 'fills.csv'))) {
      const signed = (side === 'buy' ? 1 : -1) * Number(quantity);
      shares[symbol] = (shares[symbol] ?? 0) + signed;
      cash -= signed * Number(price) + Number(commission);
    }
    expect(shares).toEqual({ A: 0, B: 3, C: 0 });
    const equity = Object.entries(shares).reduce(
      (sum, [symbol, held]) => sum + held * (marks[symbol] ?? Number.NaN),
      cash,
    );
    const metrics = JSON.parse(readFileSync(join(parent, 'run', 'metrics.json'), 'utf8'));
    expect(cash).toBeCloseTo(metrics.finalCash.value, 9);
    expect(equity).toBeCloseTo(metrics.finalEquity.value, 9);
  });

  it('writes numbers that read back to the bit', () => {
    const run = record();
    writeRunFolder(join(parent, 'run'), run);
    const rows = readCsv(join(parent, 'run', 'equity.csv'));
    expect(rows.map(({ equity }) => Number(equity))).toEqual([...run.result.equity.equity]);
    expect(rows.map(({ time }) => Date.parse(time ?? ''))).toEqual([...run.result.equity.time]);
    expect(rows[0]).toEqual({
      time: '2021-01-04T14:30:00.000Z',
      cash: '10000',
      equity: '10000',
      index: '1',
      exposure: '0',
    });
  });

  it("gives the orders the ids by which the broker knows them, the engine's own", () => {
    const ids: string[] = [];
    const take = (command: BrokerCommand): void => {
      if (command.kind === 'submit') for (const order of ordersOf(command.group)) ids.push(order.id);
    };
    const journal: Journal = {
      append: (_, { commands }) => commands.forEach(take),
      flush: () => Promise.resolve(),
    };
    const result = backtest(handMade({ journal, accountTag: 'demo' }));
    writeRunFolder(join(parent, 'run'), record({ result }));
    const orders = readCsv(join(parent, 'run', 'orders.csv'));
    expect(ids).toHaveLength(6);
    expect(orders.map(({ clientOrderId }) => clientOrderId)).toEqual(ids);
    expect(readCsv(join(parent, 'run', 'fills.csv'))[0]).toMatchObject({
      time: '2021-01-04T14:45:00.000Z',
      symbol: 'A',
      side: 'buy',
      quantity: '10',
      price: '101',
      commission: '0.1',
      strategy: 'scripted',
      clientOrderId: 'demo_20210104_1445_A_scripted_entry_0_0',
    });
  });

  it('quotes text that needs it', () => {
    writeRunFolder(join(parent, 'run'), record());
    expect(readFileSync(join(parent, 'run', 'orders.csv'), 'utf8')).toContain(',"slice 0, ""A"""\n');
    expect(readCsv(join(parent, 'run', 'orders.csv'))[0]?.reason).toBe('slice 0, "A"');
  });

  it('has the metrics and the digest of the result', () => {
    const run = record();
    writeRunFolder(join(parent, 'run'), run);
    const metrics = JSON.parse(readFileSync(join(parent, 'run', 'metrics.json'), 'utf8'));
    expect(metrics).toEqual({ digest: digest(run.result), ...metricsOf(run.result) });
    expect(JSON.parse(readFileSync(join(parent, 'run', 'run.json'), 'utf8'))).toMatchObject({
      format: 'tradekit-run-1',
      name: 'hand-made',
      status: 'complete',
      digest: digest(run.result),
      dataHash: null,
      period: { firstSession: '2021-01-04', lastSession: '2021-01-06', sessions: 3 },
    });
  });
});

describe('a run that did not end well', () => {
  it('says that it failed, and leaves what it had', () => {
    writeRunFolder(join(parent, 'run'), record({ status: { kind: 'failed', reason: 'strategy <x> threw' } }));
    expect(readFileSync(join(parent, 'run', 'FAILED.txt'), 'utf8')).toContain('strategy <x> threw');
    expect(JSON.parse(readFileSync(join(parent, 'run', 'run.json'), 'utf8'))).toMatchObject({
      status: 'failed',
      reason: 'strategy <x> threw',
    });
    expect(readFileSync(join(parent, 'run', 'report.html'), 'utf8')).toContain('strategy &lt;x&gt; threw');
    expect(readCsv(join(parent, 'run', 'fills.csv'))).toHaveLength(5);
  });

  it('says that it was interrupted', () => {
    writeRunFolder(join(parent, 'run'), record({ status: { kind: 'interrupted' } }));
    expect(JSON.parse(readFileSync(join(parent, 'run', 'run.json'), 'utf8'))).toMatchObject({ status: 'interrupted' });
    expect(readFileSync(join(parent, 'run', 'report.html'), 'utf8')).toContain('This run was interrupted.');
    expect(existsSync(join(parent, 'run', 'FAILED.txt'))).toBe(false);
  });
});

describe('a folder that is there already', () => {
  it('is replaced when an earlier run left it: nothing of that run stays', () => {
    const run = join(parent, 'run');
    writeRunFolder(run, record({ status: { kind: 'failed', reason: 'first' } }));
    writeRunFolder(run, record({ name: 'second' }));
    expect(existsSync(join(run, 'FAILED.txt'))).toBe(false);
    expect(JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'))).toMatchObject({ name: 'second' });
    expect(readdirSync(parent)).toEqual(['run']);
  });

  it('may be empty', () => {
    mkdirSync(join(parent, 'run'));
    writeRunFolder(join(parent, 'run'), record());
    expect(existsSync(join(parent, 'run', 'run.json'))).toBe(true);
  });

  it.each([
    ['a file of somebody else', 'notes.txt', 'notes', 'holds "notes.txt", which no run left there'],
    ['a file with one of our names and no run.json', 'fills.csv', 'time\n', 'holds files but no run.json of ours'],
    ['a run.json of somebody else', 'run.json', '{}', 'holds files but no run.json of ours'],
  ])('is refused and left alone when it holds %s', (_, name, text, message) => {
    const run = join(parent, 'run');
    mkdirSync(run);
    writeFileSync(join(run, name), text);
    expect(() => requireRunFolder(run)).toThrow(ConfigError);
    expect(() => writeRunFolder(run, record())).toThrow(message);
    expect(readdirSync(run)).toEqual([name]);
    expect(readFileSync(join(run, name), 'utf8')).toBe(text);
    expect(readdirSync(parent)).toEqual(['run']);
  });

  it('is refused when it is a file', () => {
    writeFileSync(join(parent, 'run'), 'text');
    expect(() => requireRunFolder(join(parent, 'run'))).toThrow('is a file, no folder');
  });
});

it('a write that fails leaves no half-written folder behind', () => {
  const broken = { ...record(), versions: undefined as never };
  expect(() => writeRunFolder(join(parent, 'run'), broken)).toThrow();
  expect(readdirSync(parent)).toEqual([]);
});
