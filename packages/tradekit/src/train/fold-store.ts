/** The folder of a training: every fold is stored, whole, as soon as it is done, so that a training that was killed goes on where it was. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@tradekit/core';
import { type DatedModel, FOLDS, memberFile, modelTexts, readFold } from '@tradekit/ml';

/** What there is of a fold beside its model. */
export interface FoldNote {
  /** `fold-01` …, or `last`: trained on everything, tested on nothing. */
  readonly name: string;
  readonly trainSamples: number;
  readonly testSamples: number;
  /** Rates of down, flat and up in the training. */
  readonly rates: readonly number[];
  /** Rounds in each member's model; 0 where there are none. */
  readonly rounds: readonly number[];
  /** Part of the gain of each feature; empty for a model without trees. */
  readonly gain: readonly number[];
  /** Rise of the log loss on test rows when a feature is shuffled; empty for the last model. */
  readonly permutation: readonly number[];
}

/** A fold that is done. */
export interface DoneFold {
  readonly note: FoldNote;
  readonly model: DatedModel;
  /** Calibrated probabilities of the test samples, three a row. */
  readonly said: Float64Array;
}

/** Name of the folder of runs that nothing can be learned from. */
export const CONTROLS = 'controls';

const PLAN = 'plan.json';
const NOTE = 'fold.json';
const SAID = 'probabilities.f64';
/** Names of everything that a training leaves. */
const OWN: readonly string[] = [
  PLAN,
  FOLDS,
  CONTROLS,
  'folds.csv',
  'predictions.csv',
  'importance.csv',
  'train.json',
  'report.html',
];

/**
 * Makes the folder ready for a plan: what was begun by the same plan stays, what another one has left is removed. Throws `ConfigError` `MODEL_FOLDER_TAKEN` when the folder
 * holds anything else.
 */
export function openFolder(folder: string, plan: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const stray = names.find((name) => !OWN.includes(name));
  if (stray !== undefined || (names.length > 0 && !names.includes(PLAN))) {
    const message = `"${folder}" holds "${stray ?? names[0]}", which no training has left; name another folder in train.output`;
    throw new ConfigError('MODEL_FOLDER_TAKEN', message, { folder });
  }
  if (names.includes(PLAN) && readFileSync(join(folder, PLAN), 'utf8') === plan) return;
  for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, FOLDS), { recursive: true });
  writeFileSync(join(folder, PLAN), plan);
}

/** Stores a fold in a folder of folds; it is there with everything, or not at all. */
export function storeFold(folder: string, { note, model, said }: DoneFold): void {
  const begun = join(folder, `.${note.name}`);
  rmSync(begun, { recursive: true, force: true });
  mkdirSync(begun, { recursive: true });
  for (const [member, text] of modelTexts(model).entries()) writeFileSync(join(begun, memberFile(member)), text);
  writeFileSync(join(begun, SAID), new Uint8Array(said.buffer, said.byteOffset, said.byteLength));
  writeFileSync(join(begun, NOTE), `${JSON.stringify(note, null, 2)}\n`);
  renameSync(begun, join(folder, note.name));
}

/** A fold that was stored; `undefined` where it was not. Throws `MlError` when its model is damaged. */
export function storedFold(folder: string, name: string): DoneFold | undefined {
  const place = join(folder, name);
  if (!existsSync(place)) return undefined;
  const bytes = readFileSync(join(place, SAID));
  const said = new Float64Array(bytes.length / 8);
  new Uint8Array(said.buffer).set(bytes);
  return { note: JSON.parse(readFileSync(join(place, NOTE), 'utf8')) as FoldNote, model: readFold(place), said };
}
