/** Small markets written out by hand: one list of opens an instrument, bars of a quarter hour, sessions of a given length. */
import {
  type BarHistory,
  barGrid,
  emptyBars,
  MINUTE_MS,
  sessionDay,
  stock,
  universe,
  weekdayCalendar,
} from '@tradekit/core';

/** One bar: its open, and high, low and close when they are not the open. */
export type HandBar = number | { readonly open: number; readonly high?: number; readonly low?: number };

/** Bars of each instrument, NaN for a missing one, cut into sessions of `perSession` bars from Monday 2024-01-01 on. */
export function handHistory(perSession: number, instruments: readonly (readonly HandBar[])[]): BarHistory {
  const size = instruments.length;
  const rows = instruments[0]?.length ?? 0;
  const calendar = weekdayCalendar({ name: 'hand', openMinuteUtc: 870, minutes: perSession * 15 });
  const day = Math.floor(Date.UTC(2024, 0, 1) / 86_400_000);
  const sessions = calendar.sessions(sessionDay(day), sessionDay(day + 2 * rows + 7)).slice(0, rows / perSession);
  const bars = emptyBars(rows * size);
  for (const [i, list] of instruments.entries()) {
    for (const [row, bar] of list.entries()) {
      const { open, high = open, low = open } = typeof bar === 'number' ? { open: bar } : bar;
      const cell = row * size + i;
      bars.open[cell] = open;
      bars.high[cell] = high;
      bars.low[cell] = low;
      bars.close[cell] = open;
      bars.volume[cell] = 100;
    }
  }
  return {
    universe: universe(instruments.map((_, i) => stock(`S${i}`))),
    ...barGrid(sessions, 15 * MINUTE_MS),
    bars,
    official: new Float64Array(sessions.length * size).fill(Number.NaN),
  };
}

/** The code of the error that a call throws, `undefined` when it throws none or another kind. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  }
  return undefined;
}
