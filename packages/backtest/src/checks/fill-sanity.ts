import { isoTime, type Timestamp } from '@tradekit/core';
import { fillBarRow } from '../metrics/bar-row.js';
import { type Check, verdictOf } from './check.js';
import type { CheckSubject } from './subject.js';

/** Rounding of prices that were reckoned. */
const DUST = 1e-9;

/**
 * Looks at every fill: its price before slippage lies within its bar, or is the official close; the bar was traded; the quantity is
 * no more than the bar's volume.
 */
export function fillSanity({ options: { history }, result }: CheckSubject): Check {
  const { fills } = result;
  const { bars, universe, official, firstRow } = history;
  if (fills.length === 0) return { name: 'fill-sanity', verdict: 'not-checked', evidence: ['nothing was filled'] };
  const found: string[] = [];
  let session = 0;
  let beyond = 0;
  for (let k = 0; k < fills.length; k++) {
    const instrument = fills.instrument[k]!;
    const row = fillBarRow(result, k, history);
    while (firstRow[session + 1]! <= row) session += 1;
    const cell = row * universe.size + instrument;
    const quantity = fills.quantity[k]!;
    const price = fills.price[k]! - (fills.sign[k]! * (fills.spread[k]! + fills.impact[k]!)) / quantity;
    const where = (): string => `${universe.instruments[instrument]!.id} at ${isoTime(fills.time[k]! as Timestamp)}`;
    const isClose = Math.abs(price - official[session * universe.size + instrument]!) <= DUST * price;
    if (Number.isNaN(bars.close[cell]!) && !isClose)
      found.push(`${where()}: filled at ${price} in a bar that nobody traded`);
    else if (!isClose && (price > bars.high[cell]! * (1 + DUST) || price < bars.low[cell]! * (1 - DUST)))
      found.push(`${where()}: filled at ${price}, the bar went from ${bars.low[cell]} to ${bars.high[cell]}`);
    if (bars.volume[cell]! > 0 && quantity > bars.volume[cell]!) beyond += 1;
  }
  if (beyond > 0 && found.length === 0) {
    const evidence = [
      `${beyond} of ${fills.length} fills are larger than the volume of their bar: set a participation`,
    ];
    return { name: 'fill-sanity', verdict: 'failed', evidence };
  }
  return verdictOf('fill-sanity', found, `${fills.length} fills lie within their bars and their volume`);
}
