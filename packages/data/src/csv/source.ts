/** What a bar file means by its stamps: nothing of this can be seen in the file, so it is said. */
import { ConfigError, MINUTE_MS } from '@tradekit/core';
import { type ZoneClock, zoneClock } from './zone.js';

/** Zone and convention of the stamps of a bar file. */
export interface BarSource {
  /**
   * Zone of stamps that name none: `UTC`, a fixed distance from it such as `UTC-5`, or a name of the IANA database such as
   * `America/New_York`. Default `UTC`.
   */
  readonly zone?: string;
  /** Which end of the bar a stamp names. Default `bar-start`. */
  readonly stamps?: 'bar-start' | 'bar-end';
}

/** How stamps become starts: the options of a reading, checked. */
export interface StampRule {
  readonly clock: ZoneClock;
  readonly barMinutes: number;
  /** Added to the instant of a stamp to get the start of its bar: 0, or minus one bar. */
  readonly toStartMs: number;
  /** Stamps are whole multiples of this since midnight. */
  readonly gridSeconds: number;
}

/** Sessions open on the half hour, so that the stamps of hourly bars lie on it too. */
export const SESSION_GRID_MINUTES = 30;

/** Checks the options of a source. Throws `ConfigError` on an unknown zone or convention, or a bar length under a minute. */
export function stampRule(source: BarSource, barMinutes: number): StampRule {
  const { zone = 'UTC', stamps = 'bar-start' } = source;
  const clock = zoneClock(zone);
  if (stamps !== 'bar-start' && stamps !== 'bar-end') {
    throw new ConfigError('SOURCE_STAMPS', `stamps "${stamps}" is not known; use bar-start or bar-end`, { stamps });
  }
  if (!(Number.isInteger(barMinutes) && barMinutes > 0)) {
    throw new ConfigError('BAR_LENGTH', `bars of ${barMinutes} minutes; give whole minutes above zero`, { barMinutes });
  }
  const toStartMs = stamps === 'bar-end' ? -barMinutes * MINUTE_MS : 0;
  return { clock, barMinutes, toStartMs, gridSeconds: greatestCommonDivisor(barMinutes, SESSION_GRID_MINUTES) * 60 };
}

/** The largest whole number that divides both. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
