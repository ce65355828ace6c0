import type { Session, TradingCalendar } from '../calendar/session.js';
import { barSpan, lastSessionOfWeek, type Timeframe, timeframeMs } from '../calendar/timeframe.js';
import { type Bars, clearBars, closeBarAt, emptyBars, mergeBar } from '../market/bars.js';
import type { SessionDay, Timestamp } from '../time/timestamp.js';

/**
 * The bar of one timeframe that is being made of slices, for all instruments together. Each question answers the bar when it
 * is complete, and the asker clears it: nothing of a bar is seen before its end.
 */
export class LongerBars {
  readonly #instruments: number;
  readonly #calendar: TradingCalendar;
  readonly #timeframe: Timeframe;
  readonly #ms: number | undefined;
  readonly #bars: Bars;
  #isOpen = false;
  /** End of the bar that is being made; of a day and a week the close of their last session. */
  #end = Number.NEGATIVE_INFINITY as Timestamp;
  #lastDay = Number.NEGATIVE_INFINITY as SessionDay;

  constructor(timeframe: Timeframe, instruments: number, calendar: TradingCalendar) {
    this.#timeframe = timeframe;
    this.#ms = timeframeMs(timeframe);
    this.#instruments = instruments;
    this.#calendar = calendar;
    this.#bars = emptyBars(instruments);
  }

  /** Before the slice that ends at `end` is taken: the bar that ended without one, when slices or a session's close never came. */
  before(session: Session, end: Timestamp): Bars | undefined {
    if (end <= this.#end) return undefined;
    const ended = this.#isOpen ? this.#bars : undefined;
    if (this.#ms === undefined) {
      const last = this.#timeframe === 'day' ? session : lastSessionOfWeek(this.#calendar, session);
      this.#end = last.close;
      this.#lastDay = last.day;
    } else this.#end = barSpan(session, this.#ms, end - 1).end;
    return ended;
  }

  /** Takes a slice into the bar. */
  take(row: Bars): void {
    this.#isOpen = true;
    for (let i = 0; i < this.#instruments; i++) mergeBar(row, i, this.#bars, i);
  }

  /** The bar, when it ends at `end`. A day and a week wait for the official close. */
  at(end: Timestamp): Bars | undefined {
    return this.#ms !== undefined && end >= this.#end ? this.#bars : undefined;
  }

  /** The day or the week, when its last session is this one; closed at the official prices where there are any. */
  sessionClosed(official: Float64Array, session: SessionDay): Bars | undefined {
    if (this.#ms !== undefined || !this.#isOpen) return undefined;
    for (let i = 0; i < this.#instruments; i++) closeBarAt(official[i]!, this.#bars, i);
    return session >= this.#lastDay ? this.#bars : undefined;
  }

  clear(): void {
    clearBars(this.#bars);
    this.#isOpen = false;
  }
}
