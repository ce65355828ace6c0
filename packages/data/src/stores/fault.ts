/** What can go wrong with a store, said alike by all of them. */
import { ConfigError, DataError, type ErrorContext, nearest, TradekitError } from '@tradekit/core';
import type { BarSetIdentity, StoredSeries, StoreFault, TimeRange } from './store.js';

/** Codes of the `DataError`s of a store. */
export type StoreErrorCode =
  /** No series of that symbol. */
  | 'STORE_NO_SYMBOL'
  /** A symbol that cannot be one, or that came twice in one import. */
  | 'STORE_BAD_SYMBOL'
  /** Bars that no store may keep. */
  | 'STORE_BAD_BARS'
  /** The store has bars of another length, feed or adjustment. */
  | 'STORE_OTHER_IDENTITY'
  /** What is stored is not what was imported. */
  | 'STORE_DAMAGED'
  /** Written by a version of tradekit that this one does not know. */
  | 'STORE_SCHEMA'
  /** Another import is running. */
  | 'STORE_LOCKED'
  /** No room is left; the store is as it was. */
  | 'STORE_DISK_FULL'
  /** The place may not be read or written; the store is as it was. */
  | 'STORE_NO_ACCESS'
  /** The disk, or the database program, failed in another way. */
  | 'STORE_FAILED'
  /** A Parquet file whose columns are not those of bars. */
  | 'STORE_PARQUET'
  /** The database server does not answer, or went away. */
  | 'STORE_UNREACHABLE'
  /** A query of the user's own that the database does not take. */
  | 'STORE_QUERY'
  /** The store was closed. */
  | 'STORE_CLOSED';

/** An error of a store: what, and the remedy. */
export function storeError(
  code: StoreErrorCode,
  what: string,
  remedy: string,
  context: ErrorContext = {},
  options?: ErrorOptions,
): DataError {
  return new DataError(code, `${what}; ${remedy}`, context, options);
}

/** What is stored of a symbol is not what was imported. */
export function damaged(place: string, what: string, context: ErrorContext, options?: ErrorOptions): DataError {
  const remedy = 'nothing of it was handed out: import the series again, which mends it';
  return storeError('STORE_DAMAGED', `${place}: ${what}`, remedy, context, options);
}

/** The store has no such symbol. */
export function noSymbol(symbol: string, place: string, series: readonly Pick<StoredSeries, 'symbol'>[]): DataError {
  const near = nearest(
    symbol,
    series.map((found) => found.symbol),
  );
  const remedy = near === undefined ? 'import it first, or look at the list of symbols' : `did you mean "${near}"?`;
  const what =
    series.length === 0
      ? `no series of "${symbol}" in ${place}, which is empty`
      : `no series of "${symbol}" in ${place}`;
  return storeError('STORE_NO_SYMBOL', what, remedy, { symbol, place });
}

/** The store is closed. */
export function closed(place: string): DataError {
  return storeError('STORE_CLOSED', `${place} was closed`, 'open the store again', { place });
}

/** Throws `STORE_OTHER_IDENTITY` unless a store without an identity, or with this one, is meant. */
export function refuseOtherIdentity(wanted: BarSetIdentity, has: BarSetIdentity | undefined, place: string): void {
  refuseBadIdentity(wanted);
  if (has === undefined || identityText(has) === identityText(wanted)) return;
  const what = `${place} has ${identityText(has)}, not ${identityText(wanted)}`;
  throw storeError('STORE_OTHER_IDENTITY', what, 'put these bars into a store of their own', { place });
}

function refuseBadIdentity({ barMinutes, feed, adjusted }: BarSetIdentity): void {
  const isFeed = ['sip', 'iex', 'unknown'].includes(feed);
  const isAdjusted = ['raw', 'split', 'total-return'].includes(adjusted);
  if (isFeed && isAdjusted && Number.isInteger(barMinutes) && barMinutes > 0) return;
  const what = `no bars are of ${barMinutes} minutes, feed "${feed}", adjusted "${adjusted}"`;
  throw new ConfigError('STORE_IDENTITY', `${what}; give whole minutes, a feed and an adjustment that exist`);
}

/** The identity in words. */
function identityText({ barMinutes, feed, adjusted }: BarSetIdentity): string {
  return `${barMinutes}-minute bars (feed ${feed}, prices ${adjusted})`;
}

/** The bounds of a range as numbers. Throws `ConfigError` `STORE_RANGE` when they cannot be meant. */
export function boundsOf(range: TimeRange = {}): { readonly from: number; readonly to: number } {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = range;
  if (from <= to) return { from, to };
  throw new ConfigError(
    'STORE_RANGE',
    `no range goes from ${from} to ${to}; let "from" be before "to", in milliseconds`,
  );
}

/** An error as a line of a verification; what is no failure of ours passes through. */
export function faultOf(error: unknown, symbol?: string): StoreFault {
  if (!(error instanceof TradekitError)) throw error;
  return { code: error.code, symbol, message: error.message };
}
