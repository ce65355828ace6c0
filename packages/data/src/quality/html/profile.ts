/** How volume is spread over the day, as a page shows it. */

import { Html, html } from '@tradekit/core/html';
import type { QualityReport, SymbolQuality } from '../report.js';
import type { VolumeProfile } from '../volume-profile.js';

const MINUTES = 1440;
type Hours = QualityReport['regularMinutes'];

/** The profile of the set, large, and of every symbol, small. */
export function profiles({ symbols, regularMinutes, barMinutes }: QualityReport): Html {
  const known = symbols.filter(({ profile }) => profile.share.some((share) => share > 0));
  if (known.length === 0) return html`<p class="none">There is no volume.</p>`;
  const slots = known[0]!.profile.share.length;
  const share = Array.from({ length: slots }, (_, slot) =>
    known.reduce((sum, { profile }) => sum + (profile.share[slot] ?? 0) / known.length, 0),
  );
  return html`<div class="wide">${large({ slotMinutes: barMinutes, share }, regularMinutes)}</div>
<h3>By symbol</h3><div class="profiles">${known.map((symbol) => small(symbol, regularMinutes))}</div>`;
}

function large(profile: VolumeProfile, hours: Hours): Html {
  const [width, height, foot] = [1200, 200, 18];
  const most = Math.max(...profile.share);
  let marks = '';
  for (let hour = 0; hour < 24; hour += 2) {
    const x = ((hour * 60) / MINUTES) * width;
    marks += `<path class="hour" d="M${x} 0V${height - foot}"/><text x="${x + 3}" y="${height - 5}">${String(hour).padStart(2, '0')}:00</text>`;
  }
  const scale = `<text x="3" y="10">${(most * 100).toFixed(1)} % of the day's volume</text>`;
  const names = [
    `<text x="${(hours.open / MINUTES) * width - 28}" y="10">open</text>`,
    `<text x="${(hours.close / MINUTES) * width + 5}" y="10">close</text>`,
  ].join('');
  const shapes = marks + bars(profile, width, height - foot) + edges(hours, width, height - foot) + scale + names;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="mean volume by New York time of day">${Html.trusted(shapes)}</svg>`;
}

function small({ symbol, profile }: SymbolQuality, hours: Hours): Html {
  const [width, height] = [144, 36];
  const shapes = bars(profile, width, height) + edges(hours, width, height);
  return html`<figure>${symbol}<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="volume of ${symbol} by time of day">${Html.trusted(shapes)}</svg></figure>`;
}

/** One path of bars, the highest as high as the picture. */
function bars({ share, slotMinutes }: VolumeProfile, width: number, height: number): string {
  const most = Math.max(...share) || 1;
  const step = (slotMinutes / MINUTES) * width;
  let path = '';
  for (const [slot, part] of share.entries()) {
    const size = (part / most) * height;
    if (size < 0.05) continue;
    path += `M${(slot * step).toFixed(1)} ${height}v-${size.toFixed(1)}h${(step * 0.86).toFixed(1)}v${size.toFixed(1)}z`;
  }
  return `<path class="bar" d="${path}"/>`;
}

function edges({ open, close }: Hours, width: number, height: number): string {
  const x = (minute: number): string => ((minute / MINUTES) * width).toFixed(1);
  return `<path class="edge" d="M${x(open)} 0V${height}M${x(close)} 0V${height}"/>`;
}
