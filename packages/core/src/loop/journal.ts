import type { Engine } from '../engine/engine.js';
import type { Bars } from '../market/bars.js';
import type { Decision, EngineEvent, EngineOutput } from '../ports/events.js';
import type { Journal } from '../ports/journal.js';

/** One event and what was decided on it. */
export interface JournalEntry {
  readonly event: EngineEvent;
  readonly decisions: readonly Decision[];
}

/** A journal in memory: every event with its own copy of the bars, and the decisions. */
export interface MemoryJournal extends Journal {
  readonly entries: readonly JournalEntry[];
}

/** Keeps everything; for tests, for a replay, for runs of a modest size. */
export function memoryJournal(): MemoryJournal {
  const entries: JournalEntry[] = [];
  return {
    entries,
    append: (event: EngineEvent, { decisions }: EngineOutput) => {
      entries.push({ event: copyEvent(event), decisions: [...decisions] });
    },
    flush: () => Promise.resolve(),
  };
}

/** The event with bars of its own: the feed reuses its row. */
function copyEvent(event: EngineEvent): EngineEvent {
  if (event.kind === 'slice') return { ...event, bars: copyBars(event.bars) };
  if (event.kind === 'session-close') return { ...event, official: event.official.slice() };
  return { ...event };
}

function copyBars({ open, high, low, close, volume }: Bars): Bars {
  return { open: open.slice(), high: high.slice(), low: low.slice(), close: close.slice(), volume: volume.slice() };
}

/** The first place where a replay decided otherwise than the record. */
export interface Difference {
  readonly sequence: number;
  readonly recorded: readonly Decision[];
  readonly replayed: readonly Decision[];
}

/** Decides every recorded event again, with a fresh engine, and gives the entries that came out differently. */
export function replay(entries: readonly JournalEntry[], engine: Engine): readonly Difference[] {
  const differences: Difference[] = [];
  for (const { event, decisions } of entries) {
    const { decisions: replayed } = engine.process(event);
    if (!sameDecisions(decisions, replayed))
      differences.push({ sequence: event.sequence, recorded: decisions, replayed: [...replayed] });
  }
  return differences;
}

/** Brings a fresh engine to where the record ends, committing what was decided and asking nobody. */
export function recover(entries: readonly JournalEntry[], engine: Engine): void {
  for (const { event, decisions } of entries) engine.recover(event, decisions);
}

function sameDecisions(a: readonly Decision[], b: readonly Decision[]): boolean {
  return a.length === b.length && a.every((decision, place) => decisionText(decision) === decisionText(b[place]));
}

/** A decision as text: sealed orders by their number, request and worst price, NaN told apart from null. */
export function decisionText(decision: Decision | undefined): string {
  return JSON.stringify(decision, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}
