import { Html, html } from '@tradekit/core/html';
import type { MetricName, Metrics } from '../metrics/all.js';
import type { Metric } from '../metrics/metric.js';
import { lastingHalt } from '../risk/lasting-halt.js';
import type { RunFigures } from '../run-folder/run-json.js';
import type { RunRecord, RunStatus } from '../run-folder/run-record.js';
import { breakdownTables } from './breakdown-tables.js';
import { chartScript, chartStyle, charts } from './charts.js';
import { checksSection } from './checks-section.js';
import { distribution } from './distribution.js';
import { drawdownTable } from './drawdown-table.js';
import { heatMap } from './heat-map.js';
import { metricTables } from './metric-tables.js';
import { metricText, percentText } from './numbers.js';
import { priceCharts } from './price-charts.js';
import { riskSection } from './risk-section.js';
import { sectorStack } from './sector-stack.js';
import { STYLE } from './style.js';
import { strategyTable, symbolTable } from './tables.js';
import { waterfall } from './waterfall.js';

/** The tiles of the summary: a metric and what it is called. */
const TILES: readonly (readonly [MetricName, string])[] = [
  ['finalEquity', 'Final equity'],
  ['totalReturn', 'Total return'],
  ['cagr', 'Growth a year (CAGR)'],
  ['volatility', 'Volatility a year'],
  ['sharpe', 'Sharpe ratio'],
  ['maxDrawdown', 'Deepest drawdown'],
  ['exposure', 'Mean exposure'],
  ['turnover', 'Turnover a session'],
  ['commissionPaid', 'Commission'],
  ['trades', 'Round trips'],
  ['winRate', 'Round trips won'],
  ['finalCash', 'Final cash'],
];

/** The report of a run: one page that needs nothing beside it. Its numbers are those of `metrics.json`. */
export function reportHtml(
  record: RunRecord,
  { metrics, risk, digest, firstSession, lastSession }: RunFigures,
): string {
  const { result, name, mode, versions, context } = record;
  const { length } = result.sessions;
  const period = firstSession === undefined ? 'no session was closed' : `${firstSession} to ${lastSession}`;
  const versionText = Object.entries(versions).map(([part, version]) => `${part} ${version}`);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${name} – ${mode}</title>
<style>${Html.trusted(chartStyle())}${Html.trusted(STYLE)}</style></head>
<body><main>
<h1>${name}</h1>
<p class="sub">${mode} · ${period} · ${length} sessions · ${result.universe.size} instruments</p>
${banner(record.status)}${halts(record)}
<dl class="tiles">${TILES.map(([metric, label]) => tile(label, metrics[metric], noteOf(metric, metrics)))}</dl>
${charts(result, context?.benchmark)}
<section><h2>Drawdowns</h2>${drawdownTable(result)}</section>
<section><h2>Returns by month</h2>${heatMap(result)}</section>
<section><h2>Returns of a session</h2>${distribution(result)}</section>
<section><h2>Exposure by sector</h2>${sectorStack(result)}</section>
<section><h2>What trading cost</h2>${waterfall(metrics, result.initialCash)}</section>
<section><h2>All figures</h2>${metricTables(metrics)}</section>
<section><h2>By strategy</h2>${strategyTable(result)}</section>
<section><h2>By symbol</h2>${symbolTable(result)}</section>
<section><h2>Round trips</h2>${breakdownTables(result)}</section>
<section><h2>Prices and round trips</h2>${priceCharts(result, context?.market)}</section>
${riskSection(result, risk)}
${checksSection(record.checks)}
<section><h2>Assumptions</h2><dl class="assumptions">${record.assumptions.map((each) => html`<dt>${each.name}</dt><dd>${each.text}</dd>`)}</dl></section>
<section><h2>Warnings</h2>${warnings(record.warnings)}</section>
<footer>Digest ${digest}<br>${versionText.join(' · ')}<br>Charts by uPlot, copyright (c) 2022 Leon Sorokin, MIT licence.</footer>
</main>${chartScript()}</body></html>
`.text;
}

function banner(status: RunStatus): Html {
  switch (status.kind) {
    case 'complete':
      return html``;
    case 'interrupted':
      return html`<p class="banner">This run was interrupted. It shows what there was until then.</p>`;
    case 'failed':
      return html`<p class="banner">This run failed. It shows what there was until then.
${status.reason}</p>`;
  }
}

/** A halt of one session is among the detections of the risk page; one that lasted decides what the figures mean. */
function halts({ result }: RunRecord): Html {
  const halt = lastingHalt(result);
  if (halt === undefined) return html``;
  const { date, rule, reason, notTradedFraction } = halt;
  return html`<p class="banner">Halted on ${date}; ${percentText(notTradedFraction)} of the period not traded (${rule}: ${reason}).</p>`;
}

function tile(label: string, metric: Metric, note: string): Html {
  const exact = metric.value === null ? metric.reason : `${metric.value} ${metric.unit}`;
  const small = note === '' ? html`` : html`<small>${note}</small>`;
  return html`<div title="${exact}"><dt>${label}</dt><dd>${metricText(metric)}</dd>${small}</div>`;
}

/** The line below a number: why there is none, or what belongs to it. */
function noteOf(name: MetricName, metrics: Metrics): string {
  const metric = metrics[name];
  if (metric.value === null) return metric.reason;
  if (name === 'sharpe')
    return `95 %: ${metricText(metrics.sharpeLow)} to ${metricText(metrics.sharpeHigh)}; ${metric.note}`;
  if (name === 'maxDrawdown' && metric.note !== undefined) return metric.note.replace(/T\d\d:\d\d:[\d.]+Z/g, '');
  return '';
}

function warnings(texts: readonly string[]): Html {
  if (texts.length === 0) return html`<p class="none">None.</p>`;
  return html`<ul class="warnings">${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
}
