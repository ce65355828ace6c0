/** The calendar of the set: a cell for every symbol and session, drawn on a canvas. */

import { Html, html, jsonScript } from '@tradekit/core/html';
import type { QualityReport } from '../report.js';

/** The map with its data and its script. */
export function heatMap(report: QualityReport): Html {
  const { symbols, sessions, expectedBars } = report;
  if (sessions.length === 0) return html`<p class="none">No file has a session.</p>`;
  const rows = symbols.filter(({ bars }) => bars.length > 0);
  const data = {
    dates: sessions,
    expected: runs(expectedBars),
    symbols: rows.map(({ symbol }) => symbol),
    bars: rows.map(({ bars }) => runs(bars)),
  };
  return html`<p class="legend"><span><i style="background:var(--full)"></i>all bars</span><span><i style="background:var(--partial)"></i>some bars</span><span><i style="background:var(--lost)"></i>lost</span><span><i style="background:var(--absent)"></i>before the file’s first session</span></p>
<div class="map"><canvas id="map" role="img" aria-label="bars of every symbol and session"></canvas><div class="tip" id="tip"></div></div>
<noscript><p class="none">The map needs JavaScript; the list of gaps has every date.</p></noscript>
${jsonScript('coverage', data)}<script>${Html.trusted(DRAW)}</script>`;
}

/** Runs of equal values as value, count, value, count …: most symbols are a handful of runs. */
function runs(values: readonly number[]): readonly number[] {
  const found: number[] = [];
  for (const value of values) {
    if (found.length > 0 && found[found.length - 2] === value) found[found.length - 1]!++;
    else found.push(value, 1);
  }
  return found;
}

/** Complete sessions are drawn as runs, the others after them and at least two pixels wide, so that one lost day is seen. */
const DRAW = `(() => {
  const data = JSON.parse(document.getElementById('coverage').textContent);
  const flat = (runs) => { const all = []; for (let k = 0; k < runs.length; k += 2) for (let n = 0; n < runs[k + 1]; n++) all.push(runs[k]); return all; };
  const expected = flat(data.expected), bars = data.bars.map(flat), { dates, symbols } = data;
  const canvas = document.getElementById('map'), tip = document.getElementById('tip');
  const LEFT = 56, TOP = 20, ROW = 14;
  const state = (row, k) => bars[row][k] < 0 ? 'absent' : bars[row][k] === 0 ? 'lost' : bars[row][k] < expected[k] ? 'partial' : 'full';
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let step = 1;
  const draw = () => {
    const width = canvas.parentElement.clientWidth, height = TOP + ROW * symbols.length + 2, ratio = devicePixelRatio || 1;
    canvas.width = width * ratio; canvas.height = height * ratio; canvas.style.height = height + 'px';
    step = (width - LEFT) / dates.length;
    const pen = canvas.getContext('2d'); pen.scale(ratio, ratio); pen.font = '11px system-ui,sans-serif'; pen.textBaseline = 'middle';
    const ink = { full: color('--full'), partial: color('--partial'), lost: color('--lost'), absent: color('--absent') };
    const cells = (calm) => symbols.forEach((_, row) => {
      for (let k = 0; k < dates.length;) {
        const kind = state(row, k), from = k;
        while (k < dates.length && state(row, k) === kind) k++;
        if ((kind === 'full' || kind === 'absent') !== calm) continue;
        pen.fillStyle = ink[kind];
        pen.fillRect(LEFT + from * step, TOP + row * ROW + 1, Math.max((k - from) * step, calm ? 0 : 2), ROW - 2);
      }
    });
    cells(true);
    pen.fillStyle = color('--text'); pen.textAlign = 'right';
    symbols.forEach((symbol, row) => pen.fillText(symbol, LEFT - 7, TOP + (row + .5) * ROW));
    pen.textAlign = 'left'; let lastX = -99;
    dates.forEach((date, k) => {
      if (k > 0 && date.slice(0, 7) === dates[k - 1].slice(0, 7)) return;
      const year = k === 0 || date.slice(0, 4) !== dates[k - 1].slice(0, 4), x = LEFT + k * step;
      pen.fillStyle = color('--back'); if (year && k > 0) pen.fillRect(x - .5, TOP, 1, height);
      if (!year && (x - lastX < 46 || (Number(date.slice(5, 7)) - 1) % 3)) return;
      pen.fillStyle = color(year ? '--text' : '--muted'); pen.fillText(year ? date.slice(0, 4) : ['Jan','Apr','Jul','Oct'][(Number(date.slice(5, 7)) - 1) / 3] ?? '', x, TOP / 2); lastX = x;
    });
    cells(false);
  };
  canvas.addEventListener('mousemove', (event) => {
    const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    let k = Math.floor((x - LEFT) / step); const row = Math.floor((y - TOP) / ROW);
    if (!(k >= 0 && k < dates.length && row >= 0 && row < symbols.length)) { tip.style.display = 'none'; return; }
    // A lost day may be drawn wider than its cell: the pointer means it.
    if (state(row, k) === 'full' && k > 0 && ['lost', 'partial'].includes(state(row, k - 1)) && (k - 1) * step + 2 > x - LEFT) k--;
    const kind = state(row, k), count = kind === 'absent' ? 'before its first session' : kind === 'lost' ? 'lost, 0 of ' + expected[k] + ' bars' : bars[row][k] + ' of ' + expected[k] + ' bars';
    tip.textContent = symbols[row] + '  ' + dates[k] + '  ' + count; tip.style.display = 'block';
    tip.style.left = Math.max(0, Math.min(x + 12, box.width - tip.offsetWidth)) + 'px'; tip.style.top = y + 16 + 'px';
  });
  canvas.addEventListener('mouseleave', () => { tip.style.display = 'none'; });
  draw(); addEventListener('resize', draw); matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
})();`;
