/**
 * A history while it is being filled, file by file. It holds the sessions that the files so far cover, and grows when a file
 * covers more: so the columns exist once, and a range of twenty years costs nothing where the data has four.
 */
import {
  type BarGrid,
  type BarHistory,
  type Bars,
  barGrid,
  DataError,
  emptyBars,
  type InstrumentIndex,
  MINUTE_MS,
  newYorkText,
  type Session,
  type Timestamp,
  type Universe,
} from '@tradekit/core';
import type { BarColumns } from './csv/columns.js';

/** Rows and sessions of the whole range that the columns hold: `first` up to, not including, `end`. */
interface Window {
  readonly firstSession: number;
  readonly endSession: number;
}

/** Fills the columns of a {@link BarHistory} with the bars of one instrument after another. */
export class HistoryTable {
  readonly #universe: Universe;
  readonly #grid: BarGrid;
  #window: Window = { firstSession: 0, endSession: 0 };
  #bars: Bars = emptyBars(0);
  #official = new Float64Array(0);

  /** `sessions` are those of the range asked for, ascending. Throws `ConfigError` on a bar length that they cannot hold. */
  constructor(universe: Universe, sessions: readonly Session[], barMs: number) {
    this.#universe = universe;
    this.#grid = barGrid(sessions, barMs);
  }

  /**
   * Puts the bars of regular hours into their cells, and the open of the bar that starts at a close into the official closes;
   * all other bars are passed over. Answers how many bars were put. Throws `DataError` on a bar within a session that is not
   * on its grid.
   */
  place(instrument: InstrumentIndex, columns: BarColumns, rows: number, file: string): number {
    const { sessions, firstRow, barMs } = this.#grid;
    const { start } = columns;
    if (rows === 0) return 0;
    const covered = this.#covered(start[0]!, start[rows - 1]! + barMs);
    if (covered.firstSession >= covered.endSession) return 0;
    this.#grow(covered);
    const { size } = this.#universe;
    const rowOrigin = firstRow[this.#window.firstSession]!;
    let bar = 0;
    let placed = 0;
    for (let place = covered.firstSession; place < covered.endSession; place++) {
      const session = sessions[place]!;
      while (bar < rows && start[bar]! < session.open) bar++;
      for (; bar < rows && start[bar]! < session.close; bar++) {
        const step = (start[bar]! - session.open) / barMs;
        if (!Number.isInteger(step)) throw offGrid(file, start[bar]!, session, barMs);
        copyBar(columns, bar, this.#bars, (firstRow[place]! - rowOrigin + step) * size + instrument);
        placed++;
      }
      if (start[bar] === session.close && sessions[place + 1]?.open !== session.close && bar < rows) {
        this.#official[(place - this.#window.firstSession) * size + instrument] = columns.open[bar]!;
      }
    }
    return placed;
  }

  /** The history of the sessions covered so far. */
  finish(): BarHistory {
    const { sessions, firstRow, starts, ends, barMs } = this.#grid;
    const { firstSession, endSession } = this.#window;
    const rowOrigin = firstRow[firstSession]!;
    const rowEnd = firstRow[endSession]!;
    return {
      universe: this.#universe,
      barMs,
      sessions: sessions.slice(firstSession, endSession),
      firstRow: firstRow.slice(firstSession, endSession + 1).map((row) => row - rowOrigin),
      starts: starts.slice(rowOrigin, rowEnd),
      ends: ends.slice(rowOrigin, rowEnd),
      bars: this.#bars,
      official: this.#official,
    };
  }

  /** The sessions that begin before `end` and end after `start`. */
  #covered(start: number, end: number): Window {
    const { sessions } = this.#grid;
    const firstSession = sessions.findIndex((session) => session.close > start);
    const endSession = sessions.findLastIndex((session) => session.open < end) + 1;
    return { firstSession: firstSession < 0 ? sessions.length : firstSession, endSession };
  }

  #grow(covered: Window): void {
    const { firstRow } = this.#grid;
    const { size } = this.#universe;
    const old = this.#window;
    const empty = old.firstSession === old.endSession;
    const firstSession = empty ? covered.firstSession : Math.min(old.firstSession, covered.firstSession);
    const endSession = empty ? covered.endSession : Math.max(old.endSession, covered.endSession);
    if (!empty && firstSession === old.firstSession && endSession === old.endSession) return;
    this.#window = { firstSession, endSession };
    const oldBars = this.#bars;
    this.#bars = emptyBars((firstRow[endSession]! - firstRow[firstSession]!) * size);
    const oldOfficial = this.#official;
    this.#official = new Float64Array((endSession - firstSession) * size).fill(Number.NaN);
    if (empty) return;
    const from = (firstRow[old.firstSession]! - firstRow[firstSession]!) * size;
    for (const field of ['open', 'high', 'low', 'close', 'volume'] as const)
      this.#bars[field].set(oldBars[field], from);
    this.#official.set(oldOfficial, (old.firstSession - firstSession) * size);
  }
}

function copyBar(from: BarColumns, bar: number, to: Bars, cell: number): void {
  to.open[cell] = from.open[bar]!;
  to.high[cell] = from.high[bar]!;
  to.low[cell] = from.low[bar]!;
  to.close[cell] = from.close[bar]!;
  to.volume[cell] = from.volume[bar]!;
}

function offGrid(file: string, start: number, session: Session, barMs: number): DataError {
  const time = newYorkText(start as Timestamp);
  const minutes = barMs / MINUTE_MS;
  const message = `${file}: the bar that starts ${time} New York is not one of the ${minutes}-minute bars of the session of ${session.date}; they are counted from its open`;
  return new DataError('BAR_OFF_SESSION', `${message}; resample the file`, { file, time, date: session.date });
}
