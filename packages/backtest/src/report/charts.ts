/** Equity and drawdown as charts, drawn in the reader's browser by uPlot, which stands in the page itself. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Html, html, jsonScript } from '@tradekit/core/html';
import type { RunResult } from '../result/run-result.js';

const require = createRequire(import.meta.url);

/** The style of the charts. */
export function chartStyle(): string {
  return readFileSync(require.resolve('uplot/dist/uPlot.min.css'), 'utf8');
}

/** Both charts with their data, the library and its licence. */
export function charts(result: RunResult): Html {
  const library = readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8').trim();
  return html`<section>
<h2>Equity</h2><div id="equity" class="chart"></div>
<h2>Drawdown</h2><div id="drawdown" class="chart"></div>
<noscript><p class="none">The charts need JavaScript; every number on this page does not.</p></noscript>
</section>
${jsonScript('curve', curveOf(result))}
<script>/*! uPlot 1.6.32, https://github.com/leeoniya/uPlot, copyright (c) 2022 Leon Sorokin, MIT licence */
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

const DRAW = `(() => {
  const { times, dollars, falls } = JSON.parse(document.getElementById('curve').textContent);
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
  const draw = (id, y, label, format, tick, line, fill, height) => {
    const box = document.getElementById(id);
    const axis = { stroke: color('--muted'), grid: { stroke: color('--rule'), width: 1 }, ticks: { stroke: color('--rule'), width: 1 } };
    const plot = new uPlot({
      width: box.clientWidth, height, tzDate: zone, cursor: { sync: { key: 'run' } },
      series: [{ label: 'New York', value: '{YYYY}-{MM}-{DD} {HH}:{mm}' },
        { label, stroke: color(line), width: 1.25, fill: color(fill), value: (_, value) => format(value) }],
      axes: [axis, { ...axis, size: 78, values: (_, values, _axis, _space, step) => values.map((value) => tick(value, step)) }],
    }, [x, y], box);
    charts.push([plot, box, height]);
  };
  const drawAll = () => {
    for (const [plot] of charts.splice(0)) plot.destroy();
    draw('equity', dollars, 'Equity', money, short, '--line', '--fill', 320);
    draw('drawdown', falls, 'Drawdown', percent, (value, step) => (value * 100).toFixed(digitsOf(step * 100)) + ' %', '--loss', '--loss-fill', 180);
  };
  drawAll();
  addEventListener('resize', () => { for (const [plot, box, height] of charts) plot.setSize({ width: box.clientWidth, height }); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();`;
