/** The journal of a paper run as a file: one line of JSON for each event, with what was decided on it. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Bars, decisionText, type EngineEvent, type Journal } from '@tradekit/core';

const FLUSH_AT = 1 << 20;

/** A journal that is being written beside a run's folder, and goes into it when that is whole. */
export interface JournalFile extends Journal {
  /** Where it is while the run goes on. */
  readonly path: string;
  /** Writes what is left and moves the file into the run's folder as `journal.jsonl`. */
  moveInto(directory: string): void;
  /** Removes the file: nothing was run. */
  discard(): void;
}

/**
 * Makes a journal beside the folder that a run will leave. Lines are kept until `flush`, which the loop asks for before anything
 * is sent, or until there are many; file system errors pass through, and end the run.
 */
export function journalFile(directory: string): JournalFile {
  mkdirSync(dirname(directory), { recursive: true });
  const path = `${directory}.journal.jsonl`;
  const file = openSync(path, 'w');
  let waiting: string[] = [];
  let length = 0;
  const write = (): void => {
    if (waiting.length === 0) return;
    writeSync(file, waiting.join(''));
    waiting = [];
    length = 0;
  };
  return {
    path,
    append(event, { decisions }) {
      const line = `{"event":${eventText(event)},"decisions":[${decisions.map(decisionText).join(',')}]}\n`;
      waiting.push(line);
      length += line.length;
      if (length > FLUSH_AT) write();
    },
    flush: async () => write(),
    moveInto(target) {
      write();
      closeSync(file);
      renameSync(path, join(target, 'journal.jsonl'));
    },
    discard() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

/** Bars and official closes as lists, NaN as null: there is no bar. */
function eventText(event: EngineEvent): string {
  if (event.kind === 'slice') return JSON.stringify({ ...event, bars: listed(event.bars) });
  if (event.kind === 'session-close') return JSON.stringify({ ...event, official: Array.from(event.official) });
  return JSON.stringify(event);
}

function listed({ open, high, low, close, volume }: Bars): Record<keyof Bars, readonly number[]> {
  return {
    open: Array.from(open),
    high: Array.from(high),
    low: Array.from(low),
    close: Array.from(close),
    volume: Array.from(volume),
  };
}
