/** Bars made while the market runs, of minutes that come late, twice, corrected or not at all. */
import {
  barSpan,
  ConfigError,
  emptyBars,
  type IntradayTimeframe,
  MINUTE_MS,
  mergeBar,
  newYorkDay,
  requireTimeframe,
  type Session,
  type SessionDay,
  type Timestamp,
  type TradingCalendar,
  timeframeMs,
} from '@tradekit/core';

/** One bar of a stream: its start, prices in dollars, volume in shares. */
export interface StreamedBar {
  readonly start: Timestamp;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** How {@link barBuilder} builds. */
export interface BarBuilderOptions {
  readonly timeframe: IntradayTimeframe;
  readonly calendar: TradingCalendar;
  /** When the stream begins: the first bar is the first one that starts then or later, so that none is half. */
  readonly from: Timestamp;
  /** How long after its end a bar waits for late minutes. Default 0. */
  readonly graceMs?: number;
  /** Length of the streamed bars in minutes. Default 1. */
  readonly barMinutes?: number;
}

/** A bar of the longer timeframe. */
export interface BuiltBar extends StreamedBar {
  readonly end: Timestamp;
  /** Streamed bars in it. */
  readonly parts: number;
}

/** Why a minute changed no bar. */
export type IgnoredReason = 'outside-session' | 'before-start' | 'too-old' | 'off-grid' | 'impossible';

/** What a builder tells. */
export type BuilderEvent =
  /** The bar has ended, and its grace. */
  | { readonly kind: 'closed'; readonly bar: BuiltBar }
  /** The bar has ended and nothing traded in it. */
  | { readonly kind: 'empty'; readonly start: Timestamp; readonly end: Timestamp }
  /** A bar that was told already is another one: a minute came late, or came again with other values. */
  | { readonly kind: 'corrected'; readonly reason: 'late' | 'corrected'; readonly bar: BuiltBar }
  /** The minute is not used. */
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason; readonly start: Timestamp };

/**
 * Builds the bars of one instrument from a stream. When all that was streamed is told, the last version of every bar equals the
 * one that `resample` makes of the last version of every minute: there is one way to merge bars, and both use it.
 */
export interface BarBuilder {
  /** Takes a minute. Tells at once only what concerns bars that have been told already, or that it is not used. */
  take(minute: StreamedBar): readonly BuilderEvent[];
  /** Tells every bar whose end and grace are past at `now`, in order, also the empty ones. `now` never goes back. */
  advance(now: Timestamp): readonly BuilderEvent[];
}

/**
 * Makes a builder. It keeps the minutes of the current session: a minute of an earlier one is `too-old`. Throws `ConfigError`
 * when the streamed bars do not fill those asked for, or on a grace below zero.
 */
export function barBuilder(options: BarBuilderOptions): BarBuilder {
  return new Builder(options);
}

/** A bar of the current session and its minutes, ascending. */
interface Window {
  readonly start: Timestamp;
  readonly end: Timestamp;
  readonly minutes: StreamedBar[];
}

class Builder implements BarBuilder {
  readonly #calendar: TradingCalendar;
  readonly #ms: number;
  readonly #partMs: number;
  readonly #graceMs: number;
  readonly #from: Timestamp;
  #session: Session;
  /** Start of the first bar that has not been told. */
  #next: Timestamp;
  #windows = new Map<Timestamp, Window>();

  constructor({ timeframe, calendar, from, graceMs = 0, barMinutes = 1 }: BarBuilderOptions) {
    requireTimeframe(timeframe, barMinutes * MINUTE_MS);
    if (!(graceMs >= 0 && graceMs < Number.POSITIVE_INFINITY)) {
      throw new ConfigError('GRACE', `the grace is ${graceMs} ms; give milliseconds of at least 0`, { graceMs });
    }
    this.#calendar = calendar;
    this.#ms = timeframeMs(timeframe)!;
    this.#partMs = barMinutes * MINUTE_MS;
    this.#graceMs = graceMs;
    this.#from = from;
    this.#session = sessionFrom(calendar, from);
    this.#next = Math.max(this.#session.open, this.#firstWhole(from)) as Timestamp;
    if (this.#next >= this.#session.close) this.#enter(sessionFrom(calendar, this.#session.close));
  }

  take(minute: StreamedBar): readonly BuilderEvent[] {
    const { start } = minute;
    const reason = this.#whyIgnored(minute);
    if (reason !== undefined) return [{ kind: 'ignored', reason, start }];
    // A minute of a later session than the one in hand: what is before it is told by the next `advance`.
    const session = this.#sessionOf(start)!;
    const span = barSpan(session, this.#ms, start);
    const window = this.#windows.get(span.start) ?? { ...span, minutes: [] };
    this.#windows.set(span.start, window);
    const { minutes } = window;
    const place = placeOf(minutes, start);
    const before = minutes[place]?.start === start ? minutes[place] : undefined;
    if (before !== undefined && isSame(before, minute)) return [];
    minutes.splice(place, before === undefined ? 0 : 1, { ...minute });
    if (span.start >= this.#next) return [];
    return [{ kind: 'corrected', reason: before === undefined ? 'late' : 'corrected', bar: built(window) }];
  }

  advance(now: Timestamp): readonly BuilderEvent[] {
    const told: BuilderEvent[] = [];
    for (;;) {
      if (this.#next >= this.#session.close) {
        // The minutes of a session are kept until the next one opens: they may still be corrected.
        const next = sessionFrom(this.#calendar, this.#session.close);
        if (now < next.open) return told;
        this.#enter(next);
      }
      const { start, end } = barSpan(this.#session, this.#ms, this.#next);
      if (now < end + this.#graceMs) return told;
      const window = this.#windows.get(start);
      told.push(window === undefined ? { kind: 'empty', start, end } : { kind: 'closed', bar: built(window) });
      this.#next = end;
    }
  }

  #enter(session: Session): void {
    this.#session = session;
    this.#next = session.open;
    for (const [start] of this.#windows) if (start < session.open) this.#windows.delete(start);
  }

  #whyIgnored({ start, open, high, low, close, volume }: StreamedBar): IgnoredReason | undefined {
    const isPossible = low > 0 && high >= open && high >= close && low <= open && low <= close && volume >= 0;
    if (!(isPossible && Number.isFinite(high) && Number.isFinite(volume))) return 'impossible';
    if (start < this.#session.open) return start < this.#from ? 'before-start' : 'too-old';
    const session = this.#sessionOf(start);
    if (session === undefined) return 'outside-session';
    if ((start - session.open) % this.#partMs !== 0) return 'off-grid';
    return barSpan(session, this.#ms, start).start < this.#from ? 'before-start' : undefined;
  }

  /** The session in whose hours a time lies. */
  #sessionOf(time: Timestamp): Session | undefined {
    const { open, close } = this.#session;
    if (time >= open && time < close) return this.#session;
    const day = newYorkDay(time);
    const session = this.#calendar.session(day);
    return session !== undefined && time >= session.open && time < session.close ? session : undefined;
  }

  /** Start of the first bar that starts at a time or later. */
  #firstWhole(time: Timestamp): number {
    const { open } = this.#session;
    return open + Math.max(0, Math.ceil((time - open) / this.#ms)) * this.#ms;
  }
}

const LONGEST_BREAK_DAYS = 14;

/** The first session that closes after a time. Throws `CalendarError` beyond the calendar. */
function sessionFrom(calendar: TradingCalendar, time: Timestamp): Session {
  const day = newYorkDay(time);
  const sessions = calendar.sessions(day, (day + LONGEST_BREAK_DAYS) as SessionDay);
  return sessions.find(({ close }) => close > time)!;
}

/** The place of the minute, or where it belongs. */
function placeOf(minutes: readonly StreamedBar[], start: Timestamp): number {
  let place = minutes.length;
  while (place > 0 && minutes[place - 1]!.start >= start) place -= 1;
  return place;
}

function isSame(a: StreamedBar, b: StreamedBar): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}

function built({ start, end, minutes }: Window): BuiltBar {
  const bar = emptyBars(1);
  const part = emptyBars(1);
  for (const { open, high, low, close, volume } of minutes) {
    part.open[0] = open;
    part.high[0] = high;
    part.low[0] = low;
    part.close[0] = close;
    part.volume[0] = volume;
    mergeBar(part, 0, bar, 0);
  }
  return {
    start,
    end,
    open: bar.open[0]!,
    high: bar.high[0]!,
    low: bar.low[0]!,
    close: bar.close[0]!,
    volume: bar.volume[0]!,
    parts: minutes.length,
  };
}
