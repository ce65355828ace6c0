/** The fingerprint of a data set. */
import { createHash } from 'node:crypto';
import type { BarHistory } from '@tradekit/core';

/**
 * SHA-256 of what a run can see of a history, as 64 hexadecimal digits: ids, bar length, feed, what has been adjusted, corporate
 * actions; and as little-endian doubles starts and ends, all columns and official closes. The same bars give the same hash from whatever files they came; extended hours do not count.
 * Costs about 0.04 s for 1.2 million bars and is therefore asked for, not made by the loading.
 */
export function historyHash(history: BarHistory): string {
  const { universe, barMs, starts, ends, bars, official, feed = 'unknown', adjusted = 'split', actions = [] } = history;
  const hash = createHash('sha256');
  const ids = universe.instruments.map(({ id }) => id);
  hash.update(JSON.stringify({ ids, barMs, rows: starts.length, feed, adjusted, actions }));
  for (const column of [starts, ends, bars.open, bars.high, bars.low, bars.close, bars.volume, official]) {
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest('hex');
}
