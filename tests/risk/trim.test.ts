/** Rule 5.3: drift past a limit blocks adding, and beyond 1.2 times the limit what is held is trimmed to it. */
import { backtest, type RunResult } from '@tradekit/backtest';
import { ConfigError, everySlice, type StrategyFactory } from '@tradekit/core';
import {
  fixedFraction,
  fixedQuantity,
  maxGross,
  maxPosition,
  maxSector,
  type RiskRule,
  riskManager,
} from '@tradekit/risk';
import { describe, expect, test } from 'vitest';
import { calendarOf, marketOf, still } from '../../packages/brokers/test/simulated/kit.js';

/** Long in everything on the first slice, and nothing more is said. */
const once: StrategyFactory = () => ({
  name: 'once',
  generateSignals: ({ instruments, slice }) =>
    slice === 0 ? instruments.map((instrument) => ({ instrument, direction: 1, reason: 'first' })) : [],
});

interface Drift {
  /** Prices by instrument; every bar stands still. */
  readonly prices: Readonly<Record<string, readonly number[]>>;
  readonly rules: readonly RiskRule[];
  readonly shares?: number;
  readonly trimFactor?: number;
}

function run({ prices, rules, shares = 40, trimFactor }: Drift): RunResult {
  const bars = Object.fromEntries(Object.entries(prices).map(([id, row]) => [id, row.map((price) => still(price))]));
  const history = marketOf({ bars });
  return backtest({
    history,
    calendar: calendarOf(history),
    strategies: [{ name: 'once', create: once, weight: 1 }],
    risk: riskManager({ sizer: fixedQuantity(shares), rules, ...(trimFactor === undefined ? {} : { trimFactor }) }),
    initialCash: 100_000,
    timetable: everySlice,
  });
}

const fills = ({ fills: { length, sign, quantity, price, row } }: RunResult): readonly string[] =>
  Array.from(
    { length },
    (_, k) => `${(sign[k] ?? 0) > 0 ? 'buy' : 'sell'} ${quantity[k]} at ${price[k]} row ${row[k]}`,
  );

describe('a position of 40 shares bought at 100, of 100,000 dollars', () => {
  const rules = [maxPosition({ limitFraction: 0.05 })];

  test('at 149 it is 5.84 % and stays', () => {
    // 40 × 149 = 5,960 of 96,000 + 5,960 = 101,960.
    expect(fills(run({ prices: { A: [100, 100, 149, 149, 149] }, rules }))).toEqual(['buy 40 at 100 row 1']);
  });

  test('at 154 it is 6.03 %, past 1.2 times the limit, and is trimmed to 5 %: 33 shares', () => {
    // 40 × 154 = 6,160 of 102,160; 5 % are 5,108: 33.17 shares.
    const result = run({ prices: { A: [100, 100, 154, 154, 154] }, rules });
    expect(fills(result)).toEqual(['buy 40 at 100 row 1', 'sell 7 at 154 row 3']);
    expect(result.orders.reason[1]).toBe('max-position: trimmed from 6.03 % to 5 %');
    expect(result.positions[0]?.quantity).toBe(33);
  });

  test('what was trimmed is not bought back when the price falls', () => {
    expect(fills(run({ prices: { A: [100, 100, 154, 154, 100, 100] }, rules }))).toHaveLength(2);
  });

  test('with another factor the drift may be larger', () => {
    expect(fills(run({ prices: { A: [100, 100, 154, 154] }, rules, trimFactor: 1.3 }))).toHaveLength(1);
  });
});

test('of a sector all members shrink by the same part', () => {
  // Both without a sector are one: 19 of A at 200 and 19 of B at 100 are 5,700 of 101,900, 5.6 %; more than 1.2 × 4 %.
  const prices = { A: [100, 100, 200, 200], B: [100, 100, 100, 100] };
  const result = run({ prices, rules: [maxSector({ limitFraction: 0.04 })], shares: 19 });
  // 4,076 ÷ 5,700 of 19 is 13.6: 13 stay.
  expect(fills(result)).toEqual([
    'buy 19 at 100 row 1',
    'buy 19 at 100 row 1',
    'sell 6 at 200 row 3',
    'sell 6 at 100 row 3',
  ]);
});

test('of several rules the one that lets least stay counts', () => {
  const rules = [maxGross({ limitFraction: 0.05 }), maxPosition({ limitFraction: 0.045 })];
  // 40 × 154 = 6,160 of 102,160; 4.5 % are 4,597.2: 29.85 shares.
  const result = run({ prices: { A: [100, 100, 154, 154] }, rules, shares: 40 });
  expect(fills(result)[1]).toBe('sell 11 at 154 row 3');
  expect(result.orders.reason[1]).toContain('max-position');
});

test('a factor below 1, or none at all, is refused', () => {
  const make = (trimFactor: number) => () =>
    riskManager({ sizer: fixedFraction({ targetFraction: 0.04 }), rules: [], trimFactor });
  expect(make(0.9)).toThrow(ConfigError);
  expect(make(Number.NaN)).toThrow('trimFactor is NaN; give a number of at least 1');
});
