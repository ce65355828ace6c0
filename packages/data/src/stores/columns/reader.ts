/** Reading a folder of column files, without waiting: a backtest loads before it begins. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Timestamp } from '@tradekit/core';
import type { BarColumns } from '../../csv/columns.js';
import { isMissing, onDisk } from '../disk.js';
import { boundsOf, damaged, faultOf, noSymbol } from '../fault.js';
import { describeSeries, isSameSeries } from '../series.js';
import { sliceOf } from '../slice.js';
import type { BarSetIdentity, BarSlice, StoredSeries, StoreFault, TimeRange, VerifyReport } from '../store.js';
import { headerText, withSeriesFile } from './bar-file.js';
import { type Manifest, type ManifestEntry, manifestPath, NOTHING, readManifest } from './manifest.js';

/** A folder of column files, read without waiting. The methods promise what those of `BarStore` do, and hold no file open. */
export interface ColumnStoreReader {
  /** As `BarStore.identity`. */
  identity(): BarSetIdentity | undefined;
  /** As `BarStore.list`. */
  list(): readonly StoredSeries[];
  /** As `BarStore.read`. */
  read(symbol: string, range?: TimeRange): BarColumns;
  /** As `BarStore.slice`. */
  slice(start: Timestamp): BarSlice;
  /** As `BarStore.verify`. */
  verify(): VerifyReport;
}

/**
 * Opens a folder of column files for reading. A folder that does not exist is an empty store. While another process imports,
 * every call sees the state before or after.
 */
export function openColumnStore(folder: string): ColumnStoreReader {
  const manifests = new CurrentManifest(folder);
  return {
    identity: () => manifests.read().identity,
    list: () => manifests.read().series.map(({ file: _, ...series }) => series),
    read(symbol, range) {
      const { from, to } = boundsOf(range);
      return manifests.use((manifest) => {
        const entry = manifest.series.find((found) => found.symbol === symbol);
        if (entry === undefined) throw noSymbol(symbol, `"${folder}"`, manifest.series);
        return readEntry(folder, entry, manifest, from, to);
      });
    },
    slice: (start) =>
      manifests.use((manifest) =>
        sliceOf(
          start,
          manifest.series
            .filter(({ first, last }) => first <= start && start <= last)
            .map((entry) => ({ symbol: entry.symbol, bars: readEntry(folder, entry, manifest, start, start + 1) })),
        ),
      ),
    verify: () => verifyFolder(folder, manifests),
  };
}

function verifyFolder(folder: string, manifests: CurrentManifest): VerifyReport {
  const faults: StoreFault[] = [];
  let manifest = NOTHING;
  let rows = 0;
  try {
    manifest = manifests.read();
  } catch (error) {
    faults.push(faultOf(error));
  }
  for (const entry of manifest.series) {
    try {
      refuseChanged(folder, entry, manifest);
      rows += entry.rows;
    } catch (error) {
      faults.push(faultOf(error, entry.symbol));
    }
  }
  return { series: manifest.series.length, rows, faults };
}

/** Throws when the file of a series is not exactly what was imported. */
export function refuseChanged(folder: string, entry: ManifestEntry, manifest: Pick<Manifest, 'identity'>): void {
  const { from, to } = boundsOf();
  const bars = readEntry(folder, entry, manifest, from, to);
  const path = join(folder, entry.file);
  if (isSameSeries(describeSeries(entry.symbol, bars), entry)) return;
  throw damaged(path, 'its bars do not match their checksum', { path, symbol: entry.symbol });
}

function readEntry(
  folder: string,
  entry: ManifestEntry,
  { identity }: Pick<Manifest, 'identity'>,
  from: number,
  to: number,
): BarColumns {
  const header = headerText(entry, identity!);
  return withSeriesFile(join(folder, entry.file), entry, header, (file) => file.read(from, to));
}

/** The manifest as it is now: read again when it was replaced. */
class CurrentManifest {
  readonly #folder: string;
  #version = '';
  #manifest = NOTHING;

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(): Manifest {
    const version = this.#find();
    if (version === '' || version !== this.#version) {
      this.#manifest = readManifest(this.#folder);
      this.#version = version;
    }
    return this.#manifest;
  }

  /** Does something with the manifest, and once more when it was replaced meanwhile and the files of before are gone. */
  use<T>(work: (manifest: Manifest) => T): T {
    for (;;) {
      const manifest = this.read();
      try {
        return work(manifest);
      } catch (error) {
        if (this.read() === manifest) throw error;
      }
    }
  }

  /** What changes with every replacement; empty when there is no manifest. */
  #find(): string {
    const path = manifestPath(this.#folder);
    return onDisk('read', path, () => {
      try {
        const { ino, mtimeNs, size } = statSync(path, { bigint: true });
        return `${ino} ${mtimeNs} ${size}`;
      } catch (error) {
        if (isMissing(error)) return '';
        throw error;
      }
    });
  }
}
