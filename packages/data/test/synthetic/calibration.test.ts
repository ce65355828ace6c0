import { describe, expect, test } from 'vitest';
import { syntheticBars } from '../../src/synthetic/market.js';
import { type Band, MARKET_BANDS, SYMBOL_BANDS } from './bands.js';
import { gridOf } from './grid.js';
import { marketFacts } from './market-facts.js';
import { median } from './statistics.js';
import { symbolFacts } from './symbol-facts.js';

const market = syntheticBars();
const grids = market.series.map((series) => gridOf(series, market.sessions));
const bySymbol = grids.map(symbolFacts);
const together = marketFacts(grids);

function expectInside(value: number, [low, high]: Band): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

describe('the default market behaves as 46 US stocks did', () => {
  test('it has the 46 symbols and 1,005 sessions', () => {
    expect([grids.length, market.sessions.length]).toEqual([46, 1005]);
  });

  test.each(Object.entries(SYMBOL_BANDS))('median over symbols: %s', (name, band) => {
    expectInside(median(bySymbol.map((facts) => facts[name] ?? Number.NaN)), band);
  });

  test.each(Object.entries(MARKET_BANDS))('of all together: %s', (name, band) => {
    expectInside(together[name] ?? Number.NaN, band);
  });
});
