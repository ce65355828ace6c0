import { isoDate, type SessionDay } from '@tradekit/core';
import { type Html, html } from '@tradekit/core/html';
import { type Drawdown, drawdownsOf } from '../metrics/drawdowns.js';
import type { RunResult } from '../result/run-result.js';
import { percentText } from './numbers.js';

const MOST = 8;

/** The deepest drawdowns from close to close, with their dates. */
export function drawdownTable(result: RunResult): Html {
  const deepest = [...drawdownsOf(result)].sort((a, b) => b.depthFraction - a.depthFraction).slice(0, MOST);
  if (deepest.length === 0) return html`<p class="none">No session closed below an earlier one.</p>`;
  const dateOf = (session: number): string =>
    session < 0 ? 'the start' : isoDate(result.sessions.day[session]! as SessionDay);
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Depth</th><th>From</th><th>Lowest</th><th>Back</th><th>Sessions</th></tr></thead>
<tbody>${deepest.map((drawdown) => row(drawdown, dateOf, result.sessions.length))}</tbody></table></div>`;
}

function row(
  { peak, trough, recovered, depthFraction }: Drawdown,
  dateOf: (k: number) => string,
  sessions: number,
): Html {
  const back = recovered === undefined ? 'not yet' : dateOf(recovered);
  return html`<tr><th scope="row">${percentText(depthFraction)}</th><td>${dateOf(peak)}</td><td>${dateOf(trough)}</td><td>${back}</td><td>${(recovered ?? sessions - 1) - peak}</td></tr>
`;
}
