/** Reading a parsed model file: every look-up names what is missing or of another kind. */
import { fail } from '../error.js';

/** A parsed file, or a part of it: nothing is known of it before it is looked at. */
export type Document = unknown;

const wrong = (path: string, wanted: string): never =>
  fail('MODEL_FIELD', `the model file has no ${wanted} at "${path}"; it is damaged or of another kind`, { path });

/** Parses a file of JSON. Throws `MlError` `MODEL_SYNTAX` when it is none or cut short. */
export function parseJson(text: string): Document {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    return fail('MODEL_SYNTAX', `the model file is no JSON, or cut short (${what}); save it again`, {});
  }
}

/** What stands at a path of keys with dots between, `undefined` when there is nothing. */
export function find(document: Document, path: string): Document {
  let at = document;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  return at;
}

/** A text at a path. Throws `MlError` `MODEL_FIELD` when there is none. */
export function textAt(document: Document, path: string): string {
  const found = find(document, path);
  return typeof found === 'string' ? found : wrong(path, 'text');
}

/** A list at a path. Throws `MlError` `MODEL_FIELD` when there is none. */
export function listAt(document: Document, path: string): readonly Document[] {
  const found = find(document, path);
  return Array.isArray(found) ? found : wrong(path, 'list');
}

/** Whole number of at least 0, written as a number or as text. Throws `MlError` `MODEL_FIELD` when there is none. */
export function countAt(document: Document, path: string): number {
  const found = find(document, path);
  const value = typeof found === 'string' && found !== '' ? Number(found) : found;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : wrong(path, 'whole number');
}

/** A list of `length` numbers at a path. Throws `MlError` `MODEL_FIELD` when there is none, or one of another length. */
export function numbersAt(document: Document, path: string, length: number): Float64Array {
  const found = find(document, path);
  if (!Array.isArray(found) || found.length !== length) return wrong(path, `list of ${length} numbers`);
  const out = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    const value: unknown = found[k];
    out[k] = typeof value === 'number' ? value : wrong(`${path}.${k}`, 'number');
  }
  return out;
}
