import { parseJson } from '../document.js';
import { type ReadOptions, requireLength } from '../limits.js';
import { type TreeModel, treeModel } from '../tree-model.js';
import { ensembleOf } from './document-model.js';
import { parseUbj } from './ubj.js';

/**
 * Reads a model that XGBoost saved as JSON: `gbtree` with a logistic, softmax or squared loss, of 1.x to 3.x. Throws `MlError`: `MODEL_SYNTAX` when it is no JSON
 * or cut short, `MODEL_FIELD` and `MODEL_TREE` when it is damaged, `MODEL_UNSUPPORTED` with the name of the kind for `dart`, `gblinear`, categorical splits,
 * vector leaves and other losses, `MODEL_TOO_LARGE`, and `FEATURES_DIFFER` when the names given are not its own.
 */
export function readXgboostJson(text: string, options: ReadOptions = {}): TreeModel {
  requireLength(text.length, options);
  return treeModel(ensembleOf(parseJson(text), options));
}

/** Reads a model that XGBoost saved as UBJ, its default since 2.1. Throws as {@link readXgboostJson}. */
export function readXgboostUbj(bytes: Uint8Array, options: ReadOptions = {}): TreeModel {
  requireLength(bytes.length, options);
  return treeModel(ensembleOf(parseUbj(bytes), options));
}
