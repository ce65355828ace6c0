import { fail } from '../error.js';

/** Options of every reader of model files. */
export interface ReadOptions {
  /** Names of the features, where the file has none. Default `f0`, `f1`, … */
  readonly features?: readonly string[];
  /** Longest file that is read, in characters or bytes. Default 256 million. */
  readonly maxLength?: number;
}

/** Throws `MlError` `MODEL_TOO_LARGE` when a file is longer than the options allow. */
export function requireLength(length: number, { maxLength = 256e6 }: ReadOptions): void {
  if (length <= maxLength) return;
  const message = `the model file has ${length} characters, and at most ${maxLength} are read; raise maxLength if you trust it`;
  fail('MODEL_TOO_LARGE', message, { length, maxLength });
}

/** Features or outputs beyond this are no model but a damaged count. */
const MOST = 1_000_000;

/**
 * The names to use: those of the file, those given, or numbered ones. Throws `MlError` `FEATURES_DIFFER` when they do not fit each other, `MODEL_TOO_LARGE` for
 * more than a million features.
 */
export function featureNames(count: number, inFile: readonly string[], options: ReadOptions): readonly string[] {
  requireMost(count, 'features');
  const given = options.features ?? [];
  const names = [inFile, given].find((list) => list.length > 0) ?? Array.from({ length: count }, (_, k) => `f${k}`);
  if (names.length === count && (given.length === 0 || isSame(given, names))) return names;
  const own = inFile.length > 0 ? ` (${inFile.join(', ')})` : '';
  const message = `the model file has ${count} features${own}; give the same names, or none`;
  return fail('FEATURES_DIFFER', message, { count, given: given.length });
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, k) => name === b[k]);

/** Throws `MlError` `MODEL_TOO_LARGE` on a count that no model has. */
export function requireMost(count: number, what: string): void {
  if (count <= MOST) return;
  fail('MODEL_TOO_LARGE', `the model file says it has ${count} ${what}, more than ${MOST}; it is damaged`, { count });
}

/** Refuses a layout by its name. */
export function unsupported(layout: string, hint: string): never {
  return fail('MODEL_UNSUPPORTED', `models of the kind "${layout}" are not read; ${hint}`, { layout });
}
