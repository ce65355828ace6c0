/** What a bar file means by its stamps: nothing of this can be seen in the file, so it is said. */
import { ConfigError, MINUTE_MS } from '@tradekit/core';

/** Zone and convention of the stamps of a bar file. */
export interface BarSource {
  /** Zone of stamps that name none. Default `UTC`. */
  readonly zone?: 'UTC' | 'America/New_York';
  /** Which end of the bar a stamp names. Default `bar-start`. */
  readonly stamps?: 'bar-start' | 'bar-end';
}

/** How stamps become starts: the options of a reading, checked. */
export interface StampRule {
  readonly zone: 'UTC' | 'America/New_York';
  readonly barMinutes: number;
  /** Added to the instant of a stamp to get the start of its bar: 0, or minus one bar. */
  readonly toStartMs: number;
  /** Stamps are whole multiples of this since midnight. */
  readonly gridSeconds: number;
}

/** Sessions open on the half hour, so that the stamps of hourly bars lie on it too. */
const SESSION_GRID_MINUTES = 30;

/** Checks the options of a source. Throws `ConfigError` on an unknown zone or convention, or a bar length under a minute. */
export function stampRule(source: BarSource, barMinutes: number): StampRule {
  const { zone = 'UTC', stamps = 'bar-start' } = source;
  if (zone !== 'UTC' && zone !== 'America/New_York') {
    throw new ConfigError('SOURCE_ZONE', `zone "${zone}" is not known; use UTC or America/New_York`, { zone });
  }
  if (stamps !== 'bar-start' && stamps !== 'bar-end') {
    throw new ConfigError('SOURCE_STAMPS', `stamps "${stamps}" is not known; use bar-start or bar-end`, { stamps });
  }
  if (!(Number.isInteger(barMinutes) && barMinutes > 0)) {
    throw new ConfigError('BAR_LENGTH', `bars of ${barMinutes} minutes; give whole minutes above zero`, { barMinutes });
  }
  const toStartMs = stamps === 'bar-end' ? -barMinutes * MINUTE_MS : 0;
  return { zone, barMinutes, toStartMs, gridSeconds: greatestCommonDivisor(barMinutes, SESSION_GRID_MINUTES) * 60 };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
