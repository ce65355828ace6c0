import { Html, html } from '@tradekit/core/html';
import type { RunResult } from '../result/run-result.js';

const WIDTH = 1000;
const HEIGHT = 200;
/** Most points of a layer: more are not seen. */
const POINTS = 500;

/** What was held at the closes by sector, |market value| over equity, one layer on the other. */
export function sectorStack(result: RunResult): Html {
  const sectors = sectorWeights(result);
  const sessions = result.sessions.length;
  if (sessions < 2 || sectors.length === 0) return html`<p class="none">Nothing was held over a close.</p>`;
  const every = Math.ceil(sessions / POINTS);
  const places = Array.from({ length: Math.ceil(sessions / every) }, (_, k) => k * every);
  const total = new Float64Array(sessions);
  for (const { weights } of sectors) for (let k = 0; k < sessions; k++) total[k] = total[k]! + weights[k]!;
  const most = Math.max(...places.map((place) => total[place]!), 1e-9);
  const x = (place: number): string => ((place / (sessions - 1)) * WIDTH).toFixed(1);
  const y = (value: number): string => (HEIGHT - (value / most) * (HEIGHT - 8)).toFixed(1);
  const base = new Float64Array(sessions);
  const layers = sectors.map(({ weights }, layer) => {
    const lower = places.map((place) => `${x(place)},${y(base[place]!)}`).reverse();
    for (const place of places) base[place] = base[place]! + weights[place]!;
    const upper = places.map((place) => `${x(place)},${y(base[place]!)}`);
    return `<polygon points="${[...upper, ...lower].join(' ')}" style="fill:${color(layer, sectors.length)}"/>`;
  });
  return html`<svg class="drawing" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Exposure by sector at every close">${Html.trusted(layers.join(''))}</svg>
<p class="legend">${sectors.map(({ name, mean }, layer) => html`<span><i style="background:${color(layer, sectors.length)}"></i>${name} ${(mean * 100).toFixed(1)} %</span>`)}<span>highest together ${(most * 100).toFixed(1)} %</span></p>`;
}

function color(layer: number, layers: number): string {
  return `hsl(${Math.round((layer / layers) * 330)} 55% 55%)`;
}

interface SectorWeights {
  readonly name: string;
  readonly weights: Float64Array;
  readonly mean: number;
}

/** Sectors that were held at all, the largest first. */
function sectorWeights({ universe, sessions, equity, exposures }: RunResult): readonly SectorWeights[] {
  const byName = new Map<string, Float64Array>();
  for (let session = 0; session < sessions.length; session++) {
    const worth = equity.equity[sessions.row[session]!]!;
    if (!(worth > 0)) continue;
    const held = exposures.held[session]!;
    const mark = exposures.mark[session]!;
    for (let i = 0; i < held.length; i++) {
      if (held[i] === 0) continue;
      const name = universe.instruments[i]!.sector ?? 'no sector';
      const weights = byName.get(name) ?? new Float64Array(sessions.length);
      byName.set(name, weights);
      weights[session] = weights[session]! + Math.abs(held[i]! * mark[i]!) / worth;
    }
  }
  return [...byName]
    .map(([name, weights]) => ({
      name,
      weights,
      mean: weights.reduce((sum, value) => sum + value, 0) / weights.length,
    }))
    .sort((a, b) => b.mean - a.mean);
}
