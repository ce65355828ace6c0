/** What a caller may choose about a synthetic market, and what it becomes after checks and defaults. */
import {
  type BarGrid,
  barGrid,
  barsInSession,
  ConfigError,
  MINUTE_MS,
  nearest,
  nyse,
  parseIsoDate,
  type SessionDay,
  type TradingCalendar,
} from '@tradekit/core';
import { checkEffect, type SyntheticEffect } from './effect.js';
import { intradayShape } from './intraday-shape.js';
import { UNIVERSE_46 } from './universe46.js';

/** An instrument of a synthetic market. An `Instrument` of core is one too. */
export interface SyntheticInstrument {
  /** Symbol: letters, digits, `.` and `-`. It names the file, and its random streams. */
  readonly id: string;
  /** GICS sector; another name or `undefined` gives a share of middling kind. */
  readonly sector?: string | undefined;
}

/** Choices for a synthetic market; `{}` is the market of the shipped examples. */
export interface SyntheticMarketOptions {
  /**
   * A whole number from 0: another seed is another market of the same nature. Default 2, the first from 1 whose market has
   * every measured fact of US stocks in its band (1 is a wild market, of 21 % volatility a year).
   */
  readonly seed?: number;
  /** First New York date, `YYYY-MM-DD`. Default 2021-01-04. */
  readonly first?: string;
  /** Last New York date, included. Default 2024-12-31. A later one leaves all bars before it as they are. */
  readonly last?: string;
  /** Default {@link UNIVERSE_46}. Adding one changes no other's bars. */
  readonly instruments?: readonly SyntheticInstrument[];
  /** Default `nyse`. Sessions may have 1 to 26 bars of 15 minutes. */
  readonly calendar?: TradingCalendar;
  /** Something to be found. Default: nothing; where prices go cannot be predicted. */
  readonly effect?: SyntheticEffect;
  /** How much of the usual drift prices have, 0 to 2. Default 1; with 0 and no effect every strategy is expected to make nothing. */
  readonly drift?: number;
}

/** Length of the model's bars. */
export const BAR_MINUTES = 15;
const BAR_MS = BAR_MINUTES * MINUTE_MS;

/** A checked choice with its sessions. */
export interface MarketPlan {
  readonly seed: number;
  readonly first: string;
  readonly last: string;
  readonly calendar: string;
  readonly instruments: readonly SyntheticInstrument[];
  readonly grid: BarGrid;
  readonly effect: SyntheticEffect | undefined;
  readonly drift: number;
}

const KNOWN: readonly string[] = ['seed', 'first', 'last', 'instruments', 'calendar', 'effect', 'drift'];
const SYMBOL = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

/**
 * Checks options and fills in defaults. Throws `ConfigError` on an unknown option, a bad seed or date, a start after the end,
 * no or repeated or unfit instruments, and sessions that the model does not know; the calendar's own errors pass.
 */
export function marketPlan(options: SyntheticMarketOptions): MarketPlan {
  for (const name of Object.keys(options)) {
    if (KNOWN.includes(name)) continue;
    const near = nearest(name, KNOWN);
    throw new ConfigError(
      'SYNTHETIC_OPTION',
      `a synthetic market has no option "${name}"; ${near === undefined ? `known are ${KNOWN.join(', ')}` : `did you mean "${near}"?`}`,
      { name },
    );
  }
  const {
    seed = 2,
    first = '2021-01-04',
    last = '2024-12-31',
    instruments = UNIVERSE_46,
    calendar = nyse,
    effect,
    drift = 1,
  } = options;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new ConfigError('SYNTHETIC_SEED', `seed "${seed}" must be a whole number from 0`, { seed });
  }
  checkInstruments(instruments);
  if (effect !== undefined) checkEffect(effect);
  if (!(drift >= 0 && drift <= 2)) {
    throw new ConfigError('SYNTHETIC_DRIFT', `a drift of ${drift} times the usual; give a number from 0 to 2`, {
      drift,
    });
  }
  const grid = sessionGrid(calendar, first, last);
  return { seed, first, last, calendar: calendar.name, instruments, grid, effect, drift };
}

function checkInstruments(instruments: readonly SyntheticInstrument[]): void {
  if (instruments.length === 0) {
    throw new ConfigError('SYNTHETIC_NO_INSTRUMENTS', 'a synthetic market needs at least one instrument');
  }
  const seen = new Set<string>();
  for (const { id } of instruments) {
    if (!SYMBOL.test(id)) {
      throw new ConfigError('SYNTHETIC_SYMBOL', `symbol "${id}" cannot name a file; use letters, digits, "." and "-"`, {
        id,
      });
    }
    // Compared without case: two files whose names differ in case are one file on some disks.
    if (seen.has(id.toUpperCase())) {
      throw new ConfigError('INSTRUMENT_REPEATED', `instrument "${id}" is listed twice; list it once`, { id });
    }
    seen.add(id.toUpperCase());
  }
}

function sessionGrid(calendar: TradingCalendar, first: string, last: string): BarGrid {
  const [firstDay, lastDay] = [date('first', first), date('last', last)];
  if (firstDay > lastDay) {
    throw new ConfigError('SYNTHETIC_RANGE', `"${first}" is after "${last}"; exchange first and last`, { first, last });
  }
  const sessions = calendar.sessions(firstDay, lastDay);
  if (sessions.length === 0) {
    throw new ConfigError('SYNTHETIC_RANGE', `${calendar.name} has no session from ${first} to ${last}`, {
      first,
      last,
    });
  }
  for (const session of sessions) {
    const bars = barsInSession(session, BAR_MS);
    if ((session.close - session.open) % BAR_MS === 0 && intradayShape(bars) !== undefined) continue;
    throw new ConfigError(
      'SYNTHETIC_SESSION',
      `the session of ${session.date} is not 1 to 26 whole quarter hours long; use a calendar of shorter sessions`,
      { date: session.date, bars },
    );
  }
  return barGrid(sessions, BAR_MS);
}

function date(name: 'first' | 'last', text: string): SessionDay {
  const day = parseIsoDate(text);
  if (day !== undefined) return day;
  throw new ConfigError('SYNTHETIC_DATE', `${name} "${text}" is no date; write it as YYYY-MM-DD`, { name, text });
}
