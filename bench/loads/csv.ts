/** The bar files of a folder: all rows, all checks on. Prints rows. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readBarFile } from '@tradekit/data';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

const folder = process.argv[2] ?? '';
const files = readdirSync(folder).filter((name) => name.endsWith('_15min.csv'));
const market = bareMarket(b1History().bars);
let rows = 0;
const ms = inTurn({
  bare: () => bareLoop(market),
  csv: () => {
    rows = 0;
    for (const name of files) rows += readBarFile(join(folder, name), { barMinutes: 15 }).start.length;
  },
});
report(
  row(`csv, ${files.length} files read with all checks on`, ms.csv / ms.bare, 'x', 16),
  row('csv, rows', rows / ms.csv / 1000, 'M rows per CPU s', null),
);
