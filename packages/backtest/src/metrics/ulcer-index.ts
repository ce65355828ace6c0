import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/**
 * Ulcer index: root of the mean over all sessions of the squared fall from the highest close so far, as a fraction. Source:
 * Martin and McCann, The Investor's Guide to Fidelity Funds (1989).
 */
export function ulcerIndex({ equity, sessions }: RunResult): Metric {
  if (sessions.length === 0) return notDefined('fraction', 'no session was closed');
  let highest = 1;
  let squares = 0;
  for (const row of sessions.row) {
    const index = equity.index[row]!;
    if (index > highest) highest = index;
    squares += (1 - index / highest) ** 2;
  }
  return metric(Math.sqrt(squares / sessions.length), 'fraction');
}
