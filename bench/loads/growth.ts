/**
 * How the engine's CPU time grows: B1 with the default rules over ever more symbols, and over ever more bars. With `--plot` it draws
 * `docs/pictures/growth.svg` besides.
 */
import { writeFileSync } from 'node:fs';
import {
  fixedQuantity,
  maxDailyLoss,
  maxDrawdown,
  maxGross,
  maxPosition,
  maxSector,
  riskManager,
} from '@tradekit/risk';
import { runB1 } from '../b1-engine.js';
import { b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

/** Symbols × bars. The first four have as many bars in all, to 2 %. */
const SIZES = [
  [46, 26_000],
  [200, 5_980],
  [500, 2_392],
  [1_000, 1_196],
  [46, 13_000],
  [46, 6_500],
  [1_000, 2_392],
] as const;

/** Limits that look at everything and do not bind. */
const risk = riskManager({
  sizer: fixedQuantity(10),
  rules: [
    maxPosition({ limitFraction: 0.02 }),
    maxSector({ limitFraction: 0.9 }),
    maxGross({ limitFraction: 0.9 }),
    maxDailyLoss({ limitFraction: 0.9 }),
    maxDrawdown({ limitFraction: 0.9 }),
  ],
});
const cash = 10_000_000;

const name = (symbols: number, bars: number): string => `${symbols} x ${bars}`;
const works = Object.fromEntries(
  SIZES.map(([symbols, bars]) => {
    const history = b1History(bars, symbols);
    return [name(symbols, bars), () => runB1(history, { risk, cash })];
  }),
);
const ms = inTurn(works);
const nanoseconds = (symbols: number, bars: number): number =>
  ((ms[name(symbols, bars)] ?? Number.NaN) * 1e6) / (symbols * bars);

if (process.argv.includes('--plot'))
  writeFileSync(new URL('../../docs/pictures/growth.svg', import.meta.url), picture());
report(
  row('engine with the default rules, a bar of 46 symbols', nanoseconds(46, 26_000), 'CPU ns', null),
  row('a bar of 200 symbols against one of 46', nanoseconds(200, 5_980) / nanoseconds(46, 26_000), 'of its CPU', null),
  row('a bar of 500 symbols against one of 46', nanoseconds(500, 2_392) / nanoseconds(46, 26_000), 'of its CPU', null),
  row(
    'a bar of 1,000 symbols against one of 46',
    nanoseconds(1_000, 1_196) / nanoseconds(46, 26_000),
    'of its CPU',
    1.5,
  ),
  row('a bar of 26,000 against one of 6,500', nanoseconds(46, 26_000) / nanoseconds(46, 6_500), 'of its CPU', 1.5),
  row(
    'a bar of 1,000 symbols, of 2,392 against one of 1,196',
    nanoseconds(1_000, 2_392) / nanoseconds(1_000, 1_196),
    'of its CPU',
    1.5,
  ),
);

/** CPU time against bars in all, with the line through the first size. */
function picture(): string {
  const [width, height, left, bottom] = [640, 320, 60, 40];
  const most = Math.max(...SIZES.map(([symbols, bars]) => symbols * bars));
  const slope = nanoseconds(46, 26_000) / 1e6;
  const x = (cells: number): number => left + (cells / most) * (width - left - 150);
  const y = (time: number): number => height - bottom - (time / (1.2 * slope * most)) * (height - bottom - 20);
  const points = SIZES.map(([symbols, bars]) => {
    const [at, time] = [x(symbols * bars), y(ms[name(symbols, bars)] ?? 0)];
    return `<circle cx="${at.toFixed(1)}" cy="${time.toFixed(1)}" r="4"/><text x="${(at + 8).toFixed(1)}" y="${(time + 4).toFixed(1)}">${symbols.toLocaleString('en')} × ${bars.toLocaleString('en')}</text>`;
  });
  const ticks = [0.5, 1, 1.5, 2].map(
    (millions) =>
      `<text x="${x(millions * 1e6).toFixed(1)}" y="${height - 20}" text-anchor="middle">${millions} M</text>`,
  );
  const times = [0.2, 0.4, 0.6, 0.8].map(
    (s) => `<text x="${left - 8}" y="${(y(s * 1000) + 4).toFixed(1)}" text-anchor="end">${s} s</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11"><title>CPU time of the engine against symbols × bars</title><rect width="100%" height="100%" fill="#fff"/><path d="M${left} 20V${height - bottom}H${width - 130}" stroke="#888" fill="none"/><path d="M${x(0)} ${y(0)}L${x(most).toFixed(1)} ${y(slope * most).toFixed(1)}" stroke="#2563eb" fill="none"/><g fill="#111">${[...points, ...ticks, ...times].join('')}<text x="${left + 6}" y="16">CPU time; symbols × bars; the line goes through 46 × 26,000</text></g></svg>\n`;
}
