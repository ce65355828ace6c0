import { fail } from '../error.js';
import type { MissingKind, TreeEnsemble } from './ensemble.js';

/** What LightGBM takes for zero. */
const ZERO = 1e-35;

/** The values of rows as a tree of the ensemble compares them. Throws `MlError` `VALUE_INFINITE` on one that is infinite. */
export function prepared({ features, precision, missing }: TreeEnsemble, values: Float64Array): Float64Array {
  const width = features.length;
  const out = new Float64Array(values.length);
  const isPlain = missing.every((kind) => kind === 'nan');
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell]!;
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) infinite(features[cell % width]!);
    out[cell] = precision === 'float32' ? Math.fround(value) : value;
    if (!isPlain) out[cell] = asMissing(out[cell]!, missing[cell % width]!);
  }
  return out;
}

function asMissing(value: number, kind: MissingKind): number {
  if (kind === 'none') return Number.isNaN(value) ? 0 : value;
  return kind === 'zero' && Math.abs(value) <= ZERO ? Number.NaN : value;
}

function infinite(feature: string): never {
  return fail('VALUE_INFINITE', `feature "${feature}" is infinite; give NaN where a value is missing`, { feature });
}
