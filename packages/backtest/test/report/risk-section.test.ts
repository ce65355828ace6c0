import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assumptionsOf, backtest, type RunRecord, reviewOf, writeRunFolder } from '../../src/index.js';
import { riskSection } from '../../src/report/risk-section.js';
import { sparkline } from '../../src/report/sparkline.js';
import { handMade } from '../market.js';
import { runOf } from '../risk/run.js';

const parent = mkdtempSync(join(tmpdir(), 'risk-section-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Files of a run with limits and counts. */
const read = (name: string): string => readFileSync(join(parent, 'run', name), 'utf8');

beforeAll(() => {
  const options = handMade();
  const record: RunRecord = {
    result: backtest(options),
    limits: { maxPositionFraction: 0.2, maxDailyLossFraction: 0.02 },
    tally: {
      wishes: 9,
      cuts: { 'max-position': 3 },
      sizes: { sizer: 'kelly(trades)', own: 2, capped: 6, refused: 1, none: 0 },
    },
    name: 'hand-made',
    mode: 'backtest',
    status: { kind: 'complete' },
    config: '',
    versions: {},
    startedAt: '2026-11-23T12:00:00.000Z',
    warnings: [],
    assumptions: assumptionsOf(options),
  };
  writeRunFolder(join(parent, 'run'), record);
});

describe('the risk page', () => {
  it('shows the peak use of every limit, zero included, beside the numbers of risk.json', () => {
    const { limits } = JSON.parse(read('risk.json'));
    const rows = [
      ...read('report.html').matchAll(/<th scope="row" title="[^"]*">([a-z-]+)<\/th><td>([^<]+)<\/td><td>([^<]+)</g),
    ];
    expect(rows.map(([, rule]) => rule)).toEqual(limits.map(({ rule }: { rule: string }) => rule));
    // 5 C bought at 198, at most 990 at a mark, beside 10 A at 105: A is the larger one, 1,060 of about 10,028 at its last close
    const [position] = limits;
    expect(position).toMatchObject({ rule: 'max-position', limit: 0.2, unit: 'fraction' });
    expect(rows[0]?.slice(2)).toEqual(['20.00 %', `${(position.peak * 100).toFixed(2)} %`]);
    // On the third day C falls from 193 to 191, 5 shares of it, and is sold for a cent each: 10.05 of 10,030 or so
    expect(rows.at(-2)?.slice(1)).toEqual(['max-daily-loss', '2.00 %', '0.10 %']);
  });
  it('says how often a cap and not Kelly set the size', () => {
    expect(read('report.html')).toContain(
      'Of 9 wishes that kelly(trades) sized, its own number stood 2 times and a cap or a rule made it less 6 times (75.00 % of those that were granted); 1 were refused, and for 0 it gave nothing.',
    );
    expect(JSON.parse(read('risk.json')).wishes.sizes).toMatchObject({ own: 2, capped: 6 });
  });
  it('says what is not known', () => {
    const page = read('report.html');
    expect(page).toContain('Not known: too few sessions began with positions whose past is known.');
    expect(page).toContain('<h3>Losses that halted trading</h3><p class="none">None.</p>');
  });
  it('escapes names that somebody else gave', () => {
    const run = runOf({ sessions: [[1], [1]], refusals: [{ time: 1, rule: '<img src=x>' }] as never });
    const page = riskSection(run, reviewOf(run)).text;
    expect(page).toContain('&lt;img src=x&gt;');
    expect(page).not.toContain('<img');
  });
});

describe('its files', () => {
  it('risk.csv has a row for each session and the highest of each column is the peak', () => {
    const [header = '', ...rows] = read('risk.csv').trimEnd().split('\n');
    expect(header).toBe(
      'session,return,max-position,max-sector,max-gross,max-net,max-leverage,max-positions,max-daily-loss,max-drawdown,var-historical-95,cvar-historical-95,var-normal-95,cvar-normal-95,var-historical-99,cvar-historical-99,var-normal-99,cvar-normal-99',
    );
    expect(rows.map((row) => row.slice(0, 10))).toEqual(['2021-01-04', '2021-01-05', '2021-01-06']);
    const { limits } = JSON.parse(read('risk.json'));
    for (const [place, { peak }] of limits.entries()) {
      expect(Math.max(...rows.map((row) => Number(row.split(',')[place + 2])))).toBe(peak);
    }
  });
  it('risk.json has the book under stress, so that a scenario can be recomputed', () => {
    const { book, stress } = JSON.parse(read('risk.json'));
    expect(book).toMatchObject({ session: '2021-01-06', positions: [{ id: 'B', quantity: 3, price: 52 }] });
    const fall = stress.find(({ scenario }: { scenario: string }) => scenario === 'the year 2022');
    expect(fall.profit).toBeCloseTo(3 * 52 * -0.181, 9);
  });
  it('refusals.csv ends with the mark and what the wish would have made', () => {
    expect(read('refusals.csv').split('\n')[0]).toMatch(/,reason,mark,nextSessionReturn$/);
  });
});

describe('a sparkline', () => {
  const path = (values: readonly number[], limit?: number): string | undefined =>
    / d="([^"]*)"/.exec(sparkline(values, limit, 'x').text)?.[1];

  it('goes from 0 at the bottom to the highest of use and limit at the top', () => {
    expect(path([0, 1, 2])).toBe('M0 34L110 18L220 2');
    expect(path([0, 1, 2], 4)).toBe('M0 34L110 26L220 18');
    expect(sparkline([0, 1], 4, 'x').text).toContain('<line x1="0" x2="220" y1="2" y2="2"/>');
  });
  it('stays at the bottom where nothing was used, and breaks where there is no number', () => {
    expect(path([0, 0])).toBe('M0 34L220 34');
    expect(path([1, Number.NaN, 1])).toBe('M0 2M220 2');
  });
  it('loses no peak of a long run', () => {
    const values = Array.from({ length: 1000 }, (_, k) => (k === 503 ? 1 : 0));
    expect(path(values)).toMatch(/L\S+ 2L/);
    expect(path(values)?.split('L')).toHaveLength(220);
  });
});
