import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { RunResult } from './result/run-result.js';

/** Named in the hash, so that another layout can never give the same digest by accident. */
const LAYOUT = 'tradekit-digest-1';

/**
 * SHA-256 over orders, fills and equity: the same config and data give the same text on every machine.
 *
 * Layout: the name of the layout in UTF-8, then every column as float64, little-endian, its length before it. Orders: number,
 * strategy, instrument, sign, quantity, codes of pricing, time in force, role and last status, limit and stop price (0 where
 * there is none), time, filled quantity. Fills: time, place of the order, quantity, price, commission. Equity: time, cash,
 * equity. Ids and reasons are text and stay out.
 */
export function digest({ orders, fills, equity }: RunResult): string {
  const hash = createHash('sha256').update(LAYOUT);
  const columns: readonly ArrayLike<number>[] = [
    orders.number,
    orders.strategy,
    orders.instrument,
    orders.sign,
    orders.quantity,
    orders.pricing,
    orders.timeInForce,
    orders.role,
    orders.status,
    orders.limitPrice,
    orders.stopPrice,
    orders.time,
    orders.filledQuantity,
    fills.time,
    fills.order,
    fills.quantity,
    fills.price,
    fills.commission,
    equity.time,
    equity.cash,
    equity.equity,
  ];
  for (const column of columns) hash.update(bytesOf(column));
  return hash.digest('hex');
}

function bytesOf(column: ArrayLike<number>): Uint8Array {
  const cells = new Float64Array(column.length + 1);
  cells[0] = column.length;
  for (let k = 0; k < column.length; k++) {
    const value = column[k]!;
    // NaN has many bit patterns and zero has two signs.
    cells[k + 1] = Number.isNaN(value) ? 0 : value + 0;
  }
  const bytes = Buffer.from(cells.buffer);
  return endianness() === 'LE' ? bytes : bytes.swap64();
}
