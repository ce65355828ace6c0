import { type Html, html } from '@tradekit/core/html';

const WIDTH = 220;
const HEIGHT = 36;
const PAD = 2;

/**
 * A line of numbers from 0 up as a small drawing, its limit as a dashed line. Of more numbers than there are pixels the highest of each pixel
 * is drawn: no peak is lost. What is no number breaks the line.
 */
export function sparkline(values: readonly number[], limit: number | undefined, title: string): Html {
  const top = Math.max(0, limit ?? 0, ...values.filter((value) => !Number.isNaN(value)));
  const y = (value: number): number => HEIGHT - PAD - (top > 0 ? (value / top) * (HEIGHT - 2 * PAD) : 0);
  const line =
    limit === undefined ? html`` : html`<line x1="0" x2="${WIDTH}" y1="${text(y(limit))}" y2="${text(y(limit))}"/>`;
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${line}<path d="${pathOf(pixels(values), y)}"/></svg>`;
}

/** At most one number for each pixel: the highest. */
function pixels(values: readonly number[]): readonly number[] {
  if (values.length <= WIDTH) return values;
  const highest = new Array<number>(WIDTH).fill(Number.NaN);
  for (const [place, value] of values.entries()) {
    const pixel = Math.floor((place * WIDTH) / values.length);
    if (!(highest[pixel]! >= value)) highest[pixel] = Number.isNaN(value) ? highest[pixel]! : value;
  }
  return highest;
}

function pathOf(values: readonly number[], y: (value: number) => number): string {
  const step = values.length > 1 ? WIDTH / (values.length - 1) : 0;
  let isDown = false;
  return values
    .map((value, place) => {
      if (Number.isNaN(value)) {
        isDown = false;
        return '';
      }
      const move = isDown ? 'L' : 'M';
      isDown = true;
      return `${move}${text(place * step)} ${text(y(value))}`;
    })
    .join('');
}

function text(value: number): string {
  return String(Math.round(value * 10) / 10);
}
