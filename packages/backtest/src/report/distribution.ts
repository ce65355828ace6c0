import { Html, html } from '@tradekit/core/html';
import { sessionReturns } from '../metrics/returns.js';
import type { RunResult } from '../result/run-result.js';

const BINS = 41;
const WIDTH = 820;
const HEIGHT = 180;
const BASE = 150;

/** How often a session returned how much, as a drawing: the outermost bars hold everything beyond. */
export function distribution(result: RunResult): Html {
  const returns = [...sessionReturns(result)];
  if (returns.length < 2) return html`<p class="none">Too few sessions.</p>`;
  const sizes = returns.map(Math.abs).sort((a, b) => a - b);
  const edge = sizes[Math.floor((sizes.length - 1) * 0.99)]!;
  if (edge === 0) return html`<p class="none">The equity did not vary.</p>`;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of returns) {
    const place = Math.round((value / edge) * ((BINS - 1) / 2)) + (BINS - 1) / 2;
    const bin = Math.min(BINS - 1, Math.max(0, place));
    counts[bin] = counts[bin]! + 1;
  }
  const most = Math.max(...counts);
  const step = WIDTH / BINS;
  const bars = counts.map((count, k) => {
    const height = (count / most) * (BASE - 10);
    const tone = k < (BINS - 1) / 2 ? 'loss' : k > (BINS - 1) / 2 ? 'gain' : 'none';
    return `<rect class="${tone}" x="${(k * step + 1).toFixed(1)}" y="${(BASE - height).toFixed(1)}" width="${(step - 2).toFixed(1)}" height="${height.toFixed(1)}"><title>${percent(((k - (BINS - 1) / 2) / ((BINS - 1) / 2)) * edge)}: ${count} sessions</title></rect>`;
  });
  const labels = [-1, -0.5, 0, 0.5, 1].map((part) => {
    const anchor = part === -1 ? 'start' : part === 1 ? 'end' : 'middle';
    const x = part === -1 ? 0 : part === 1 ? WIDTH : ((part + 1) / 2) * (WIDTH - step) + step / 2;
    return `<text x="${x}" y="${HEIGHT - 10}" text-anchor="${anchor}">${percent(part * edge)}</text>`;
  });
  return html`<svg class="drawing" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Distribution of session returns">${Html.trusted(bars.join('') + labels.join(''))}</svg>`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(2)} %`;
}
