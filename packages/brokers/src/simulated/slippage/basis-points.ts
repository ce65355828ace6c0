import { inRange } from './in-range.js';
import { noSlippage, type SlippageModel } from './model.js';

/** Always worse by so many hundredths of a percent, counted as spread. Throws `ConfigError` on a negative number. */
export function slippageBps(bps: number): SlippageModel {
  inRange('bps', bps, bps >= 0 && bps < 10_000, 'at least 0 and below 10000');
  if (bps === 0) return noSlippage;
  return proportional(`${bps} bp`, bps, 'spread');
}

/**
 * The price moves against a fill while the order is on its way: worse by so many hundredths of a percent, counted as impact. It
 * stands in for a delay where there are no bars finer than the run's. Throws `ConfigError` on a negative number.
 */
export function adverseDrift(bps: number): SlippageModel {
  inRange('adverse drift', bps, bps >= 0 && bps < 10_000, 'of basis points, at least 0 and below 10000');
  return bps === 0 ? noSlippage : proportional(`${bps} bp of adverse drift`, bps, 'impact');
}

function proportional(name: string, bps: number, kind: 'spread' | 'impact'): SlippageModel {
  const fraction = bps * 1e-4;
  return Object.freeze<SlippageModel>({
    name,
    on: () => (execution, cost) => {
      cost[kind] += execution.price * fraction;
    },
  });
}
