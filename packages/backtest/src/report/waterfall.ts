import { Html, html } from '@tradekit/core/html';
import type { Metrics } from '../metrics/all.js';
import { dollarsText } from './numbers.js';

const WIDTH = 820;
const ROW = 26;
const LEFT = 170;
const RIGHT = 130;

/** From the profit before costs over every cost to the profit after them, as a drawing. */
export function waterfall(metrics: Metrics, initialCash: number): Html {
  const dollars = (name: keyof Metrics): number => metrics[name].value ?? 0;
  const before = dollars('returnBeforeCosts') * initialCash;
  const after = dollars('returnAfterCosts') * initialCash;
  const costs: readonly (readonly [string, number])[] = [
    ['Commission', dollars('commissionPaid') - dollars('feesPaid')],
    ['Fees', dollars('feesPaid')],
    ['Spread', dollars('spreadCost')],
    ['Impact', dollars('impactCost')],
    ['Borrowed shares', dollars('borrowCost')],
  ];
  const low = Math.min(0, before, after);
  const high = Math.max(0, before, after);
  if (high === low) return html`<p class="none">There is neither profit nor cost.</p>`;
  const x = (value: number): number => LEFT + ((value - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  let level = before;
  const rows = [bar('Profit before costs', 0, before, before, 0)];
  for (const [label, cost] of costs) {
    if (cost === 0) continue;
    rows.push(bar(label, level, level - cost, 0 - cost, rows.length));
    level -= cost;
  }
  rows.push(bar('Profit after costs', 0, after, after, rows.length));
  const height = rows.length * ROW + 4;
  const zero = `<line x1="${x(0).toFixed(1)}" x2="${x(0).toFixed(1)}" y1="0" y2="${height}"/>`;
  return html`<svg class="drawing" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="From the profit before costs to the profit after costs">${Html.trusted(zero + rows.join(''))}</svg>`;

  function bar(label: string, from: number, to: number, value: number, place: number): string {
    const [start, end] = [Math.min(x(from), x(to)), Math.max(x(from), x(to))];
    const y = place * ROW + 4;
    const tone = value < 0 ? 'loss' : 'gain';
    return `<text x="0" y="${y + 14}">${label}</text><rect class="${tone}" x="${start.toFixed(1)}" y="${y}" width="${Math.max(1, end - start).toFixed(1)}" height="${ROW - 8}"/><text x="${WIDTH}" y="${y + 14}" text-anchor="end">${dollarsText(value)}</text>`;
  }
}
