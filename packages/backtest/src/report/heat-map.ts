import { isoDate, type SessionDay } from '@tradekit/core';
import { type Html, html } from '@tradekit/core/html';
import { sessionReturns } from '../metrics/returns.js';
import type { RunResult } from '../result/run-result.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Returns by month and year: session returns multiplied together. The deeper the colour, the larger the move. */
export function heatMap(result: RunResult): Html {
  const years = returnsByYear(result);
  if (years.size === 0) return html`<p class="none">No session was closed.</p>`;
  const largest = Math.max(...[...years.values()].flatMap((months) => months.map((value) => Math.abs(value ?? 0))));
  return html`<div class="scroll"><table class="heat">
<thead><tr><th scope="col">Year</th>${MONTHS.map((month) => html`<th scope="col">${month}</th>`)}<th scope="col">Year</th></tr></thead>
<tbody>${[...years].map(
    ([year, months]) =>
      html`<tr><th scope="row">${year}</th>${months.map((value) => cell(value, largest))}<td>${text(together(months))}</td></tr>
`,
  )}</tbody></table></div>`;
}

function cell(value: number | undefined, largest: number): Html {
  if (value === undefined) return html`<td></td>`;
  const share = largest === 0 ? 0 : Math.round((Math.abs(value) / largest) * 60);
  return html`<td style="background:color-mix(in srgb,var(${value < 0 ? '--loss' : '--gain'}) ${share}%,transparent)">${text(value)}</td>`;
}

function text(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

function together(months: readonly (number | undefined)[]): number {
  return months.reduce<number>((product, value) => product * (1 + (value ?? 0)), 1) - 1;
}

/** By year twelve months; `undefined` where no session was closed. */
function returnsByYear(result: RunResult): ReadonlyMap<string, readonly (number | undefined)[]> {
  const years = new Map<string, (number | undefined)[]>();
  const returns = sessionReturns(result);
  for (let k = 0; k < returns.length; k++) {
    const date = isoDate(result.sessions.day[k]! as SessionDay);
    const year = date.slice(0, 4);
    const months = years.get(year) ?? new Array<number | undefined>(12).fill(undefined);
    years.set(year, months);
    const month = Number(date.slice(5, 7)) - 1;
    months[month] = (1 + (months[month] ?? 0)) * (1 + returns[k]!) - 1;
  }
  return years;
}
