/** A second independent reference besides TA-Lib: trading-signals, streaming on one side, our streams on the other. */
import { bollingerUpper, roc, rsi, sma, stream } from '@tradekit/indicators';
import { contractMarket } from '@tradekit/indicators/testing';
import { BollingerBands, ROC, RSI, SMA } from 'trading-signals';
import { expect, test } from 'vitest';

const { bars, universe } = contractMarket('clean', 1040);
const column = (name: keyof typeof bars): Float64Array => bars[name].filter((_, cell) => cell % universe.size === 0);
const [open, high, low, close, volume] = [
  column('open'),
  column('high'),
  column('low'),
  column('close'),
  column('volume'),
];

test('SMA, RSI, ROC and Bollinger bands agree with trading-signals at every bar', () => {
  const ours = [stream(sma(20)), stream(rsi(14)), stream(roc(10)), stream(bollingerUpper())];
  const [mean, index, rate, bands] = [new SMA(20), new RSI(14), new ROC(10), new BollingerBands(20)];
  let compared = 0;
  for (let k = 0; k < close.length; k++) {
    const price = close[k] ?? 0;
    const bar = { open: open[k] ?? 0, high: high[k] ?? 0, low: low[k] ?? 0, close: price, volume: volume[k] ?? 0 };
    const theirs = [mean.add(price), index.add(price), rate.add(price), bands.add(price)?.upper];
    for (const [n, one] of ours.entries()) {
      const value = one.next(bar);
      const other = theirs[n];
      if (other === null || other === undefined || Number.isNaN(value)) continue;
      compared++;
      // Theirs is a fraction where ours is per cent.
      expect(Math.abs(value - (n === 2 ? 100 : 1) * other)).toBeLessThan(1e-9);
    }
  }
  expect(compared).toBeGreaterThan(4000);
});
