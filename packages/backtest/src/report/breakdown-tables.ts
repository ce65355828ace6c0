import { type Html, html } from '@tradekit/core/html';
import { type BreakdownKey, type BreakdownRow, breakdownOf } from '../result/breakdown.js';
import type { RunResult } from '../result/run-result.js';
import { countText, dollarsText, percentText } from './numbers.js';

/** Symbols and strategies have tables of their own. */
const SHOWN: readonly BreakdownKey[] = ['sector', 'side', 'hour', 'weekday', 'month', 'ending'];

/** Closed round trips by what they have in common. */
export function breakdownTables(result: RunResult): Html {
  const rows = breakdownOf(result);
  if (rows.length === 0) return html`<p class="none">No round trip was closed.</p>`;
  return html`${SHOWN.map(
    (key) =>
      html`<details><summary>By ${key}</summary>${table(
        key,
        rows.filter(({ by }) => by === key),
      )}</details>`,
  )}`;
}

function table(key: BreakdownKey, rows: readonly BreakdownRow[]): Html {
  return html`<div class="scroll"><table class="sortable">
<thead><tr><th scope="col">${key}</th><th>Profit</th><th>Round trips</th><th>Won</th><th>Commission</th></tr></thead>
<tbody>${rows.map(
    ({ value, profit, trades, won, commission }) =>
      html`<tr><th scope="row">${value}</th><td class="${profit < 0 ? 'loss' : 'gain'}">${dollarsText(profit)}</td><td>${countText(trades)}</td><td>${percentText(won / trades)}</td><td>${dollarsText(commission)}</td></tr>
`,
  )}</tbody></table></div>`;
}
