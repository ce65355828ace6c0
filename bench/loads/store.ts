/** The column store: real bars imported, and read back. Prints rows. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnStore, openColumnStore, readBarFile, type SeriesInput } from '@tradekit/data';
import { madeSeries } from '../../packages/data/test/stores/made-series.js';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

const folder = process.argv[2];
const place = mkdtempSync(join(tmpdir(), 'tradekit-bench-store-'));

function* realSeries(from: string): Generator<SeriesInput> {
  for (const name of readdirSync(from)) {
    if (name.endsWith('_15min.csv')) {
      yield { symbol: name.replace('_15min.csv', ''), bars: readBarFile(join(from, name), { barMinutes: 15 }) };
    }
  }
}

/** The columns of a series are garbage when the next one is read; a load that keeps them would measure its own memory. */
function readAll(): number {
  const store = openColumnStore(place);
  let rows = 0;
  for (const { symbol } of store.list()) rows += store.read(symbol).start.length;
  return rows;
}

try {
  const before = process.cpuUsage();
  const series = folder === undefined ? madeSeries(46, 43_500) : realSeries(folder);
  const imported = await columnStore(place).import({ barMinutes: 15, feed: 'unknown', adjusted: 'raw' }, series);
  const { user, system } = process.cpuUsage(before);
  readAll();
  const peak = process.resourceUsage().maxRSS / 1024;
  const market = bareMarket(b1History().bars);
  const ms = inTurn({ bare: () => bareLoop(market), read: readAll });
  const millions = (imported.rows / 1e6).toFixed(2);
  report(
    row(`column store, ${millions} M rows of ${imported.added.length} symbols read`, ms.read / ms.bare, 'x', 3),
    row('column store, the same from CSV into the store', (user + system) / 1000 / ms.bare, 'x', null),
    row('column store, peak memory of the import and the reading', peak, 'MB', 500),
  );
} finally {
  rmSync(place, { recursive: true, force: true });
}
