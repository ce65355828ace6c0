import { worstCase } from '@tradekit/brokers/simulated';
import { commission as commissionFrom, freeOfCharge, sessionTimetable } from '@tradekit/core';
import type { BacktestOptions } from './backtest.js';
import type { Assumption } from './run-folder/run-record.js';

/** The options that a report names. */
export type AssumedOptions = Pick<
  BacktestOptions,
  | 'account'
  | 'cashRate'
  | 'collarBps'
  | 'commission'
  | 'entryOrders'
  | 'fees'
  | 'initialCash'
  | 'path'
  | 'risk'
  | 'slippage'
  | 'timetable'
>;

/** What a backtest with these options assumes, in words for its report. */
export function assumptionsOf(options: AssumedOptions): readonly Assumption[] {
  const { cashRate = 0, risk, initialCash } = options;
  return [
    { name: 'Cash', text: `$${initialCash} at the start; ${cashRate * 100} % a year taken off in the Sharpe ratio` },
    { name: 'Commission', text: commissionText(options) },
    { name: 'Fees', text: options.fees?.name ?? 'none' },
    { name: 'Slippage', text: options.slippage?.name ?? 'none' },
    {
      name: 'Fills',
      text: `${entriesText(options)}; market orders at the next open of the instrument; a limit when the bar trades at or through it; a stop that is jumped over at the open; ${quantityText(options)}`,
    },
    { name: 'Path inside a bar', text: (options.path ?? worstCase).name },
    { name: 'Account', text: accountText(options) },
    { name: 'Decisions', text: timetableText(options) },
    { name: 'Risk', text: risk.name },
    { name: 'End of the data', text: 'open positions are marked and stay open; open orders are listed, not filled' },
  ];
}

function commissionText({ commission = freeOfCharge }: AssumedOptions): string {
  const { perShare, perOrder, bps, minPerOrder, maxFraction, passedOnPerShare } = commissionFrom(commission);
  const parts: string[] = [];
  if (perShare > 0) parts.push(`$${perShare} a share`);
  if (perOrder > 0) parts.push(`$${perOrder} an order`);
  if (bps > 0) parts.push(`${bps} bp of the notional a side`);
  const edges: string[] = [];
  if (minPerOrder !== undefined) edges.push(`at least $${minPerOrder} an order`);
  if (maxFraction !== undefined) edges.push(`at most ${maxFraction * 100} % of its notional`);
  if (passedOnPerShare !== undefined) edges.push(`$${passedOnPerShare} a share passed on besides`);
  return [parts.length === 0 ? 'none' : parts.join(' + '), ...edges].join(', ');
}

function entriesText({ entryOrders = 'market', collarBps = 100 }: AssumedOptions): string {
  switch (entryOrders) {
    case 'market':
      return 'entries at the market';
    case 'marketable-limit':
      return `entries as limits ${collarBps} bp beyond the last mark`;
    case 'market-on-close':
      return 'entries at the official close';
  }
}

function quantityText({ slippage }: AssumedOptions): string {
  const most = slippage?.maxVolumeFraction;
  if (most === undefined) return 'in any size';
  return `at most ${most * 100} % of a bar's volume, the rest in the bars after it`;
}

function accountText({ account }: AssumedOptions): string {
  if (account === undefined)
    return 'everything is allowed; cash earns nothing, and shorts are free and always to be had';
  const { type, intradayLeverage = 4, overnightLeverage = 2, creditRate = 0, debitRate = 0 } = account;
  const yearly = (rate: number): string => `${Number((rate * 100).toFixed(6))} %`;
  const cash = `cash earns ${yearly(creditRate)} a year`;
  if (type === 'cash') return `cash account: no shorts, no loan, unsettled proceeds are bound; ${cash}`;
  const { borrow, shortSaleRestriction = false, dayTradeRule } = account;
  return [
    `margin account: positions up to ${intradayLeverage} × equity, ${overnightLeverage} × for the night`,
    `${cash}, loans cost ${yearly(debitRate)}`,
    borrow?.name ?? 'shorts are free and always to be had',
    ...(shortSaleRestriction ? ['short-sale restriction after a fall of 10 %'] : []),
    ...(dayTradeRule === undefined
      ? []
      : [`day-trade rule${dayTradeRule.until === undefined ? '' : ` until ${dayTradeRule.until}`}`]),
  ].join('; ');
}

function timetableText({ timetable = sessionTimetable() }: AssumedOptions): string {
  if (timetable.kind === 'every-slice') return 'on every slice; orders stand until they are filled or cancelled';
  const { firstDecisionMinutes, lastEntryMinutes, exitMinutes, overnightEntries } = timetable;
  const overnight = overnightEntries === 'none' ? '' : '; the slice of the close may enter for the next open';
  return `from ${firstDecisionMinutes} minutes after the open; entries until ${lastEntryMinutes}, exits until ${exitMinutes} minutes before the close${overnight}; orders of the day`;
}
