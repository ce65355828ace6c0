/** Which rows lie before, in and after the session of each New York day. */
import {
  civilDay,
  DAY_MS,
  FIRST_NEW_YORK_YEAR,
  fromNewYork,
  LAST_NEW_YORK_YEAR,
  newYorkDay,
  type Session,
  type SessionDay,
  type Timestamp,
  type TradingCalendar,
} from '@tradekit/core';

/** The rows of one New York day, in ascending order of time. */
export interface DayRows {
  /** NaN for rows outside the years of New York time. */
  readonly day: SessionDay;
  /** `undefined` where the market is closed. */
  readonly session: Session | undefined;
  /** First row of the day. */
  readonly first: number;
  /** First row that starts at the open or later; `end` when there is no session. */
  readonly open: number;
  /** First row that starts at the close or later; `end` when there is no session. */
  readonly close: number;
  /** Behind the last row of the day. */
  readonly end: number;
}

/** 2000-01-01 and 2036-01-01, inside of which New York time is known, with a day kept free at both ends. */
const FIRST_MS = (civilDay(FIRST_NEW_YORK_YEAR, 1, 1) + 1) * DAY_MS;
const END_MS = (civilDay(LAST_NEW_YORK_YEAR + 1, 1, 1) - 1) * DAY_MS;

/** The days of rows whose starts ascend, ascending; days without a row are not among them. */
export function dayRows(start: Float64Array, rows: number, calendar: TradingCalendar): readonly DayRows[] {
  const days: DayRows[] = [];
  for (let row = 0; row < rows; ) {
    const first = row;
    const time = start[row]!;
    if (!(time >= FIRST_MS && time < END_MS)) {
      const end = time < FIRST_MS ? FIRST_MS : Number.POSITIVE_INFINITY;
      while (row < rows && !(start[row]! >= end)) row++;
      days.push({ day: Number.NaN as SessionDay, session: undefined, first, open: row, close: row, end: row });
      continue;
    }
    const day = newYorkDay(time as Timestamp);
    const session = calendar.session(day);
    const midnight = fromNewYork((day + 1) as SessionDay, 0);
    const opens = session?.open ?? midnight;
    const closes = session?.close ?? midnight;
    while (row < rows && start[row]! < opens) row++;
    const open = row;
    while (row < rows && start[row]! < closes) row++;
    const close = row;
    while (row < rows && start[row]! < midnight) row++;
    days.push({ day, session, first, open, close, end: row });
  }
  return days;
}
