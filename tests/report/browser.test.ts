/** The report in a real browser: Chromium, where there is one (`TRADEKIT_CHROMIUM`, else from the path). */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assumptionsOf, backtest, buyAndHold, checksOf, type Metric, writeRunFolder } from '@tradekit/backtest';
import { slippageBps } from '@tradekit/brokers/simulated';
import { commission, type StrategySlot } from '@tradekit/core';
import { fixedFraction, maxPosition, riskManager } from '@tradekit/risk';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { honest } from '../checks/honest.js';
import { calendar, randomWalk } from '../checks/market.js';

const program =
  process.env.TRADEKIT_CHROMIUM ??
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
    .find((path) => existsSync(path));

if (program === undefined) console.warn('no Chromium found: the report is not looked at in a browser');

describe.skipIf(program === undefined)('the report in a browser', () => {
  const parent = mkdtempSync(join(tmpdir(), 'report-browser-'));
  const folder = join(parent, 'run');
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const history = randomWalk(11);
    const [, create] = honest.find(([name]) => name === 'breakout with stop and target') ?? [];
    const strategies: readonly StrategySlot[] =
      create === undefined ? [] : [{ name: 'breakout', create, weight: 1, parameters: {} }];
    const options = {
      history,
      calendar,
      strategies,
      risk: riskManager({
        sizer: fixedFraction({ targetFraction: 0.2 }),
        rules: [maxPosition({ limitFraction: 0.25 })],
      }),
      initialCash: 100_000,
      commission: commission({ bps: 1 }),
      slippage: slippageBps(1),
    };
    const result = backtest(options);
    writeRunFolder(folder, {
      result,
      context: { market: history, benchmark: buyAndHold(history) },
      name: 'breakout',
      mode: 'backtest',
      status: { kind: 'complete' },
      config: 'name: breakout\n',
      versions: { tradekit: '0.0.0' },
      startedAt: '2026-11-23T12:00:00.000Z',
      warnings: ['a warning'],
      assumptions: assumptionsOf(options),
      checks: checksOf(options, result),
    });
    browser = await chromium.launch({
      executablePath: program ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`asks for ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(parent, { recursive: true, force: true });
  });

  test('opens without a complaint, and asks nobody for anything', () => {
    expect(complaints).toEqual([]);
  });

  test('its numbers are those of metrics.json', async () => {
    const { digest, ...metrics } = JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')) as {
      digest: string;
    } & Record<string, Metric>;
    const titles = await page
      .locator('table.metrics td[title]')
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('title') ?? ''));
    const defined = Object.values(metrics).filter(({ value }) => value !== null);
    expect(titles).toHaveLength(defined.length);
    for (const { value, unit, note } of defined)
      expect(titles).toContain(`${value} ${unit}${note === undefined ? '' : `; ${note}`}`);
    const reasons = await page.locator('table.metrics td.none').allTextContents();
    expect(reasons).toHaveLength(Object.values(metrics).length - defined.length);
    expect(await page.locator('footer').textContent()).toContain(digest);
  });

  test('draws its charts: a canvas each, and the benchmark beside the equity', async () => {
    for (const id of ['equity', 'drawdown', 'rolling-sharpe', 'rolling-volatility', 'price'])
      expect(await page.locator(`#${id} canvas`).count(), id).toBe(1);
    expect(await page.locator('#equity .u-legend').textContent()).toContain('equal weights bought and held');
  });

  test('a table sorts by a click and by the keyboard, the other way round the second time', async () => {
    const table = page.locator('section', { has: page.locator('h2', { hasText: 'By symbol' }) }).locator('table');
    const names = () => table.locator('tbody th').allTextContents();
    await table.locator('thead button').first().click();
    expect(await names()).toEqual([...(await names())].sort());
    await table.locator('thead button').first().focus();
    await page.keyboard.press('Enter');
    expect(await names()).toEqual([...(await names())].sort().reverse());
    expect(await table.locator('thead th').first().getAttribute('aria-sort')).toBe('descending');
  });

  test('another symbol is drawn when it is chosen', async () => {
    await page.locator('#symbol').selectOption('C');
    expect(await page.locator('#price .u-legend').textContent()).toContain('C');
    expect(complaints).toEqual([]);
  });

  test('is readable in the dark and prints', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    const back = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await back()).toBe('rgb(20, 22, 26)');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await back()).toBe('rgb(255, 255, 255)');
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(complaints).toEqual([]);
  });
});
