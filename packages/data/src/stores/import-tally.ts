/** What every import does alike: refuse what cannot be kept, count, and tell how far it is. */
import { storeError } from './fault.js';
import { describeSeries, refuseBadSeries } from './series.js';
import type { ImportOptions, ImportProgress, ImportReport, SeriesInput, StoredSeries } from './store.js';

/** A failure of the caller's own source or callback, on its way through a store that would take it for one of the database. */
class OutsideFailure extends Error {}

/** Lets failures of the caller's own source and callback come out as they are. */
export async function withOutsideFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof OutsideFailure ? error.cause : error;
  }
}

/** The books of one import. */
export class ImportTally {
  readonly #outcomes = new Map<string, ImportProgress['outcome']>();
  readonly #onProgress: ImportOptions['onProgress'];
  #rows = 0;

  constructor({ onProgress }: ImportOptions = {}) {
    this.#onProgress = onProgress;
  }

  /** The series of the caller, one after the other. To be used within {@link withOutsideFailures}. */
  async *inputs(series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>): AsyncGenerator<SeriesInput> {
    try {
      yield* series;
    } catch (cause) {
      throw new OutsideFailure('', { cause });
    }
  }

  /** Describes the next series. Throws when it cannot be kept, or came before. */
  take({ symbol, bars }: SeriesInput): StoredSeries {
    refuseBadSeries(symbol, bars);
    if (this.#outcomes.has(symbol)) {
      throw storeError('STORE_BAD_SYMBOL', `"${symbol}" comes twice in one import`, 'give each symbol once', {
        symbol,
      });
    }
    return describeSeries(symbol, bars);
  }

  /** A series is where it belongs. */
  done({ symbol, rows }: StoredSeries, outcome: ImportProgress['outcome']): void {
    this.#outcomes.set(symbol, outcome);
    this.#rows += rows;
    try {
      this.#onProgress?.({ symbol, outcome, series: this.#outcomes.size, rows: this.#rows });
    } catch (cause) {
      throw new OutsideFailure('', { cause });
    }
  }

  /** What the import came to. */
  report(): ImportReport {
    const symbols = (wanted: ImportProgress['outcome']): readonly string[] =>
      [...this.#outcomes]
        .filter(([, outcome]) => outcome === wanted)
        .map(([symbol]) => symbol)
        .sort();
    return {
      added: symbols('added'),
      replaced: symbols('replaced'),
      unchanged: symbols('unchanged'),
      rows: this.#rows,
    };
  }
}
