import { costMetrics } from '../metrics/costs.js';
import type { Check } from './check.js';
import type { CheckSubject } from './subject.js';

/** The profit must survive costs so many times as high. */
const TIMES = 2;

/** Reckons whether a profit would survive twice the costs, decisions unchanged. */
export function costFragility({ result }: CheckSubject): Check {
  const { totalCost, returnBeforeCosts, returnAfterCosts, breakEvenCost } = costMetrics(result);
  const say = (verdict: Check['verdict'], text: string): Check => ({
    name: 'cost-fragility',
    verdict,
    evidence: [text],
  });
  if (breakEvenCost.value === null || totalCost.value === null) return say('not-checked', 'nothing was traded');
  const before = returnBeforeCosts.value ?? 0;
  const after = returnAfterCosts.value ?? 0;
  const even = `nothing would be left at ${breakEvenCost.value.toFixed(1)} bp of what is traded a side`;
  if (after <= 0) return say('passed', 'there is no profit that costs could take');
  if (totalCost.value === 0) return say('noted', `the run pays no costs at all; ${even}`);
  if (before - TIMES * (before - after) > 0) return say('passed', `the profit survives twice the costs; ${even}`);
  return say('noted', `the profit does not survive twice the costs; ${even}`);
}
