import {
  type BarHistory,
  barGrid,
  commission,
  emptyBars,
  everySlice,
  type InstrumentIndex,
  MINUTE_MS,
  noRisk,
  parseIsoDate,
  type Signal,
  type StrategyFactory,
  stock,
  type TradingCalendar,
  universe,
  weekdayCalendar,
} from '@tradekit/core';
import type { BacktestOptions } from '../src/index.js';

const SYMBOLS = ['A', 'B', 'C'];
const SESSIONS = 3;
const BARS = 4;

/** Weekdays of four quarter hours from 14:30 UTC. */
const calendar: TradingCalendar = weekdayCalendar({ name: 'hour', openMinuteUtc: 14 * 60 + 30, minutes: 60 });

/**
 * Three instruments over three sessions of four bars, from Monday 2021-01-04: bar `r` of A opens at 100 + r, B stands at 50, C opens at
 * 200 − r; every close is the open. The official close of the last session is 52 for B.
 */
function history(): BarHistory {
  const first = parseIsoDate('2021-01-04') ?? missing();
  const sessions = calendar.sessions(first, (first + SESSIONS - 1) as typeof first);
  const rows = SESSIONS * BARS;
  const bars = emptyBars(rows * SYMBOLS.length);
  for (let row = 0; row < rows; row++) {
    for (const [place, price] of [100 + row, 50, 200 - row].entries()) {
      const cell = row * SYMBOLS.length + place;
      for (const column of [bars.open, bars.high, bars.low, bars.close]) column[cell] = price;
      bars.volume[cell] = 1000;
    }
  }
  const official = new Float64Array(SESSIONS * SYMBOLS.length).fill(Number.NaN);
  official[(SESSIONS - 1) * SYMBOLS.length + 1] = 52;
  return { universe: universe(SYMBOLS.map((id) => stock(id))), ...barGrid(sessions, 15 * MINUTE_MS), bars, official };
}

function missing(): never {
  throw new Error('no such date');
}

/** Wishes by slice: `[instrument, direction, shares]`. A is open to sell after slice 5, B stays, the last wish can never be filled. */
const WISHES: Readonly<Record<number, readonly [string, 0 | 1, number]>> = {
  0: ['A', 1, 10],
  1: ['C', 1, 5],
  5: ['A', 0, 0],
  6: ['B', 1, 3],
  8: ['C', 0, 0],
  11: ['A', 1, 10],
};

const scripted: StrategyFactory = (setup) => {
  const sizes = new Map<InstrumentIndex, number>();
  return {
    name: 'scripted',
    positionSize: ({ instrument }) => sizes.get(instrument) ?? 0,
    generateSignals({ slice }) {
      const wish = WISHES[slice];
      if (wish === undefined) return [];
      const [id, direction, shares] = wish;
      const instrument = setup.index(id);
      sizes.set(instrument, shares);
      const signal: Signal = { instrument, direction, reason: `slice ${slice}, "${id}"` };
      return [signal];
    },
  };
};

/** The scripted system on the hand-made market: 10,000 dollars, a cent a share. */
export function handMade(more: Partial<BacktestOptions> = {}): BacktestOptions {
  return {
    history: history(),
    calendar,
    strategies: [{ name: 'scripted', create: scripted, weight: 1 }],
    risk: noRisk,
    initialCash: 10_000,
    timetable: everySlice,
    commission: commission({ perShare: 0.01 }),
    ...more,
  };
}
