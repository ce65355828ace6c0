import { type Html, html } from '@tradekit/core/html';
import type { Metrics } from '../metrics/all.js';
import { METRIC_GROUPS, type MetricGroup } from '../metrics/groups.js';
import type { Metric } from '../metrics/metric.js';
import { metricText } from './numbers.js';

/** Every metric, group by group. Where one is not defined the reason stands in its place. */
export function metricTables(metrics: Metrics): Html {
  return html`<div class="groups">${METRIC_GROUPS.map((group) => groupTable(group, metrics))}</div>`;
}

function groupTable({ title, metrics: rows }: MetricGroup, metrics: Metrics): Html {
  return html`<table class="metrics"><caption>${title}</caption><tbody>
${rows.map(([name, label]) => row(label, metrics[name]))}</tbody></table>`;
}

function row(label: string, metric: Metric): Html {
  if (metric.value === null) {
    return html`<tr><th scope="row">${label}</th><td class="none">${metric.reason}</td></tr>
`;
  }
  const exact = `${metric.value} ${metric.unit}${metric.note === undefined ? '' : `; ${metric.note}`}`;
  return html`<tr><th scope="row">${label}</th><td title="${exact}">${metricText(metric)}</td></tr>
`;
}
