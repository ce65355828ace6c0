import type { RiskManager } from '@tradekit/core';
import { defaultRules, fixedFraction, maxDailyLoss, maxDrawdown, riskManager } from '@tradekit/risk';
import { noFallingKnife } from './no-falling-knife.js';

/** The shipped rules without their sectors' limit (five names), two that halt, and one of our own before all that cut. */
export default ({ sessions = 5, limitFraction = 0.03 } = {}): RiskManager =>
  riskManager({
    sizer: fixedFraction({ targetFraction: 0.04 }),
    rules: [
      maxDailyLoss({ limitFraction: 0.02 }),
      maxDrawdown({ limitFraction: 0.1 }),
      noFallingKnife({ sessions, limitFraction }),
      ...defaultRules().filter(({ name }) => name !== 'max-sector'),
    ],
  });
