/** The port behind which bars are kept: column files, DuckDB, PostgreSQL, or a store of the user's own. */
import type { Bars, Timestamp } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';

/** What the bars of a store are. Two sets of bars that differ in it are different data, and never lie in one store. */
export interface BarSetIdentity {
  /** Length of the bars in minutes. */
  readonly barMinutes: number;
  /** Where the vendor's bars come from: all exchanges, IEX alone, or nobody knows. */
  readonly feed: 'sip' | 'iex' | 'unknown';
  /** What has been taken out of the prices: nothing, splits, or splits and dividends. */
  readonly adjusted: 'raw' | 'split' | 'total-return';
}

/** The bars of one symbol as a store lists them. */
export interface StoredSeries {
  readonly symbol: string;
  readonly rows: number;
  /** Start of the first bar. */
  readonly first: Timestamp;
  /** Start of the last bar. */
  readonly last: Timestamp;
  /** `seriesChecksum` of the bars: the same in every store. */
  readonly checksum: string;
}

/** Bars of one symbol on their way into a store. */
export interface SeriesInput {
  /** 1 to 32 letters, digits and `. _ ^ = -`, the first of them a letter or a digit. */
  readonly symbol: string;
  readonly bars: BarColumns;
}

/** Bars that start from `from` on and before `to`; without a bound, all on that side. */
export interface TimeRange {
  readonly from?: Timestamp;
  readonly to?: Timestamp;
}

/** All bars of a store that start at one instant, one cell a symbol. */
export interface BarSlice {
  readonly start: Timestamp;
  /** Symbols that have such a bar, sorted; their place is the cell in the columns. */
  readonly symbols: readonly string[];
  readonly bars: Bars;
}

/** How far an import is: told after every series. */
export interface ImportProgress {
  readonly symbol: string;
  readonly outcome: 'added' | 'replaced' | 'unchanged';
  /** Count of series so far, this one included. */
  readonly series: number;
  /** Rows of them. */
  readonly rows: number;
}

/** How an import goes about it. */
export interface ImportOptions {
  /** Called after every series. What it throws ends the import. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** What an import did, as sorted symbols. */
export interface ImportReport {
  readonly added: readonly string[];
  readonly replaced: readonly string[];
  /** The store held exactly these bars already: nothing was written. */
  readonly unchanged: readonly string[];
  /** Rows of all series that were given. */
  readonly rows: number;
}

/** One thing that is wrong with a store. */
export interface StoreFault {
  /** Code of the error that reading would throw. */
  readonly code: string;
  /** `undefined` when it is not about one symbol. */
  readonly symbol: string | undefined;
  /** What is wrong, where, and the remedy. */
  readonly message: string;
}

/** What a verification found. */
export interface VerifyReport {
  /** Series that were checked, faulty ones included. */
  readonly series: number;
  /** Rows of the series that are whole. */
  readonly rows: number;
  /** Empty: every bar is what was imported. */
  readonly faults: readonly StoreFault[];
}

/**
 * A place where bars are kept, one series a symbol, all of one identity. Every store keeps every bit of every number.
 *
 * All methods throw `DataError` with a code of `StoreErrorCode`, and a store that cannot answer rightly throws: bars that do
 * not match their checksums are never handed out. A new store is empty; it is made by its first import.
 */
export interface BarStore {
  /** What the store is, for people: `columns`, `duckdb`, `postgres`. */
  readonly kind: string;

  /** What the bars are; `undefined` when nothing was imported yet. */
  identity(): Promise<BarSetIdentity | undefined>;

  /** All series, sorted by symbol. */
  list(): Promise<readonly StoredSeries[]>;

  /**
   * Bars of one symbol, all or those of a range; the columns are the caller's own. A range without bars gives columns without
   * cells. Throws `STORE_NO_SYMBOL`, naming the nearest symbol there is, and `ConfigError` `STORE_RANGE` on a range that ends before it
   * begins.
   */
  read(symbol: string, range?: TimeRange): Promise<BarColumns>;

  /** The bars of all symbols that start at an instant; none is no error. */
  slice(start: Timestamp): Promise<BarSlice>;

  /**
   * Puts series into the store. Series of the same symbols are replaced as a whole, other symbols stay. Importing what the store
   * holds already changes nothing; what it holds is read and compared for that, so that importing a damaged series again mends it.
   *
   * All or nothing: until the last series is written, every reader sees the store as it was, and so does whoever opens it after a
   * crash at any moment. Started again after a crash it comes to the same end as if nothing had happened. One series at a time is
   * taken from `series` and held in memory.
   *
   * Throws `STORE_OTHER_IDENTITY` when the store has bars of another identity, `STORE_BAD_BARS` on bars that are not: starts ascending whole
   * milliseconds, prices finite and above zero with low and high enclosing the others, volume finite and at least zero;
   * `STORE_BAD_SYMBOL` on a symbol that cannot be one or comes twice; `STORE_LOCKED` while another import runs.
   */
  import(
    identity: BarSetIdentity,
    series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>,
    options?: ImportOptions,
  ): Promise<ImportReport>;

  /** Reads everything, compares it with the checksums of the import, and tells of every series that is wrong. */
  verify(): Promise<VerifyReport>;

  /** Gives back files and connections. Using the store afterwards is an error. */
  close(): Promise<void>;
}
