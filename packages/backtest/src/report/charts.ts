/** Equity and drawdown as charts, drawn in the reader's browser by uPlot, which stands in the page itself. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Html, html, jsonScript } from '@tradekit/core/html';
import type { Benchmark } from '../metrics/benchmark.js';
import type { RunResult } from '../result/run-result.js';
import { ROLLING_SESSIONS, rolling } from './rolling.js';

const require = createRequire(import.meta.url);

/** The style of the charts. */
export function chartStyle(): string {
  return readFileSync(require.resolve('uplot/dist/uPlot.min.css'), 'utf8');
}

/** The charts of the equity with their data. {@link chartScript} draws them. */
export function charts(result: RunResult, benchmark: Benchmark | undefined): Html {
  return html`<section>
<h2>Equity</h2><div id="equity" class="chart"></div>
<h2>Drawdown</h2><div id="drawdown" class="chart"></div>
<h2>Sharpe ratio and volatility of the last ${ROLLING_SESSIONS} sessions</h2><div id="rolling-sharpe" class="chart"></div><div id="rolling-volatility" class="chart"></div>
<noscript><p class="none">The charts need JavaScript; every number on this page does not.</p></noscript>
</section>
${jsonScript('curve', { ...curveOf(result), ...sessionsOf(result, benchmark) })}`;
}

/** The library with its licence, and what draws the charts and sorts the tables; at the end of the page. */
export function chartScript(): Html {
  const library = readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8').trim();
  return html`<script>/*! uPlot 1.6.32, https://github.com/leeoniya/uPlot, copyright (c) 2022 Leon Sorokin, MIT licence */
${Html.trusted(library)}
${Html.trusted(DRAW)}</script>`;
}

/** Seconds since the row before, equity to the cent, and the fall from the peak of the index to a millionth. */
function curveOf({ equity }: RunResult): object {
  const { length, time, index } = equity;
  const times: number[] = [];
  const dollars: number[] = [];
  const falls: number[] = [];
  let before = 0;
  let peak = 0;
  for (let row = 0; row < length; row++) {
    const seconds = Math.round(time[row]! / 1000);
    times.push(seconds - before);
    before = seconds;
    dollars.push(Math.round(equity.equity[row]! * 100) / 100);
    peak = Math.max(peak, index[row]!);
    falls.push(peak > 0 ? Math.round((index[row]! / peak - 1) * 1e6) / 1e6 : 0);
  }
  return { times, dollars, falls };
}

/** Rows of the sessions' ends, the benchmark in the run's dollars at each, and rolling figures. */
function sessionsOf(result: RunResult, benchmark: Benchmark | undefined): object {
  const ends = Array.from(result.sessions.row);
  const { sharpe, volatility } = rolling(result);
  if (benchmark === undefined) return { ends, sharpe, volatility };
  let worth = result.initialCash;
  const held = ends.map((_, session) => {
    worth *= 1 + (benchmark.returns[session] ?? 0);
    return Math.round(worth * 100) / 100;
  });
  return { ends, sharpe, volatility, benchmark: { name: benchmark.name, held } };
}

const DRAW = `(() => {
  const { times, dollars, falls, ends, sharpe, volatility, benchmark } = JSON.parse(document.getElementById('curve').textContent);
  let now = 0;
  const x = times.map((step) => (now += step));
  const zone = (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'America/New_York');
  const money = (value) => value == null ? '' : value.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
  // As many digits as the step between ticks has: labels of even ticks look even.
  const digitsOf = (step) => {
    let digits = 0;
    while (digits < 9 && Math.abs(step - Number(step.toFixed(digits))) > step * 1e-6) digits += 1;
    return digits;
  };
  const short = (value, step) => {
    let unit = 1;
    while (unit < 1e12 && Math.abs(value) >= unit * 1000) unit *= 1000;
    const digits = digitsOf(step / unit);
    return value.toLocaleString('en-US', { style: 'currency', currency: 'USD', notation: 'compact', minimumFractionDigits: digits, maximumFractionDigits: digits });
  };
  const percent = (value) => value == null ? '' : (value * 100).toFixed(2) + ' %';
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const charts = [];
  const draw = (id, data, series, tick, height) => {
    const box = document.getElementById(id);
    const axis = { stroke: color('--muted'), grid: { stroke: color('--rule'), width: 1 }, ticks: { stroke: color('--rule'), width: 1 } };
    const plot = new uPlot({
      width: box.clientWidth, height, tzDate: zone, cursor: { sync: { key: id === 'price' ? 'price' : 'run' } },
      series: [{ label: 'New York', value: '{YYYY}-{MM}-{DD} {HH}:{mm}' },
        ...series.map(([label, format, line, fill, more]) => ({ label, stroke: color(line), width: 1.25, ...(fill ? { fill: color(fill) } : {}), value: (_, value) => format(value), ...more }))],
      axes: [axis, { ...axis, size: 78, values: (_, values, _axis, _space, step) => values.map((value) => tick(value, step)) }],
      ...(id === 'price' ? { hooks: { draw: [marks] } } : {}),
    }, data, box);
    charts.push([plot, box, height]);
  };
  const ticks = (value, step) => (value * 100).toFixed(digitsOf(step * 100)) + ' %';
  const plain = (value) => value == null ? '' : value.toFixed(2);
  const sessionX = ends.map((row) => x[row]);
  const atEnds = (values) => { const all = new Array(x.length).fill(null); ends.forEach((row, k) => { all[row] = values[k]; }); return all; };
  const prices = document.getElementById('prices') && JSON.parse(document.getElementById('prices').textContent);
  const symbol = document.getElementById('symbol');
  const marks = (plot) => {
    const { ctx } = plot;
    const place = (seconds, price) => [plot.valToPos(seconds, 'x', true), plot.valToPos(price, 'y', true)];
    ctx.save();
    ctx.beginPath(); ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height); ctx.clip();
    ctx.font = 11 * devicePixelRatio + 'px system-ui'; ctx.textAlign = 'center'; ctx.textBaseline = 'middle'; ctx.lineWidth = devicePixelRatio;
    for (const [entry, entryPrice, exit, exitPrice, direction, stop] of prices.symbols[symbol.value].trips) {
      const won = direction * (exitPrice - entryPrice) >= 0;
      const [x0, y0] = place(entry, entryPrice);
      const [x1, y1] = place(exit, exitPrice);
      ctx.strokeStyle = ctx.fillStyle = color(won ? '--gain' : '--loss');
      ctx.beginPath(); ctx.moveTo(x0, y0); ctx.lineTo(x1, y1); ctx.stroke();
      ctx.fillText(direction > 0 ? '\\u25b2' : '\\u25bc', x0, y0); ctx.fillText('\\u2715', x1, y1);
      if (stop === null) continue;
      const y = plot.valToPos(stop, 'y', true);
      ctx.strokeStyle = color('--muted'); ctx.beginPath(); ctx.moveTo(x0, y); ctx.lineTo(x1, y); ctx.stroke();
    }
    ctx.restore();
  };
  const drawPrice = () => {
    if (!prices) return;
    draw('price', [prices.ends, prices.symbols[symbol.value].closes], [[symbol.value, plain, '--line', '', { spanGaps: true }]], (value) => plain(value), 320);
  };
  const drawAll = () => {
    for (const [plot] of charts.splice(0)) plot.destroy();
    const equity = [['Equity', money, '--line', '--fill', {}]];
    if (benchmark) equity.push([benchmark.name, money, '--muted', '', { spanGaps: true }]);
    draw('equity', benchmark ? [x, dollars, atEnds(benchmark.held)] : [x, dollars], equity, short, 320);
    draw('drawdown', [x, falls], [['Drawdown', percent, '--loss', '--loss-fill', {}]], ticks, 180);
    draw('rolling-sharpe', [sessionX, sharpe], [['Sharpe ratio', plain, '--line', '', {}]], (value, step) => value.toFixed(digitsOf(step)), 170);
    draw('rolling-volatility', [sessionX, volatility], [['Volatility a year', percent, '--line', '--fill', {}]], ticks, 170);
    drawPrice();
  };
  if (symbol) symbol.addEventListener('change', () => { const at = charts.findIndex(([, box]) => box.id === 'price'); charts[at][0].destroy(); charts.splice(at, 1); drawPrice(); });
  // A click on a column's head sorts by it, once more the other way round; the keyboard reaches it as a button.
  const numberOf = (text) => { const value = Number(text.replace(/[^\\d.eE-]/g, '')); return text.trim() === '' || text.trim() === '\\u2013' || Number.isNaN(value) ? -Infinity : value; };
  for (const table of document.querySelectorAll('table.sortable')) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        // Names begin with A, numbers with the largest.
        const first = column === 0 ? 'ascending' : 'descending';
        const order = head.getAttribute('aria-sort') === first ? (column === 0 ? 'descending' : 'ascending') : first;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', order);
        const key = (row) => column === 0 ? row.cells[0].textContent : numberOf(row.cells[column].textContent);
        const rows = [...table.tBodies[0].rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (order === 'ascending' ? 1 : -1));
        table.tBodies[0].append(...rows);
      });
    });
  }
  drawAll();
  addEventListener('resize', () => { for (const [plot, box, height] of charts) plot.setSize({ width: box.clientWidth, height }); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();`;
