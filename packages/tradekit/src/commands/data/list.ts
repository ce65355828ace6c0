/** `tradekit data list` and `tradekit data verify`: what a store holds, and whether it is still what was imported. */
import { isoTime } from '@tradekit/core';
import { EXIT } from '../../errors.js';
import { identityOf, storeAt } from '../../stores/store-at.js';
import { plural } from '../../terminal/words.js';

/** Prints a line a symbol, or everything as JSON. Throws `DataError` `STORE_EMPTY`, and what the store throws. */
export async function listCommand(place: string, { json = false }: { readonly json?: boolean }): Promise<number> {
  const store = await storeAt(place);
  try {
    const identity = await identityOf(store, place);
    const series = await store.list();
    if (json) process.stdout.write(`${JSON.stringify({ store: store.kind, identity, series }, null, 2)}\n`);
    else {
      const { barMinutes, feed, adjusted } = identity;
      const rows = series.reduce((sum, { rows: count }) => sum + count, 0);
      const width = Math.max(6, ...series.map(({ symbol }) => symbol.length));
      const lines = series.map(({ symbol, rows: count, first, last, checksum }) =>
        [
          symbol.padEnd(width),
          count.toLocaleString('en-US').padStart(10),
          `${isoTime(first).slice(0, 16)}Z .. ${isoTime(last).slice(0, 16)}Z`,
          checksum.slice(0, 12),
        ].join('  '),
      );
      lines.push(
        '',
        `${plural(series.length, 'symbol')}, ${plural(rows, 'bar')} of ${barMinutes} minutes; feed ${feed}, adjusted ${adjusted}`,
      );
      process.stdout.write(`${lines.join('\n')}\n`);
    }
    return EXIT.done;
  } finally {
    await store.close();
  }
}

/** Reads everything and compares it with its checksums; exit code 3 when something is wrong. Throws as {@link listCommand} does. */
export async function verifyCommand(place: string): Promise<number> {
  const store = await storeAt(place);
  try {
    await identityOf(store, place);
    const { series, rows, faults } = await store.verify();
    for (const { message } of faults) process.stderr.write(`error: ${message}\n`);
    const verdict = faults.length === 0 ? 'all as imported' : plural(faults.length, 'fault');
    process.stdout.write(`${plural(series, 'symbol')}, ${plural(rows, 'bar')} checked: ${verdict}\n`);
    return faults.length === 0 ? EXIT.done : EXIT.data;
  } finally {
    await store.close();
  }
}
