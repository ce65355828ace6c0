/**
 * The two time words of the house: an instant, and the New York date of a trading session.
 */

/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number & { readonly __brand: 'Timestamp' };

/** A New York calendar date, as the count of days since 1970-01-01 (2021-01-04 is 18,631). Sorts and subtracts as dates do. */
export type SessionDay = number & { readonly __brand: 'SessionDay' };

/** Milliseconds in a calendar day. */
export const DAY_MS = 86_400_000;

/** Milliseconds in a minute. */
export const MINUTE_MS = 60_000;

/** Marks a number of milliseconds since 1970 UTC as a {@link Timestamp}. */
export function timestamp(milliseconds: number): Timestamp {
  return milliseconds as Timestamp;
}

/** Marks a count of days since 1970-01-01 as a {@link SessionDay}. */
export function sessionDay(days: number): SessionDay {
  return days as SessionDay;
}

/** The instant as ISO 8601 text in UTC, for example `2021-01-04T14:30:00.000Z`. */
export function isoTime(time: Timestamp): string {
  return new Date(time).toISOString();
}

/** The date as `YYYY-MM-DD`. */
export function isoDate(day: SessionDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `YYYY-MM-DD`; `undefined` when the text is of another form or no such date exists. */
export function parseIsoDate(text: string): SessionDay | undefined {
  const match = ISO_DATE.exec(text);
  if (match === null) return undefined;
  const milliseconds = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const day = (milliseconds / DAY_MS) as SessionDay;
  return isoDate(day) === text ? day : undefined;
}
