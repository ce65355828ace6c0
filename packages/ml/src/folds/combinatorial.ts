/** Combinatorial purged cross-validation (M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 12). */
import { requireBetween, requireCount } from '../error.js';
import { type EmbargoOptions, placesOf, purged, requireEmbargo } from './purge.js';
import { cut, type Fold, rowStarts, type Samples } from './samples.js';

/** Options of {@link combinatorialFolds}. */
export interface CombinatorialFoldsOptions extends EmbargoOptions {
  /** Blocks of time that the rows are cut into. */
  readonly groups: number;
  /** How many of them are tested at once: fewer than `groups`. */
  readonly testGroups: number;
}

/** A fold that tests several blocks of time. */
export interface CombinatorialFold extends Fold {
  /** Which blocks are tested, ascending. */
  readonly testGroups: readonly number[];
}

/**
 * Every choice of `testGroups` of the blocks as a test, in the order of the dictionary, with the rest purged as in `purgedFolds`. They are made one
 * by one as they are asked for: 16 blocks have 12,870 choices of 8. Throws `MlError` when options are out of range or rows are too few, and, on the
 * fold that it concerns, when nothing is left to train on.
 */
export function combinatorialFolds(
  samples: Samples,
  options: CombinatorialFoldsOptions,
): IterableIterator<CombinatorialFold> {
  requireGroups('combinatorialFolds', options.groups, options.testGroups);
  requireEmbargo('combinatorialFolds', options);
  const blocks = cut(rowStarts(samples), options.groups);
  const all = { from: 0, to: samples.rows.length };
  return (function* make(): Generator<CombinatorialFold> {
    for (const testGroups of choices(options.groups, options.testGroups)) {
      const tested = testGroups.map((group) => blocks[group]!);
      yield { train: purged(samples, all, tested, options), test: placesOf(tested), testGroups };
    }
  })();
}

/**
 * The paths through all of history that the folds make: for each path and each block, the index of the fold whose test stands there. Every tested block of every
 * fold is on one path. Throws `MlError` when the numbers are out of range.
 */
export function combinatorialPaths(groups: number, testGroups: number): readonly Int32Array[] {
  requireGroups('combinatorialPaths', groups, testGroups);
  const used = new Int32Array(groups);
  const paths: Int32Array[] = [];
  let fold = 0;
  for (const choice of choices(groups, testGroups)) {
    for (const group of choice) {
      const path = used[group]!++;
      paths[path] ??= new Int32Array(groups);
      paths[path][group] = fold;
    }
    fold++;
  }
  return paths;
}

function requireGroups(of: string, groups: number, testGroups: number): void {
  requireCount(of, 'groups', groups, 2);
  requireCount(of, 'testGroups', testGroups);
  requireBetween(of, 'testGroups', testGroups, 1, groups - 1);
}

/** Every choice of `count` of the numbers 0 … n − 1, in the order of the dictionary. */
function* choices(n: number, count: number): Generator<readonly number[]> {
  const chosen = Array.from({ length: count }, (_, k) => k);
  for (;;) {
    yield [...chosen];
    let at = count - 1;
    while (at >= 0 && chosen[at] === n - count + at) at--;
    if (at < 0) return;
    chosen[at]!++;
    for (let k = at + 1; k < count; k++) chosen[k] = chosen[k - 1]! + 1;
  }
}
