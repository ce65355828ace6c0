import { commission as commissionFrom, freeOfCharge, sessionTimetable } from '@tradekit/core';
import type { BacktestOptions } from './backtest.js';
import type { Assumption } from './run-folder/run-record.js';

/** The options that a report names. */
export type AssumedOptions = Pick<
  BacktestOptions,
  'cashRate' | 'commission' | 'initialCash' | 'risk' | 'slippage' | 'timetable'
>;

/** What a backtest with these options assumes, in words for its report. */
export function assumptionsOf(options: AssumedOptions): readonly Assumption[] {
  const { cashRate = 0, risk, initialCash } = options;
  return [
    { name: 'Cash', text: `$${initialCash} at the start; ${cashRate * 100} % a year taken off in the Sharpe ratio` },
    { name: 'Commission', text: commissionText(options) },
    { name: 'Slippage', text: options.slippage?.name ?? 'none' },
    {
      name: 'Fills',
      text: 'market orders at the next open of the instrument; a limit when the bar trades at or through it; a stop that is jumped over at the open; where a bar touches stop and target, the stop',
    },
    { name: 'Decisions', text: timetableText(options) },
    { name: 'Risk', text: risk.name },
    { name: 'End of the data', text: 'open positions are marked and stay open; open orders are listed, not filled' },
  ];
}

function commissionText({ commission = freeOfCharge }: AssumedOptions): string {
  const { perShare, perOrder, bps } = commissionFrom(commission);
  const parts: string[] = [];
  if (perShare > 0) parts.push(`$${perShare} a share`);
  if (perOrder > 0) parts.push(`$${perOrder} an order`);
  if (bps > 0) parts.push(`${bps} bp of the notional a side`);
  return parts.length === 0 ? 'none' : parts.join(' + ');
}

function timetableText({ timetable = sessionTimetable() }: AssumedOptions): string {
  if (timetable.kind === 'every-slice') return 'on every slice; orders stand until they are filled or cancelled';
  const { firstDecisionMinutes, lastEntryMinutes, exitMinutes, overnightEntries } = timetable;
  const overnight = overnightEntries === 'none' ? '' : '; the slice of the close may enter for the next open';
  return `from ${firstDecisionMinutes} minutes after the open; entries until ${lastEntryMinutes}, exits until ${exitMinutes} minutes before the close${overnight}; orders of the day`;
}
