import { fail } from '../error.js';
import type { Fold, Samples } from '../folds/samples.js';

/**
 * The places that folds test, ascending. Throws `MlError` `FOLD_EMPTY` when there is no fold, `FOLD_SAMPLES` when a sample is tested twice or does not exist, `FOLD_OVERLAP` when a label that
 * is trained on looks at a row that a tested one looks at.
 */
export function requireFolds(samples: Samples, folds: readonly Fold[]): Int32Array {
  if (folds.length === 0) fail('FOLD_EMPTY', 'there is no fold to predict; give at least one');
  const count = samples.cells.length;
  const seen = new Uint8Array(count);
  for (const [index, fold] of folds.entries()) {
    for (const place of fold.test) {
      if (!(place >= 0 && place < count) || seen[place] === 1) {
        const message = `fold ${index} tests sample ${place} of ${count}, which does not exist or was tested before; give folds that test a sample once`;
        fail('FOLD_SAMPLES', message, { fold: index, place });
      }
      seen[place] = 1;
    }
    requirePurged(samples, fold, index);
  }
  return Int32Array.from(seen.keys()).filter((place) => seen[place] === 1);
}

function requirePurged({ first, last, cells }: Samples, { train, test }: Fold, index: number): void {
  const rows = last.reduce((most, own) => Math.max(most, own), 0) + 2;
  // How many tested labels begin at a row, less those that ended before; then how many rows up to it a tested label looks at.
  const looked = new Int32Array(rows + 1);
  for (const place of test) {
    looked[first[place]!]!++;
    looked[last[place]! + 1]!--;
  }
  const upTo = new Int32Array(rows + 1);
  for (let row = 0, open = 0; row < rows; row++) {
    open += looked[row]!;
    upTo[row + 1] = upTo[row]! + (open > 0 ? 1 : 0);
  }
  for (const place of train) {
    if (!(place >= 0 && place < cells.length)) {
      fail('FOLD_SAMPLES', `fold ${index} trains on sample ${place}, which does not exist`, { fold: index, place });
    }
    if (upTo[last[place]! + 1] === upTo[first[place]!]) continue;
    const message = `fold ${index} trains on sample ${place}, whose label looks at a row that a tested label looks at; make folds with the functions for it`;
    fail('FOLD_OVERLAP', message, { fold: index, place });
  }
}
