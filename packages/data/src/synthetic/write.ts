/** A synthetic market as files: written once, recognised ever after. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataError } from '@tradekit/core';
import { writeBarFile } from '../csv/write.js';
import { barFileName } from '../folder-files.js';
import { describeMarket, holdsMarket, type MarketFile, RECORD, readRecord, recordText, sizeOf } from './description.js';
import { syntheticSeries } from './market.js';
import { BAR_MINUTES, type MarketPlan, marketPlan, type SyntheticMarketOptions } from './options.js';

/** Lies in the folder while files are being written, and stays when that is cut short. */
const UNFINISHED = 'market.json.unfinished';

/** How far the writing is. */
export interface SyntheticMarketProgress {
  /** The symbol whose file has just been written. */
  readonly symbol: string;
  /** Count of files written, this one included. */
  readonly done: number;
  readonly total: number;
}

/**
 * Writes a synthetic market into a folder, which is made if need be: one standard bar file `{SYMBOL}_15min.csv` for every
 * instrument, and at last, by renaming, `market.json` that describes the market. Answers `unchanged`, without generating
 * anything, when the folder holds this market already; a folder that holds another one or a part of one is written anew,
 * and files of the old market that the new one does not have are removed.
 *
 * `onProgress` hears of every file. Throws `ConfigError` on options that cannot be meant, and `DataError`
 * `SYNTHETIC_FOREIGN_FILE` when a file of that name exists that no synthetic market has put there: nobody's own data is
 * overwritten. File system errors pass through.
 */
export function writeSyntheticMarket(
  folder: string,
  options: SyntheticMarketOptions = {},
  onProgress: (progress: SyntheticMarketProgress) => void = () => {},
): 'written' | 'unchanged' {
  const plan = marketPlan(options);
  const market = describeMarket(plan);
  const old = readRecord(join(folder, RECORD));
  if (old !== undefined && holdsMarket(folder, old, market)) return 'unchanged';
  mkdirSync(folder, { recursive: true });
  if (old === undefined && sizeOf(join(folder, UNFINISHED)) === undefined) refuseForeignFiles(folder, plan);
  writeFileSync(join(folder, UNFINISHED), recordText(market, []));
  rmSync(join(folder, RECORD), { force: true });
  removeOldFiles(folder, old?.files ?? [], plan);
  const files = writeFiles(folder, plan, onProgress);
  writeFileSync(join(folder, UNFINISHED), recordText(market, files));
  renameSync(join(folder, UNFINISHED), join(folder, RECORD));
  return 'written';
}

function writeFiles(
  folder: string,
  plan: MarketPlan,
  onProgress: (progress: SyntheticMarketProgress) => void,
): readonly MarketFile[] {
  const files: MarketFile[] = [];
  const total = plan.instruments.length;
  for (const series of syntheticSeries(plan)) {
    const symbol = series.instrument.id;
    const file = barFileName(symbol, BAR_MINUTES);
    writeBarFile(join(folder, file), series);
    files.push({ file, bytes: sizeOf(join(folder, file)) ?? 0 });
    onProgress({ symbol, done: files.length, total });
  }
  return files;
}

function refuseForeignFiles(folder: string, { instruments }: MarketPlan): void {
  for (const { id } of instruments) {
    const path = join(folder, barFileName(id, BAR_MINUTES));
    if (sizeOf(path) === undefined) continue;
    throw new DataError(
      'SYNTHETIC_FOREIGN_FILE',
      `${path} is not from a synthetic market and would be overwritten; choose another folder or move the file away`,
      { file: path },
    );
  }
}

/** Removes what the old market had and the new one has not, as long as it is what was written then. */
function removeOldFiles(folder: string, old: readonly MarketFile[], { instruments }: MarketPlan): void {
  const kept = new Set(instruments.map(({ id }) => barFileName(id, BAR_MINUTES)));
  for (const { file, bytes } of old) {
    const path = join(folder, basename(file));
    if (!kept.has(file) && sizeOf(path) === bytes) rmSync(path);
  }
}
