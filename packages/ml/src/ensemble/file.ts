/** Ensembles as files of JSON: the names of the members' own files, and what puts them together. */
import { fail } from '../error.js';
import { logisticDocument, logisticFrom, requireFormat } from '../linear/file.js';
import { type Document, find, listAt, numbersAt, parseJson, textAt } from '../trees/document.js';
import { type ReadOptions, requireLength } from '../trees/limits.js';
import type { Model } from '../trees/model.js';
import type { WriteOptions } from '../trees/xgboost/write.js';
import { type AverageModel, averageModel } from './average.js';
import { type StackedModel, stackOf } from './stack.js';

/** A model made of models. */
export type EnsembleModel = AverageModel | StackedModel;

const FORMAT = 'tradekit-ensemble';

/**
 * Writes an ensemble as JSON. `files` names the file of each member, in their order; those are written by whoever writes models of their kind. Throws `MlError`
 * `MEMBERS_DIFFER` when there is not one a member, or two are the same.
 */
export function writeEnsembleJson(
  model: EnsembleModel,
  files: readonly string[],
  { attributes = {} }: WriteOptions = {},
): string {
  requireFiles(files, model.members.length);
  const parts =
    model.kind === 'average' ? { weights: Array.from(model.weights) } : { combiner: logisticDocument(model.combiner) };
  const { kind, features, outputs } = model;
  return JSON.stringify({ format: FORMAT, version: 1, kind, features, outputs, members: files, ...parts, attributes });
}

/**
 * Reads an ensemble that {@link writeEnsembleJson} wrote. `memberOf` reads the model of a member's file. The same members answer the same bits. Throws `MlError`: `MODEL_SYNTAX`, `MODEL_FIELD`, `MODEL_UNSUPPORTED`
 * and `MODEL_TOO_LARGE` as other readers, `FEATURES_DIFFER` and `MEMBERS_DIFFER` when members are not those it was made of, as far as their features and outputs tell.
 */
export function readEnsembleJson(
  text: string,
  memberOf: (file: string) => Model,
  options: Omit<ReadOptions, 'features'> = {},
): EnsembleModel {
  requireLength(text.length, options);
  const document = parseJson(text);
  requireFormat(document, FORMAT);
  const files = listAt(document, 'members').map((_, k) => textAt(document, `members.${k}`));
  requireFiles(files, files.length);
  const members = files.map(memberOf);
  const model = ensembleOf(document, members);
  const features = listAt(document, 'features');
  if (model.features.some((name, k) => name !== features[k]) || model.features.length !== features.length) {
    fail('FEATURES_DIFFER', 'the ensemble was made of members of other features; give its own');
  }
  return model;
}

function ensembleOf(document: Document, members: readonly Model[]): EnsembleModel {
  const kind = textAt(document, 'kind');
  if (kind === 'stack') return stackOf(members, logisticFrom(document, 'combiner.'));
  if (kind !== 'average') fail('MODEL_UNSUPPORTED', `ensembles of the kind "${kind}" are not read`, { kind });
  const outputs = find(document, 'outputs');
  if (members.some((member) => member.outputs !== outputs)) {
    fail('MEMBERS_DIFFER', `the ensemble was made of members of ${outputs} outputs; give its own`);
  }
  return averageModel(members, numbersAt(document, 'weights', members.length));
}

function requireFiles(files: readonly string[], members: number): void {
  if (files.length === members && new Set(files).size === members) return;
  const message = `${files.length} files, or fewer, do not name ${members} members; give each a file of its own`;
  fail('MEMBERS_DIFFER', message, { files: files.length, members });
}
