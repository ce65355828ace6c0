import type { EngineEvent, EngineOutput } from './events.js';

/**
 * What was learned and what was decided, in order. An event's bars and the output are reused by their owners: a journal
 * that keeps them copies them.
 */
export interface Journal {
  /** Takes an event and what was decided on it. Throws when it cannot be kept: the process must end then. */
  append(event: EngineEvent, output: EngineOutput): void;
  /** Resolves when everything appended is safe. Nothing leaves for a broker before. */
  flush(): Promise<void>;
}

/** Keeps nothing. */
export const noJournal: Journal = Object.freeze({ append() {}, flush: () => Promise.resolve() });

/** Writes to several journals, in order. */
export function journals(...all: readonly Journal[]): Journal {
  return {
    append(event, output) {
      for (const journal of all) journal.append(event, output);
    },
    async flush() {
      for (const journal of all) await journal.flush();
    },
  };
}
