import type { RiskContext } from '@tradekit/core';
import type { Addition, RiskRule, Ruling } from './rule.js';
import { allPass, pass } from './rule.js';

/** A difference of so many dollars is the dust of sums. */
const DUST = 1e-6;

/**
 * Opening buys may take no more cash than is there and not reserved by working orders: quantity × worst price + commission.
 * What sales of the same slice will bring is not counted on. Opening sales take no cash.
 */
export function cashReserve(): RiskRule {
  return {
    name: 'cash-reserve',
    check(additions, context) {
      const free = context.cash - context.reservedCash;
      const cost = costOf(additions, 1, context);
      if (cost <= free + DUST || cost === 0) return allPass(additions);
      const fixed = costOf(additions, 0, context);
      const room = free - fixed;
      const fraction = room > 0 ? Math.min(1, room / (cost - fixed)) : 0;
      return additions.map((addition) => (addition.direction < 0 ? pass : cut(addition, fraction, cost, free)));
    },
  };
}

/** What the buys among additions take when a fraction of each is made; of none of them the commissions of orders. */
function costOf(additions: readonly Addition[], fraction: 0 | 1, context: RiskContext): number {
  let cost = 0;
  for (let k = 0; k < additions.length; k++) {
    const { direction, quantity, worstPrice } = additions[k]!;
    if (direction < 0) continue;
    const shares = fraction * quantity;
    cost += shares * worstPrice + context.commission(shares, worstPrice);
  }
  return cost;
}

function cut({ quantity }: Addition, fraction: number, cost: number, free: number): Ruling {
  const reason = `buying would take up to ${dollars(cost)} of cash, ${dollars(free)} are free`;
  return { kind: 'cut', quantity: quantity * fraction, measured: cost, limit: free, reason };
}

function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}
