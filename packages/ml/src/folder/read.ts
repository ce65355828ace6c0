/** Model folders, read: every fold's model, and the last one. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MlError } from '../error.js';
import type { ReadOptions } from '../trees/limits.js';
import type { DatedModel } from './dated-model.js';
import { readModelTexts } from './model-file.js';

/** Name of the file with a member's model in the folder of its fold. */
export const memberFile = (member: number): string => `model-${member + 1}.json`;
/** Name of the folder of folds in a model folder. */
export const FOLDS = 'folds';

/**
 * The models of a folder that training has left, in the order in which they could be had. Throws `MlError` `MODEL_FOLDER` when there is no such folder or it has no model, and
 * what reading a file throws, with its path.
 */
export function readModelFolder(folder: string, options: ReadOptions = {}): readonly DatedModel[] {
  const place = join(folder, FOLDS);
  const models = existsSync(place)
    ? readdirSync(place)
        .filter((name) => !name.startsWith('.'))
        .sort()
        .map((name) => readFold(join(place, name), options))
    : [];
  if (models.length === 0) {
    const message = `"${folder}" holds no trained model; make one with tradekit train, or correct the path`;
    throw new MlError('MODEL_FOLDER', message, { folder });
  }
  return models.sort((a, b) => a.identity.knownAt - b.identity.knownAt);
}

/** The model in the folder of a fold. Throws as {@link readModelFolder}. */
export function readFold(folder: string, options: ReadOptions = {}): DatedModel {
  const files = readdirSync(folder).filter((name) => /^model-\d+\.json$/.test(name));
  const paths = files.map((_, member) => join(folder, memberFile(member)));
  try {
    for (const path of paths) requireReadable(path, options);
    return readModelTexts(
      paths.map((path) => readFileSync(path, 'utf8')),
      options,
    );
  } catch (error) {
    if (!(error instanceof MlError)) throw error;
    throw new MlError(error.code, `"${folder}": ${error.message}`, { ...error.context, folder }, { cause: error });
  }
}

/** Looked at before it is read: a file that is too large must not fill the memory first. */
function requireReadable(path: string, { maxLength = 256e6 }: ReadOptions): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new MlError('MODEL_MEMBERS', `there is no file "${path}"; put it back, or train again`);
  if (found.size <= maxLength) return;
  const message = `"${path}" has ${found.size} bytes, and at most ${maxLength} are read; raise maxLength if you trust it`;
  throw new MlError('MODEL_TOO_LARGE', message, { length: found.size, maxLength });
}
