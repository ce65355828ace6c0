/** Logistic models as files of JSON. */
import { fail } from '../error.js';
import { type Document, find, listAt, numbersAt, parseJson, textAt } from '../trees/document.js';
import { type ReadOptions, requireLength, requireMost } from '../trees/limits.js';
import type { WriteOptions } from '../trees/xgboost/write.js';
import { type LogisticModel, type LogisticNumbers, logisticModel } from './logistic.js';

const FORMAT = 'tradekit-logistic';

/** Writes a model as JSON. Reading it back gives the same answers to the bit. Throws `MlError` `MODEL_FIELD` when a number is not finite. */
export function writeLogisticJson(model: LogisticNumbers, { attributes = {} }: WriteOptions = {}): string {
  return JSON.stringify({ format: FORMAT, version: 1, ...logisticDocument(model), attributes });
}

/**
 * Reads a model that {@link writeLogisticJson} wrote. Throws `MlError`: `MODEL_SYNTAX` when it is no JSON or cut short, `MODEL_FIELD` when it is damaged, `MODEL_UNSUPPORTED` when it is of another kind
 * or version, `MODEL_TOO_LARGE`, and `FEATURES_DIFFER` when the names given are not its own.
 */
export function readLogisticJson(text: string, options: ReadOptions = {}): LogisticModel {
  requireLength(text.length, options);
  const document = parseJson(text);
  requireFormat(document, FORMAT);
  return logisticFrom(document, '', options);
}

/** Throws `MlError` `MODEL_UNSUPPORTED` unless a file of ours is of a kind, and of its first version. */
export function requireFormat(document: Document, format: string): void {
  const kind = `${find(document, 'format')} ${find(document, 'version')}`;
  if (kind === `${format} 1`) return;
  fail('MODEL_UNSUPPORTED', `the file says it is "${kind}", not "${format} 1"; read it with what wrote it`, { kind });
}

/** The numbers of a model as plain lists. */
export function logisticDocument({ features, means, scales, intercepts, coefficients }: LogisticNumbers): object {
  const list = (column: Float64Array): readonly number[] =>
    Array.from(column, (own) => {
      if (!Number.isFinite(own)) fail('MODEL_FIELD', `the model holds ${own}, which no file can; train it again`);
      return own;
    });
  return {
    features,
    means: list(means),
    scales: list(scales),
    intercepts: list(intercepts),
    coefficients: list(coefficients),
  };
}

/** The model at a path of a document, which ends in a dot unless it is empty. */
export function logisticFrom(document: Document, path: string, options: ReadOptions = {}): LogisticModel {
  const features = listAt(document, `${path}features`).map((_, k) => textAt(document, `${path}features.${k}`));
  requireMost(features.length, 'features');
  const { features: given = [] } = options;
  if (given.length > 0 && (given.length !== features.length || given.some((name, k) => name !== features[k]))) {
    const message = `the model file has the features ${features.join(', ')}; give the same names, or none`;
    fail('FEATURES_DIFFER', message, { count: features.length, given: given.length });
  }
  const outputs = listAt(document, `${path}intercepts`).length;
  const width = features.length;
  const numbers = (name: string, length: number): Float64Array => {
    const column = numbersAt(document, `${path}${name}`, length);
    const stray = column.findIndex((own) => !Number.isFinite(own) || (name === 'scales' && own <= 0));
    if (stray < 0) return column;
    return fail('MODEL_FIELD', `the model file has ${column[stray]} at "${path}${name}.${stray}"; it is damaged`);
  };
  if (outputs === 0) fail('MODEL_FIELD', `the model file has no output at "${path}intercepts"; it is damaged`);
  return logisticModel({
    features,
    means: numbers('means', width),
    scales: numbers('scales', width),
    intercepts: numbers('intercepts', outputs),
    coefficients: numbers('coefficients', outputs * width),
  });
}
