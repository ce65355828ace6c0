/** Loads a history from a store. */
import { ConfigError, DataError, fromNewYork, type SessionDay } from '@tradekit/core';
import { type BarRange, HistoryAssembly, symbolsOf } from './assembly.js';
import { joined, type RowsOf } from './csv/columns.js';
import type { LoadedBars, LoadedFile } from './folder.js';
import { rowsBefore } from './instruments/adjust.js';
import { type InstrumentRecord, recordsFor, symbolOf } from './instruments/record.js';
import type { BarStore, StoredSeries } from './stores/store.js';

/** What {@link loadStoredBars} loads; what the bars are, the store knows. */
export type LoadStoredOptions = Pick<BarRange, 'calendar' | 'start' | 'end'> &
  ({ readonly instruments: readonly InstrumentRecord[] } | { readonly symbols: readonly string[] });

/**
 * As `loadBars`, from a store: only the bars of the range are read. In the answer a file is a series of the store.
 *
 * Throws what the store throws, `DataError` `STORE_EMPTY` when nothing was imported yet, and all that `loadBars` throws of bars.
 */
export async function loadStoredBars(store: BarStore, options: LoadStoredOptions): Promise<LoadedBars> {
  const identity = await store.identity();
  if (identity === undefined) {
    throw new DataError('STORE_EMPTY', `the ${store.kind} store is empty; import bars first`, { store: store.kind });
  }
  const records = 'instruments' in options ? options.instruments : recordsFor(options.symbols, []);
  if (records.length === 0) throw new ConfigError('NO_SYMBOLS', 'no symbol to load; name at least one');
  const assembly = new HistoryAssembly(records, { ...identity, ...options });
  const stored = new Map((await store.list()).map((series) => [series.symbol, series]));
  const range = { from: fromNewYork(options.start, 0), to: fromNewYork((options.end + 1) as SessionDay, 0) };
  const files: LoadedFile[] = [];
  for (const record of assembly.records) {
    const columns = joined(await partsOf(store, record, stored, range));
    const path = `${store.kind}:${symbolOf(record)}`;
    const rows = columns.start.length;
    files.push({ symbol: record.id, path, rows, bars: assembly.add(record, columns, rows, path) });
  }
  const history = assembly.finish();
  return { history, warnings: assembly.warnings(false), files, synthetic: false, repairs: [] };
}

/** The bars of each of the instrument's symbols in its own time. */
async function partsOf(
  store: BarStore,
  record: InstrumentRecord,
  stored: ReadonlyMap<string, StoredSeries>,
  range: { readonly from: ReturnType<typeof fromNewYork>; readonly to: ReturnType<typeof fromNewYork> },
): Promise<readonly RowsOf[]> {
  const names = symbolsOf(record);
  const parts: RowsOf[] = [];
  for (const [place, { symbol, since }] of names.entries()) {
    const isLast = place === names.length - 1;
    if (!isLast && !stored.has(symbol)) continue;
    const columns = await store.read(symbol, range);
    const until = names[place + 1]?.since;
    const from = since === undefined || parts.length === 0 ? 0 : rowsBefore(columns, since);
    parts.push({ columns, from, to: until === undefined ? columns.start.length : rowsBefore(columns, until) });
  }
  return parts;
}
