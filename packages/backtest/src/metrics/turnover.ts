import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/**
 * What is traded in a session, as a part of the equity: sum of quantity × price over all fills, each fill counted once and buys
 * and sells added up, ÷ mean equity at the sessions' closes ÷ sessions. A position of 4 % bought and sold again is 0.08.
 */
export function turnover({ fills, equity, sessions }: RunResult): Metric {
  if (sessions.length === 0) return notDefined('fraction per session', 'no session was closed');
  let notional = 0;
  for (let k = 0; k < fills.length; k++) notional += fills.quantity[k]! * fills.price[k]!;
  let sum = 0;
  for (const row of sessions.row) sum += equity.equity[row]!;
  const mean = sum / sessions.length;
  if (!(mean > 0)) return notDefined('fraction per session', 'the mean equity is not above zero');
  return metric(notional / mean / sessions.length, 'fraction per session');
}
