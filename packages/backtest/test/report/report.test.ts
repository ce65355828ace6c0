import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assumptionsOf, backtest, type RunRecord, writeRunFolder } from '../../src/index.js';
import { handMade } from '../market.js';
import { script } from '../script.js';

function report(more: Partial<RunRecord> = {}): string {
  const parent = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    const options = handMade();
    writeRunFolder(join(parent, 'run'), {
      result: backtest(options),
      name: 'hand-made',
      mode: 'backtest',
      status: { kind: 'complete' },
      config: '',
      versions: { tradekit: '0.1.0' },
      startedAt: '2026-11-23T12:00:00.000Z',
      warnings: [],
      assumptions: assumptionsOf(options),
      ...more,
    });
    return readFileSync(join(parent, 'run', 'report.html'), 'utf8');
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

it('shows the numbers of metrics.json without JavaScript', () => {
  const page = report().replace(/<script[\s\S]*?<\/script>/g, '');
  expect(page).toContain('<dt>Final equity</dt><dd>$10,020.67</dd>');
  expect(page).toContain('<dt>Total return</dt><dd>0.21 %</dd>');
  expect(page).toContain('<dt>Round trips won</dt><dd>50.00 %</dd>');
  expect(page).toContain('2021-01-04 to 2021-01-06 · 3 sessions');
});

it('has a line for the strategy and one for every symbol, the best first', () => {
  const [page = ''] = report().split('<h2>Round trips');
  const rows = [...page.matchAll(/<tr><th scope="row">(\w+)<\/th><td class="(?:gain|loss)">([^<]+)</g)];
  expect(rows.map(([, name, profit]) => `${name} ${profit}`)).toEqual([
    'scripted $20.67',
    'A $49.80',
    'B $5.97',
    'C -$35.10',
  ]);
});

it('needs nothing from anywhere: no address is loaded, and the charts are in the page with their licence', () => {
  const page = report();
  expect(page).not.toMatch(/(?:src|href)\s*=|@import|url\(/);
  expect(page).toContain(
    'uPlot 1.6.32, https://github.com/leeoniya/uPlot, copyright (c) 2022 Leon Sorokin, MIT licence',
  );
  expect(page).toContain('var uPlot=');
});

it('escapes every text that somebody else wrote', () => {
  const evil = '</script><img src=x onerror=alert(1)>';
  const page = report({
    name: evil,
    warnings: [evil],
    assumptions: [{ name: evil, text: evil }],
    versions: { [evil]: evil },
  });
  expect(page).not.toContain('<img');
  expect(page.split('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;').length - 1).toBe(7);
});

it('names what the run assumes', () => {
  const page = report();
  expect(page).toContain('<dt>Commission</dt><dd>$0.01 a share</dd>');
  expect(page).toContain('<dt>Slippage</dt><dd>none</dd>');
  expect(page).toContain('<dd>on every slice; orders stand until they are filled or cancelled</dd>');
});

it('says when trading was halted, and why a number is missing', () => {
  const on = script();
  on.slice(
    Date.UTC(2021, 0, 4, 15),
    18_631,
    [10, 20],
    [{ kind: 'state', state: 'halted', until: 'started', rule: 'drawdown', reason: '-10.2 %' }],
  );
  const page = report({ result: on.recorder.result() });
  expect(page).toContain('Halted on 2021-01-04; 0.00 % of the period not traded (drawdown: -10.2 %).');
  expect(page).toContain('<dd>–</dd><small>no round trip was closed</small>');
  expect(page).toContain('Nothing was traded.');
});
