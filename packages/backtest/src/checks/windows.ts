import type { BarHistory, Bars } from '@tradekit/core';

/** The sessions of a market from one place up to another, the end not included. Columns are shared, not copied. */
export function sessionsOf(history: BarHistory, from: number, to: number): BarHistory {
  const { universe, firstRow, sessions, bars, actions = [] } = history;
  const first = firstRow[from]!;
  const last = firstRow[to]!;
  const cells = (column: Float64Array): Float64Array => column.subarray(first * universe.size, last * universe.size);
  const firstDay = sessions[from]?.day ?? 0;
  const lastDay = sessions[to - 1]?.day ?? 0;
  return {
    ...history,
    sessions: sessions.slice(from, to),
    firstRow: firstRow.slice(from, to + 1).map((row) => row - first),
    starts: history.starts.subarray(first, last),
    ends: history.ends.subarray(first, last),
    bars: mapBars(bars, cells),
    official: history.official.subarray(from * universe.size, to * universe.size),
    actions: actions.filter(({ session }) => session >= firstDay && session <= lastDay),
  };
}

/** A market whose rows are not there until they are revealed. */
export interface HiddenFuture {
  /** What a strategy may see: every column is NaN from the first row on that was not revealed. */
  readonly history: BarHistory;
  /** Rows below `rows` are there from now on, and the official closes of the sessions that have ended with them. */
  reveal(rows: number): void;
}

/** Copies a market and hides all of it. */
export function hideFuture(market: BarHistory): HiddenFuture {
  const { universe, firstRow, sessions, bars } = market;
  const bare = (column: Float64Array): Float64Array => new Float64Array(column.length).fill(Number.NaN);
  const history: BarHistory = { ...market, bars: mapBars(bars, bare), official: bare(market.official), actions: [] };
  let revealed = 0;
  let session = 0;
  return {
    history,
    reveal(rows) {
      for (; revealed < rows; revealed++) {
        const start = revealed * universe.size;
        for (const name of COLUMNS) history.bars[name].set(bars[name].subarray(start, start + universe.size), start);
      }
      for (; session < sessions.length && firstRow[session + 1]! < rows; session++) {
        const start = session * universe.size;
        history.official.set(market.official.subarray(start, start + universe.size), start);
      }
    },
  };
}

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

function mapBars(bars: Bars, map: (column: Float64Array) => Float64Array): Bars {
  return {
    open: map(bars.open),
    high: map(bars.high),
    low: map(bars.low),
    close: map(bars.close),
    volume: map(bars.volume),
  };
}
