import { ConfigError, parseIsoDate, type SessionDay } from '@tradekit/core';
import { eachAlone, pass, type RiskRule, refuse } from './rule.js';

/** Sessions in which something is not opened, for example around earnings. */
export interface BlackOutWindow {
  /** Id of the instrument; left out: every one. */
  readonly symbol?: string;
  /** First and last date, New York, as `YYYY-MM-DD`; both included. */
  readonly first: string;
  readonly last: string;
  /** Stands in the refusal, for example `earnings`. */
  readonly why: string;
}

/** Options of {@link blackOut}. */
export interface BlackOutOptions {
  readonly windows: readonly BlackOutWindow[];
}

/** Nothing opens in listed sessions. Throws `ConfigError` on a date that is none, or a window that ends before it begins. */
export function blackOut({ windows }: BlackOutOptions): RiskRule {
  const dated = windows.map((window) => ({ ...window, from: dateOf(window.first), to: dateOf(window.last) }));
  for (const { first, last, from, to } of dated) {
    if (from > to) throw fault(`a window from ${first} to ${last} ends before it begins`);
  }
  return eachAlone('black-out', ({ instrument }, context) => {
    const { session } = context;
    for (const { symbol, from, to, why, last } of dated) {
      const isIn = session >= from && session <= to && (symbol === undefined || symbol === context.id(instrument));
      if (isIn) return refuse(1, 0, `${why}: nothing opens in ${symbol ?? 'any instrument'} to ${last}`);
    }
    return pass;
  });
}

function dateOf(text: string): SessionDay {
  const day = parseIsoDate(text);
  if (day !== undefined) return day;
  throw fault(`"${text}" is no date; write YYYY-MM-DD`);
}

function fault(what: string): ConfigError {
  return new ConfigError('RISK_OPTION', `blackOut: ${what}`);
}
