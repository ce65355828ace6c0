/** Units: what a split of 2 for 1 does to a value is what its unit says, so that the engine may divide it back. */
import type { BarHistory } from '@tradekit/core';
import { batch } from '@tradekit/indicators';
import { contractMarket } from '@tradekit/indicators/testing';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../catalogue.js';

const ROWS = 260;
const history = contractMarket('clean', ROWS);

/** The same market in shares of half the worth. */
function halved(): BarHistory {
  const { bars } = history;
  const half = (column: Float64Array): Float64Array => column.map((value) => value / 2);
  const { open, high, low, close, volume } = bars;
  return {
    ...history,
    bars: { open: half(open), high: half(high), low: half(low), close: half(close), volume: volume.map((v) => 2 * v) },
  };
}

const after = halved();
const FACTORS = { price: 2, shares: 0.5, none: 1 } as const;
/** Logarithms of prices shift, and what is mixed of two units is of none: their values hold for the shares of the first bar. */
const EXCEPTIONS = new Set([
  'log-close',
  'ema(5,log-close)',
  'difference(close,rsi(3,close))',
  'beta(10,close,volume)',
]);

describe('in shares of half the worth', () => {
  const specs = Object.values(catalogue)
    .flatMap((entries) => entries.map(([spec]) => spec))
    .filter(({ key, warmUpBars }) => warmUpBars < ROWS && !EXCEPTIONS.has(key));

  test.each(specs.map((spec) => [spec.key, spec] as const))('%s has the unit that it says', (_, spec) => {
    const before = batch(spec, history);
    const now = batch(spec, after);
    for (const [cell, value] of before.entries()) {
      const own = (now[cell] ?? 0) * FACTORS[spec.unit];
      if (Number.isNaN(value)) expect(own).toBeNaN();
      else expect(Math.abs(own - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
    }
  });
});
