import { requireAmount } from '../options.js';
import { eachAlone, pass, type RiskRule, refuse } from './rule.js';

/** Options of {@link noRepeatedOrder}. */
export interface NoRepeatedOrderOptions {
  /** So long an order must not be repeated. Above 0. */
  readonly withinSeconds: number;
}

/**
 * The same strategy does not open the same side of the same instrument with the same quantity again so soon. Throws `ConfigError`
 * when the time is not above 0.
 */
export function noRepeatedOrder({ withinSeconds }: NoRepeatedOrderOptions): RiskRule {
  requireAmount('noRepeatedOrder', 'withinSeconds', withinSeconds);
  return eachAlone('no-repeated-order', ({ strategy, instrument, direction, quantity }, context) => {
    const last = context.lastEntry(strategy, instrument);
    if (last === undefined || last.quantity !== direction * quantity) return pass;
    const seconds = (context.time - last.time) / 1000;
    if (seconds >= withinSeconds) return pass;
    const reason = `the same order left ${seconds} seconds ago, ${withinSeconds} must pass`;
    return refuse(seconds, withinSeconds, reason);
  });
}
