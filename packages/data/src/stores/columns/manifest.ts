/** The list of what a folder holds. Replacing it is the one moment at which an import takes effect. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataError } from '@tradekit/core';
import { isMissing, onDisk, syncFolder, UNFINISHED, writeWhole } from '../disk.js';
import { storeError } from '../fault.js';
import type { BarSetIdentity, StoredSeries } from '../store.js';
import { headerText, SCHEMA, unknownSchema } from './bar-file.js';

const NAME = 'store.json';
const ENDING = '.bars';

/** A series and the file that has it. */
export interface ManifestEntry extends StoredSeries {
  readonly file: string;
}

/** What a folder holds. */
export interface Manifest {
  /** `undefined` before the first import has ended. */
  readonly identity: BarSetIdentity | undefined;
  /** Sorted by symbol. */
  readonly series: readonly ManifestEntry[];
}

/** What a folder without a manifest holds. */
export const NOTHING: Manifest = { identity: undefined, series: [] };

/** Path of the manifest of a folder. */
export function manifestPath(folder: string): string {
  return join(folder, NAME);
}

/** The entry of a series: its file is named after everything it says, so that a file of that name is the same file. */
export function manifestEntry(series: StoredSeries, identity: BarSetIdentity): ManifestEntry {
  const digest = createHash('sha256')
    .update(`${SCHEMA} ${headerText(series, identity)}`)
    .digest('hex');
  return { ...series, file: `${series.symbol}-${digest.slice(0, 16)}${ENDING}` };
}

/**
 * The manifest of a folder; {@link NOTHING} when there is none, or no folder. Throws `STORE_DAMAGED` when a byte of it is not what was
 * written, or when it is missing beside files of bars, and `STORE_SCHEMA` on another version.
 */
export function readManifest(folder: string): Manifest {
  const path = manifestPath(folder);
  return onDisk('read', path, () => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (namesIn(folder).some((name) => name.endsWith(ENDING)))
        throw broken(path, 'it is missing beside files of bars');
      return NOTHING;
    }
    return parse(path, text);
  });
}

/** Replaces the manifest of a folder, so that it lasts. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeWhole(manifestPath(folder), [Buffer.from(render(manifest))]);
  syncFolder(folder);
}

/** Names in a folder that belong to no series: of imports that were cut off, and of series that were replaced. */
export function unreferenced(folder: string, { series }: Manifest): readonly string[] {
  const files = new Set(series.map(({ file }) => file));
  return namesIn(folder).filter(
    (name) => name.endsWith(ENDING + UNFINISHED) || (name.endsWith(ENDING) && !files.has(name)),
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function render({ identity, series }: Manifest): string {
  const body = { format: 'tradekit-columns', schema: SCHEMA, identity: identity ?? null, series };
  const checksum = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return `${JSON.stringify({ ...body, checksum }, undefined, 1)}\n`;
}

function parse(path: string, text: string): Manifest {
  const found = parsed(path, text);
  if (found.schema !== SCHEMA) throw unknownSchema(path, found.schema);
  const manifest: Manifest = { identity: found.identity ?? undefined, series: found.series ?? [] };
  // What is written again from what was read must be the same text: no byte is left unchecked.
  if (render(manifest) !== text) throw broken(path, 'it does not match its checksum');
  return manifest;
}

interface ManifestFile {
  readonly schema?: unknown;
  readonly identity?: BarSetIdentity | null;
  readonly series?: readonly ManifestEntry[];
}

function parsed(path: string, text: string): ManifestFile {
  try {
    return Object(JSON.parse(text)) as ManifestFile;
  } catch (error) {
    throw broken(path, 'it is no JSON', { cause: error });
  }
}

function broken(path: string, what: string, options?: ErrorOptions): DataError {
  const remedy = 'the files beside it cannot be trusted without it: remove the folder and import the bars again';
  return storeError('STORE_DAMAGED', `${path}: ${what}`, remedy, { path }, options);
}
