import { isFinal, type OrderNumber } from '@tradekit/core';
import { orderStatuses } from './codes.js';
import type { OpenOrder, OrderColumns } from './run-result.js';

/** The orders that still work, in the order of their making. */
export function openOrdersOf(orders: OrderColumns): readonly OpenOrder[] {
  const open: OpenOrder[] = [];
  for (let k = 0; k < orders.length; k++) {
    if (isFinal(orderStatuses[orders.status[k]!]!)) continue;
    open.push({
      number: orders.number[k]! as OrderNumber,
      strategy: orders.strategy[k]! as OpenOrder['strategy'],
      instrument: orders.instrument[k]! as OpenOrder['instrument'],
      sign: orders.sign[k]!,
      remaining: Math.round((orders.quantity[k]! - orders.filledQuantity[k]!) * 1e9) / 1e9,
    });
  }
  return open;
}
