// What the shipped strategies find of an effect of known size, and that they find nothing where there is nothing: over many
// markets, before costs. 10 of each in the normal run; TRADEKIT_SEEDS=200 for the figures of the guide.
import { backtest } from '@tradekit/backtest';
import { nyse, type StrategyFactory } from '@tradekit/core';
import { type SyntheticEffect, syntheticHistory } from '@tradekit/data';
import { fixedFraction, riskManager } from '@tradekit/risk';
import { meanReversion, momentum } from '@tradekit/strategies';
import { describe, expect, test } from 'vitest';

const SEEDS = Number(process.env.TRADEKIT_SEEDS ?? 10);
const CASH = 1_000_000;
const SECTORS = ['Energy', 'Financials', 'Health Care', 'Industrials'];
const instruments = Array.from({ length: 12 }, (_, k) => ({ id: `S${k}`, sector: SECTORS[k % SECTORS.length] }));

/** Profit of each market as a fraction of the cash: a year of twelve stocks that have no drift of their own. */
function profits(create: StrategyFactory, parameters: object, effect: SyntheticEffect | undefined): readonly number[] {
  return Array.from({ length: SEEDS }, (_, seed) => {
    const market = { seed: 1000 + seed, last: '2021-12-31', instruments, drift: 0 };
    const history = syntheticHistory(effect === undefined ? market : { ...market, effect });
    const { finalEquity } = backtest({
      history,
      calendar: nyse,
      initialCash: CASH,
      risk: riskManager({ sizer: fixedFraction({ targetFraction: 0.04 }), rules: [] }),
      strategies: [{ name: 'one', weight: 1, create, parameters: parameters as Readonly<Record<string, unknown>> }],
    });
    return finalEquity / CASH - 1;
  });
}

/** Mean of the profits in standard errors. */
function tValue(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return mean / Math.sqrt(variance / values.length);
}

const CASES = [
  { name: 'momentum', create: momentum, parameters: { shorts: true }, kind: 'trend' },
  { name: 'mean reversion', create: meanReversion, parameters: {}, kind: 'reversal' },
] as const;

describe.each(CASES)('$name', ({ create, parameters, kind }) => {
  const found = (bpsPerBar: number): readonly number[] =>
    profits(create, parameters, bpsPerBar === 0 ? undefined : { kind, bpsPerBar });

  test('earns nothing where nothing is planted', () => {
    const t = tValue(found(0));
    console.info(`${kind}, nothing planted: t ${t.toFixed(2)}`);
    expect(Math.abs(t)).toBeLessThan(3);
  }, 600_000);

  test('finds an effect of 4 bp a bar in nearly every market, and the more the larger it is', () => {
    const curve = [1, 2, 4].map((bpsPerBar) => {
      const values = found(bpsPerBar);
      const share = values.filter((profit) => profit > 0).length / values.length;
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      console.info(
        `${kind} ${bpsPerBar} bp: profit in ${(100 * share).toFixed(1)} % of markets, mean ${(100 * mean).toFixed(2)} %, t ${tValue(values).toFixed(1)}`,
      );
      return { share, mean };
    });
    expect(curve[2]?.share).toBeGreaterThanOrEqual(0.95);
    expect(curve[2]?.mean).toBeGreaterThan(curve[1]?.mean ?? 0);
    expect(curve[1]?.mean).toBeGreaterThan(curve[0]?.mean ?? 0);
  }, 600_000);
});
