import { ConfigError, parseIsoDate, type SessionDay } from '@tradekit/core';

/** What it costs to be short of a stock, and whether its shares are to be had at all. */
export interface BorrowTerms {
  /** Stands among the assumptions of a report. */
  readonly name: string;
  /** Fee a year as a fraction of the market value, for a symbol on a New York date; `undefined`: no shares to be had. */
  feeFraction(symbol: string, day: SessionDay): number | undefined;
}

/** The same fee for every symbol on every day; `not`: symbols that cannot be borrowed. Throws `ConfigError` on a fraction out of range. */
export function borrowAt(feeFraction: number, not: readonly string[] = []): BorrowTerms {
  if (!(feeFraction >= 0 && feeFraction < 10)) {
    const message = `the borrow fee is ${feeFraction} a year; give a fraction of at least 0, 0.3 % is 0.003`;
    throw new ConfigError('BORROW_FEE', message, { feeFraction });
  }
  const unavailable = new Set(not);
  const except = not.length === 0 ? '' : `, none of ${not.join(', ')}`;
  return Object.freeze<BorrowTerms>({
    name: `shorts pay ${Number((feeFraction * 100).toFixed(6))} % a year${except}`,
    feeFraction: (symbol) => (unavailable.has(symbol) ? undefined : feeFraction),
  });
}

/** Terms of an account at a broker. What is not given is as in an account without terms: everything is allowed, nothing accrues. */
export interface AccountTerms {
  /**
   * `cash`: no short sales, no loan, and shares that were bought with unsettled proceeds are not sold before these settle, two
   * sessions after the sale and from 2024-05-28 on one. `margin`: what follows about leverage.
   */
  readonly type: 'cash' | 'margin';
  /** Largest gross position over equity that an opening order may lead to. Default 4, the broker's own intraday figure. */
  readonly intradayLeverage?: number;
  /** The same for an order that may stay overnight: one of a session's last slice. Default 2, Regulation T. */
  readonly overnightLeverage?: number;
  /** Interest a year as fractions: on cash that is no proceeds of short sales, and on what is borrowed. Default 0. */
  readonly creditRate?: number;
  readonly debitRate?: number;
  /** Default: shorts are free and to be had. */
  readonly borrow?: BorrowTerms;
  /** After a fall of 10 % below the last close short sales need a limit above the last price, that day and the next (SEC Rule 201). Default `false`. */
  readonly shortSaleRestriction?: boolean;
  /**
   * Below 25,000 dollars of equity, with three day trades in five sessions, nothing more is opened (FINRA Rule 4210, pattern day
   * trader), up to the New York date `until`. Default: off.
   */
  readonly dayTradeRule?: { readonly until?: string };
}

/** Throws `ConfigError` on a number that cannot be meant. */
export function requireTerms({
  type,
  intradayLeverage,
  overnightLeverage,
  dayTradeRule,
  ...rates
}: AccountTerms): void {
  for (const [name, value] of Object.entries({ intradayLeverage, overnightLeverage })) {
    if (value === undefined || (value >= 1 && value <= 10)) continue;
    throw new ConfigError('ACCOUNT_LEVERAGE', `account ${name} is ${value}; give a number from 1 to 10`, {
      name,
      value,
    });
  }
  for (const [name, value] of Object.entries({ creditRate: rates.creditRate, debitRate: rates.debitRate })) {
    if (value === undefined || (value >= 0 && value < 1)) continue;
    const message = `account ${name} is ${value}; give a fraction a year of at least 0 and below 1, 5 % is 0.05`;
    throw new ConfigError('ACCOUNT_RATE', message, { name, value });
  }
  if (dayTradeRule?.until !== undefined && parseIsoDate(dayTradeRule.until) === undefined) {
    const message = `account dayTradeRule.until is "${dayTradeRule.until}"; give a date like 2026-01-31`;
    throw new ConfigError('ACCOUNT_DATE', message, { until: dayTradeRule.until });
  }
  if (type === 'cash' && (rates.borrow !== undefined || rates.debitRate !== undefined)) {
    const message = 'a cash account borrows neither shares nor money; leave borrow and debitRate out, or choose margin';
    throw new ConfigError('ACCOUNT_CASH', message);
  }
}
