/** Taking from the training samples whatever overlaps what is tested. */
import { fail, requireCount } from '../error.js';
import type { Block, Samples } from './samples.js';

/** How long after a test training stays away, since markets remember. */
export interface EmbargoOptions {
  /** Rows after the test, default 0. */
  readonly embargoRows?: number;
  /**
   * Where it begins: after the last row that a tested label looks at (`spans`, the default and the longer one), or after the last tested row
   * (`blocks`, as some libraries count). Labels that overlap are dropped in both.
   */
  readonly embargoAfter?: 'spans' | 'blocks';
}

/** The rows that the labels of a block look at, and its last row. */
interface Hull {
  readonly low: number;
  readonly high: number;
  readonly lastRow: number;
}

function hullOf({ rows, first, last }: Samples, { from, to }: Block): Hull {
  let low = Number.POSITIVE_INFINITY;
  let high = -1;
  for (let place = from; place < to; place++) {
    low = Math.min(low, first[place]!);
    high = Math.max(high, last[place]!);
  }
  return { low, high, lastRow: rows[to - 1]! };
}

/** Throws `MlError` when an embargo is no whole number of rows. */
export function requireEmbargo(of: string, { embargoRows = 0 }: EmbargoOptions): void {
  requireCount(of, 'embargoRows', embargoRows, 0);
}

/**
 * The samples of `candidates` that may be trained on beside a test of `blocks`: none of a tested block, none whose label looks at a row from the first to the last
 * that the labels of a block look at, of any instrument, and none within the embargo. Throws `MlError` when none is left.
 */
export function purged(
  samples: Samples,
  candidates: Block,
  blocks: readonly Block[],
  embargo: EmbargoOptions,
): Int32Array {
  const { rows, first, last } = samples;
  const { embargoRows = 0, embargoAfter = 'spans' } = embargo;
  const hulls = blocks.map((block) => hullOf(samples, block));
  const kept = new Int32Array(candidates.to - candidates.from);
  let count = 0;
  next: for (let place = candidates.from; place < candidates.to; place++) {
    for (const [b, { low, high, lastRow }] of hulls.entries()) {
      if (place >= blocks[b]!.from && place < blocks[b]!.to) continue next;
      const reach = embargoAfter === 'spans' ? high + embargoRows : high;
      if (first[place]! <= reach && last[place]! >= low) continue next;
      const since = rows[place]! - lastRow;
      if (embargoAfter === 'blocks' && since > 0 && since <= embargoRows) continue next;
    }
    kept[count++] = place;
  }
  if (count === 0) {
    const message =
      'no training sample is left beside a test; use fewer folds, shorter labels, a shorter embargo or more data';
    fail('FOLD_EMPTY', message, { samples: rows.length, embargoRows });
  }
  return kept.slice(0, count);
}

/** The places of blocks, ascending. */
export function placesOf(blocks: readonly Block[]): Int32Array {
  const out = new Int32Array(blocks.reduce((sum, { from, to }) => sum + to - from, 0));
  let at = 0;
  for (const { from, to } of blocks) for (let place = from; place < to; place++) out[at++] = place;
  return out;
}
