/** A small chart of the bars around a finding. */

import { Html, html } from '@tradekit/core/html';
import type { BarExcerpt } from '../finding.js';

const WIDTH = 260;
const HEIGHT = 96;
/** Room at the right for the prices, above and below for the wicks. */
const RIGHT = 46;
const EDGE = 8;

/** The bars as candles: bodies from open to close, wicks from low to high; the bar that is meant stands on a band. */
export function barChart({ open, high, low, close, at }: BarExcerpt): Html {
  const highest = Math.max(...high);
  const lowest = Math.min(...low);
  const scale = (HEIGHT - 2 * EDGE) / (highest - lowest || 1);
  const y = (price: number): string => (EDGE + (highest - price) * scale).toFixed(1);
  const step = (WIDTH - RIGHT) / open.length;
  const bodyWidth = Math.max(1.5, step - 2.5);
  let wicks = '';
  let up = '';
  let down = '';
  for (let bar = 0; bar < open.length; bar++) {
    const middle = (bar + 0.5) * step;
    wicks += `M${middle.toFixed(1)} ${y(high[bar]!)}V${y(low[bar]!)}`;
    const [top, bottom] = [Math.max(open[bar]!, close[bar]!), Math.min(open[bar]!, close[bar]!)];
    const height = Math.max(1, (top - bottom) * scale).toFixed(1);
    const body = `M${(middle - bodyWidth / 2).toFixed(1)} ${y(top)}h${bodyWidth.toFixed(1)}v${height}h-${bodyWidth.toFixed(1)}z`;
    if (close[bar]! >= open[bar]!) up += body;
    else down += body;
  }
  const decimals = highest < 1000 ? 2 : 1;
  const prices = `<text x="${WIDTH - RIGHT + 4}" y="${EDGE + 3}">${highest.toFixed(decimals)}</text><text x="${WIDTH - RIGHT + 4}" y="${HEIGHT - EDGE + 3}">${lowest.toFixed(decimals)}</text>`;
  const band = `<rect class="band" x="${(at * step).toFixed(1)}" y="0" width="${step.toFixed(1)}" height="${HEIGHT}"/>`;
  const shapes = `${band}<path class="wick" d="${wicks}"/><path class="up" d="${up}"/><path class="down" d="${down}"/>${prices}`;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="bars around it">${Html.trusted(shapes)}</svg>`;
}
