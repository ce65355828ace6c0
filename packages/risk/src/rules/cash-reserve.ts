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
      let cost = 0;
      let fixed = 0;
      for (const addition of additions) {
        if (addition.direction < 0) continue;
        cost += costOf(addition, addition.quantity, context);
        fixed += costOf(addition, 0, context);
      }
      if (cost <= free + DUST || cost === 0) return allPass(additions);
      const room = free - fixed;
      const fraction = room > 0 ? Math.min(1, room / (cost - fixed)) : 0;
      return additions.map((addition) => (addition.direction < 0 ? pass : cut(addition, fraction, cost, free)));
    },
  };
}

function costOf({ worstPrice }: Addition, quantity: number, context: RiskContext): number {
  return quantity * worstPrice + context.commission(quantity, worstPrice);
}

function cut({ quantity }: Addition, fraction: number, cost: number, free: number): Ruling {
  const reason = `buying would take up to ${dollars(cost)} of cash, ${dollars(free)} are free`;
  return { kind: 'cut', quantity: quantity * fraction, measured: cost, limit: free, reason };
}

function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}
