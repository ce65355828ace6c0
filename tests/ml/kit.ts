/** A plan that is trained in a moment. */
import type { TrainingPlan } from '@tradekit/ml';

export const plan: TrainingPlan = {
  labels: { kind: 'direction', horizonBars: 4, deadBand: { kind: 'fixed', fraction: 0.001 } },
  features: [
    { name: 'last', indicator: 'logReturn' },
    { name: 'four', indicator: 'logReturn', parameters: { bars: 4 } },
    { name: 'stretch', indicator: 'vwapDeviation' },
  ],
  trainer: { kind: 'boosting', rounds: 5, growth: { kind: 'depth-wise', maxDepth: 2 } },
};
