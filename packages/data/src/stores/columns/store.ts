/** The store of column files behind the port: what the reader reads, and the import. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '@tradekit/core';
import { makeFolder, onDisk, syncFolder } from '../disk.js';
import { closed, refuseOtherIdentity } from '../fault.js';
import { type ImportLock, lockImport } from '../import-lock.js';
import { ImportTally, withOutsideFailures } from '../import-tally.js';
import { isSameSeries } from '../series.js';
import type { BarSetIdentity, BarStore, ImportOptions, ImportReport, SeriesInput } from '../store.js';
import { headerText, writeSeriesFile } from './bar-file.js';
import {
  type Manifest,
  type ManifestEntry,
  manifestEntry,
  NOTHING,
  readManifest,
  unreferenced,
  writeManifest,
} from './manifest.js';
import { openColumnStore, refuseChanged } from './reader.js';

/**
 * The default store: a folder with a file for each symbol, and a manifest. Nothing has to be installed, and a series is read straight
 * into its columns, every block of 1,024 bars checked against its checksum; a range or a slice reads only the blocks it needs. To
 * read without waiting there is `openColumnStore`.
 *
 * An import writes new files beside the old ones and then replaces the manifest in one step. What an import that was cut off has
 * written is used by the next one, if it is whole, and removed otherwise.
 */
export function columnStore(folder: string): BarStore {
  const reader = openColumnStore(folder);
  let isClosed = false;
  const open = (): void => {
    if (isClosed) throw closed(`"${folder}"`);
  };
  const answer = async <T>(read: () => T): Promise<T> => {
    open();
    return read();
  };
  return {
    kind: 'columns',
    identity: () => answer(reader.identity),
    list: () => answer(reader.list),
    read: (symbol, range) => answer(() => reader.read(symbol, range)),
    slice: (start) => answer(() => reader.slice(start)),
    verify: () => answer(reader.verify),
    async import(identity, series, options) {
      open();
      refuseOtherIdentity(identity, undefined, folder);
      makeFolder(folder);
      const lock = lockImport(join(folder, 'store.lock'));
      try {
        return await withOutsideFailures(() => importLocked(folder, lock, identity, series, options));
      } finally {
        lock.release();
      }
    },
    async close() {
      isClosed = true;
    },
  };
}

async function importLocked(
  folder: string,
  lock: ImportLock,
  identity: BarSetIdentity,
  series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>,
  options: ImportOptions | undefined,
): Promise<ImportReport> {
  const before = readManifest(folder);
  refuseOtherIdentity(identity, before.identity, `"${folder}"`);
  // From now on a folder with files of bars and no manifest is one that lost it.
  if (before === NOTHING) writeManifest(folder, NOTHING);
  const entries = new Map(before.series.map((entry) => [entry.symbol, entry]));
  const tally = new ImportTally(options);
  for await (const input of tally.inputs(series)) {
    const entry = manifestEntry(tally.take(input), identity);
    const known = entries.get(input.symbol);
    const isWritten = writeIfNeeded(folder, entry, identity, input);
    const isUnchanged = known !== undefined && isSameSeries(known, entry) && !isWritten;
    entries.set(input.symbol, entry);
    tally.done(entry, isUnchanged ? 'unchanged' : known === undefined ? 'added' : 'replaced');
  }
  const after: Manifest = { identity, series: [...entries.values()].sort((a, b) => (a.symbol < b.symbol ? -1 : 1)) };
  commit(folder, lock, before, after);
  return tally.report();
}

/** Writes the file of a series unless it is there and whole; answers whether it did. */
function writeIfNeeded(folder: string, entry: ManifestEntry, identity: BarSetIdentity, { bars }: SeriesInput): boolean {
  try {
    refuseChanged(folder, entry, { identity });
    return false;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    writeSeriesFile(join(folder, entry.file), headerText(entry, identity), bars);
    return true;
  }
}

/** The files first, then the manifest that names them, then away with what it does not name. */
function commit(folder: string, lock: ImportLock, before: Manifest, after: Manifest): void {
  const isChanged = after.series.length > 0 && JSON.stringify(before) !== JSON.stringify(after);
  if (isChanged) {
    syncFolder(folder);
    lock.confirm();
    writeManifest(folder, after);
  }
  const kept = isChanged ? after : before;
  onDisk('write', folder, () => {
    for (const name of unreferenced(folder, kept)) rmSync(join(folder, name), { force: true });
  });
}
