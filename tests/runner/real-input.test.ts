/** The full system over the real 46 files, and its books checked from the text of its files alone. Skips where the data is not. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FolderRun, loadConfig, runToFolder } from 'tradekit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const real = join(process.env.TRADEKIT_TEST_DATA ?? join(root, '../shared/data'), 'real15');
const isThere = existsSync(real);
if (!isThere) console.warn(`real input: skipped, there is no ${real}; name the folder of real15 in TRADEKIT_TEST_DATA`);

interface FillRow {
  readonly symbol: string;
  readonly signed: number;
  readonly price: number;
  readonly commission: number;
}

/** Rows of a CSV file as maps of text. */
function rows(path: string): readonly Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((text, k) => [names[k] ?? '', text])));
}

function fillsOf(path: string): readonly FillRow[] {
  return rows(path).map(({ symbol = '', side, quantity, price, commission }) => ({
    symbol,
    signed: (side === 'buy' ? 1 : -1) * Number(quantity),
    price: Number(price),
    commission: Number(commission),
  }));
}

describe.skipIf(!isThere)('the full system over the real files, 2021-01-01 to 2024-12-31', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradekit-real-'));
  const output = join(folder, 'run');
  let run: FolderRun;

  beforeAll(async () => {
    const flags = { data: real, start: '2021-01-01', end: '2024-12-31' };
    run = await runToFolder(loadConfig(join(root, 'examples/full-system/config.yaml'), flags), {
      output,
      startedAt: new Date(0),
    });
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finishes, with 1,005 sessions; says what META was before it was META, and that the list was chosen with hindsight', () => {
    expect(run.summary).toMatchObject({ status: 'complete', symbols: 46, synthetic: false });
    expect(run.summary.warnings).toEqual([
      expect.stringMatching(/^bars of days .* were left out: META \(\d+ before 2022-06-09\)$/),
      expect.stringContaining('45 of 46 symbols have no date from which it was on the list'),
    ]);
    expect(run.summary.metrics.sessions.value).toBe(1005);
  });

  test('cash, positions and final equity follow from fills.csv alone', () => {
    const fills = fillsOf(join(output, 'fills.csv'));
    expect(fills.length).toBeGreaterThan(1000);
    const held = new Map<string, number>();
    let cash = 1_000_000;
    for (const { symbol, signed, price, commission } of fills) {
      held.set(symbol, (held.get(symbol) ?? 0) + signed);
      cash -= signed * price + commission;
    }
    const { positions, universe, finalCash, finalEquity } = run.result;
    const open = new Map(
      positions.map(({ instrument, quantity }) => [universe.instruments[instrument]?.id ?? '', quantity]),
    );
    for (const [symbol, shares] of held) expect({ symbol, shares }).toEqual({ symbol, shares: open.get(symbol) ?? 0 });
    expect([...open.keys()].every((symbol) => held.has(symbol))).toBe(true);

    const marks = new Map(positions.map(({ instrument, mark }) => [universe.instruments[instrument]?.id ?? '', mark]));
    const equity = [...open].reduce((sum, [symbol, shares]) => sum + shares * (marks.get(symbol) ?? Number.NaN), cash);
    const last = rows(join(output, 'equity.csv')).at(-1);
    const metrics = JSON.parse(readFileSync(join(output, 'metrics.json'), 'utf8')) as Record<string, { value: number }>;
    for (const found of [finalCash, Number(last?.cash), metrics.finalCash?.value]) expect(found).toBeCloseTo(cash, 4);
    for (const found of [finalEquity, Number(last?.equity), metrics.finalEquity?.value])
      expect(found).toBeCloseTo(equity, 4);
  });

  test('marks of what is held are the official closes of the files', () => {
    const { positions, universe } = run.result;
    for (const { instrument, mark } of positions) {
      const symbol = universe.instruments[instrument]?.id ?? '';
      const day = rows(join(real, `${symbol}_15min.csv`)).filter(({ timestamp = '' }) =>
        timestamp.startsWith('2024-12-31'),
      );
      // 16:00 New York in winter; where the file has no such bar, the close of the bar before it.
      const official = day.find(({ timestamp }) => timestamp === '2024-12-31 21:00:00')?.open;
      const last = day.find(({ timestamp }) => timestamp === '2024-12-31 20:45:00')?.close;
      expect({ symbol, mark }).toEqual({ symbol, mark: Number(official ?? last ?? mark) });
    }
  });

  test('is the system that was measured: exposure near 45 %, turnover near 0.055, about 7 % a year', () => {
    const { cagr, exposure, turnover, sharpe, maxDrawdown } = run.summary.metrics;
    expect(exposure.value).toBeGreaterThan(0.43);
    expect(exposure.value).toBeLessThan(0.47);
    expect(turnover.value).toBeGreaterThan(0.045);
    expect(turnover.value).toBeLessThan(0.06);
    expect(cagr.value).toBeGreaterThan(0.06);
    expect(cagr.value).toBeLessThan(0.085);
    expect(sharpe.value).toBeGreaterThan(0.85);
    expect(maxDrawdown.value).toBeLessThan(0.11);
  });
});
