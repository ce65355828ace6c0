import { isoDate, newYorkDay, newYorkMinute, weekdayOf } from '@tradekit/core';
import type { RoundTrip, RunResult } from './run-result.js';

/** What round trips are put together by. Hour, weekday and month are those of the entry, in New York. */
export type BreakdownKey = 'symbol' | 'sector' | 'strategy' | 'side' | 'hour' | 'weekday' | 'month' | 'ending';

/** The round trips that have something in common. */
export interface BreakdownRow {
  readonly by: BreakdownKey;
  readonly value: string;
  readonly trades: number;
  readonly won: number;
  /** Dollars, net of commission. */
  readonly profit: number;
  readonly commission: number;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Closed round trips by symbol, sector, strategy, side, time of entry and ending; within each by value. */
export function breakdownOf(result: RunResult): readonly BreakdownRow[] {
  const { instruments } = result.universe;
  const keys: readonly (readonly [BreakdownKey, (trade: RoundTrip) => string])[] = [
    ['symbol', ({ instrument }) => instruments[instrument]!.id],
    ['sector', ({ instrument }) => instruments[instrument]!.sector ?? 'no sector'],
    ['strategy', ({ strategy }) => result.strategies[strategy]!],
    ['side', ({ direction }) => (direction > 0 ? 'long' : 'short')],
    ['hour', ({ entryTime }) => `${String(Math.floor(newYorkMinute(entryTime) / 60)).padStart(2, '0')}:00`],
    ['weekday', ({ entryTime }) => WEEKDAYS[weekdayOf(newYorkDay(entryTime))]!],
    ['month', ({ entryTime }) => isoDate(newYorkDay(entryTime)).slice(0, 7)],
    ['ending', ({ closedBy }) => closedBy],
  ];
  return keys.flatMap(([by, nameOf]) => rowsBy(by, nameOf, result.trades));
}

function rowsBy(by: BreakdownKey, nameOf: (trade: RoundTrip) => string, trades: readonly RoundTrip[]): BreakdownRow[] {
  const rows = new Map<
    string,
    { by: BreakdownKey; value: string } & Record<'trades' | 'won' | 'profit' | 'commission', number>
  >();
  for (const trade of trades) {
    const value = nameOf(trade);
    let row = rows.get(value);
    if (row === undefined) {
      row = { by, value, trades: 0, won: 0, profit: 0, commission: 0 };
      rows.set(value, row);
    }
    row.trades += 1;
    if (trade.profit > 0) row.won += 1;
    row.profit += trade.profit;
    row.commission += trade.commission;
  }
  const order = by === 'weekday' ? (value: string) => WEEKDAYS.indexOf(value as 'Monday') : undefined;
  return [...rows.values()].sort((a, b) =>
    order === undefined ? (a.value < b.value ? -1 : 1) : order(a.value) - order(b.value),
  );
}
