import type { BarHistory } from '@tradekit/core';
import type { Assumption } from '../run-folder/run-record.js';
import type { RunResult } from './run-result.js';

/** What large US stocks pay a year, roughly: the S&P 500 from 2021 to 2024. */
const YIELD = 0.015;

/**
 * By how much the results of positions that are held overnight are wrong where prices have no distributions in them and the market
 * has no list of dividends: too low for long ones, too high for short ones. `undefined` where dividends are there, or nothing was held.
 */
export function dividendGap(
  { exposures, equity, sessions }: RunResult,
  { adjusted = 'split', actions = [] }: BarHistory,
): Assumption | undefined {
  if (adjusted === 'total-return' || actions.some(({ action }) => action.type === 'dividend')) return undefined;
  let long = 0;
  let short = 0;
  for (let k = 0; k < sessions.length; k++) {
    const worth = equity.equity[sessions.row[k]!]!;
    if (!(worth > 0)) continue;
    const held = exposures.held[k]!;
    const mark = exposures.mark[k]!;
    for (let i = 0; i < held.length; i++) {
      if (held[i]! > 0) long += (held[i]! * mark[i]!) / worth;
      else if (held[i]! < 0) short -= (held[i]! * mark[i]!) / worth;
    }
  }
  if (long === 0 && short === 0) return undefined;
  const part = (sum: number): string => `${((sum / sessions.length) * 100).toFixed(1)} %`;
  const gap = (sum: number): string => `${((sum / sessions.length) * YIELD * 100).toFixed(2)} % a year`;
  const sides = [
    ...(long > 0
      ? [`long positions, ${part(long)} of the equity overnight, are understated by about ${gap(long)}`]
      : []),
    ...(short > 0 ? [`short ones, ${part(short)}, are overstated by about ${gap(short)}`] : []),
  ];
  return { name: 'Dividends', text: `not in the data: ${sides.join('; ')}, at ${YIELD * 100} % of dividends` };
}
