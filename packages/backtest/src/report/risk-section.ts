/** The risk page: what the limits did, what a bad session would cost, and how well that could be told. */
import { isoDate, isoTime, type SessionDay } from '@tradekit/core';
import { type Html, html } from '@tradekit/core/html';
import type { LikelihoodRatio, SizeTally } from '@tradekit/risk';
import type { RunResult } from '../result/run-result.js';
import type { BindingRule } from '../risk/binding-rules.js';
import type { LimitUses } from '../risk/limit-uses.js';
import type { RiskReview } from '../risk/review.js';
import type { StressRow } from '../risk/stress-table.js';
import type { TailForecasts } from '../risk/tail-forecasts.js';
import { countText, dollarsText, percentText } from './numbers.js';
import { sparkline } from './sparkline.js';

/** All of it. Its numbers are those of `risk.json` and `risk.csv`. */
export function riskSection(result: RunResult, review: RiskReview): Html {
  const dateOf = (session: number): string => isoDate(result.sessions.day[session] as SessionDay);
  return html`<section id="risk"><h2>Risk</h2>
<h3>Use of each limit</h3>
<p class="note">The highest of each session: what was held, at its marks. When an order is approved, orders at work and worst prices count too. A limit that is passed by drift blocks adding, and is no violation.</p>
${limitTable(review.limits, dateOf)}
<h3>Losses that halted trading</h3>${detectionTable(review)}
<h3>Rules that bound</h3>${ruleTable(review.rules)}${sizeNote(review.tally?.sizes)}
<h3>Value at risk of one session, and what came of it</h3>${forecastTable(review.forecasts)}
<h3>Stress</h3>${stressTable(review, dateOf)}
</section>`;
}

function limitTable(limits: readonly LimitUses[], dateOf: (session: number) => string): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Rule</th><th>Limit</th><th>Peak use</th><th>Of the limit</th><th>On</th><th>Sessions at or beyond</th><th>Through time</th></tr></thead>
<tbody>${limits.map((uses) => {
    const { rule, label, unit, limit, peak, peakSession, sessionsAtLimit } = uses;
    const amount = (value: number): string => amountText(value, unit);
    return html`<tr><th scope="row" title="${label}">${rule}</th><td>${limit === undefined ? 'none' : amount(limit)}</td><td>${amount(peak)}</td><td>${limit === undefined ? '–' : percentText(peak / limit)}</td><td>${peakSession === undefined ? '–' : dateOf(peakSession)}</td><td>${limit === undefined ? '–' : countText(sessionsAtLimit)}</td><td>${sparkline(uses.uses, limit, `${label} by session`)}</td></tr>
`;
  })}</tbody></table></div>`;
}

function amountText(value: number, unit: LimitUses['unit']): string {
  switch (unit) {
    case 'fraction':
      return percentText(value);
    case 'ratio':
      return `${value.toFixed(2)} ×`;
    case 'count':
      return countText(value);
  }
}

function detectionTable({ detections }: RiskReview): Html {
  if (detections.length === 0) return html`<p class="none">None.</p>`;
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Found at (UTC)</th><th>Rule</th><th>Measured</th><th>Limit</th><th>Overshoot</th></tr></thead>
<tbody>${detections.map(
    ({ time, rule, measured, limit, overshoot }) =>
      html`<tr><th scope="row">${isoTime(time).slice(0, 16).replace('T', ' ')}</th><td>${rule}</td><td>${percentText(measured)}</td><td>${percentText(limit)}</td><td>${percentText(overshoot)}</td></tr>
`,
  )}</tbody></table></div>
<p class="note">A loss is found at a mark and closed at the next open: the overshoot is what lay between the limit and the mark.</p>`;
}

function ruleTable(rules: readonly BindingRule[]): Html {
  if (rules.length === 0) return html`<p class="none">None: every wish was granted whole.</p>`;
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Rule</th><th>Wishes cut</th><th>Refused wishes</th><th>Tries</th><th>Would have gained</th><th>Mean one session later</th></tr></thead>
<tbody>${rules.map(
    ({ rule, cuts, refused, tries, followed, gained, meanNextReturn }) =>
      html`<tr><th scope="row">${rule}</th><td>${cuts === undefined ? '–' : countText(cuts)}</td><td>${countText(refused)}</td><td>${countText(tries)}</td><td>${followed === 0 ? '–' : `${countText(gained)} of ${countText(followed)}`}</td>${meanNextReturn === undefined ? html`<td>–</td>` : html`<td class="${toneOf(meanNextReturn)}">${percentText(meanNextReturn)}</td>`}</tr>
`,
  )}</tbody></table></div>
<p class="note">Cut: made smaller or refused by the risk manager as it planned; what comes during a halt it is not shown. The last two columns: what a refused wish would have made from its mark to the close of the next session, in its direction, before costs. Each is in refusals.csv.</p>`;
}

function sizeNote(sizes: SizeTally | undefined): Html {
  if (sizes === undefined) return html``;
  const { sizer, own, capped, refused, none } = sizes;
  const total = own + capped + refused + none;
  const share = own + capped === 0 ? '' : ` (${percentText(capped / (own + capped))} of those that were granted)`;
  return html`<p>Of ${countText(total)} wishes that ${sizer} sized, its own number stood ${countText(own)} times and a cap or a rule made it less ${countText(capped)} times${share}; ${countText(refused)} were refused, and for ${countText(none)} it gave nothing.</p>`;
}

function forecastTable(forecasts: readonly TailForecasts[]): Html {
  const tested = forecasts.filter(({ tests }) => tests !== undefined);
  if (tested.length === 0)
    return html`<p class="none">Not known: too few sessions began with positions whose past is known.</p>`;
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Method</th><th>Confidence</th><th>Mean VaR</th><th>Mean CVaR</th><th>Sessions</th><th>Exceptions</th><th>Expected</th><th>Kupiec p</th><th>Independence p</th><th>Conditional p</th></tr></thead>
<tbody>${forecasts.flatMap(({ method, confidence, valueAtRisk, conditionalValueAtRisk, tests }) =>
    tests === undefined
      ? []
      : [
          html`<tr><th scope="row">${method}</th><td>${Math.round(confidence * 100)} %</td><td>${percentText(meanOf(valueAtRisk))}</td><td>${percentText(meanOf(conditionalValueAtRisk))}</td><td>${countText(tests.observations)}</td><td>${countText(tests.exceptions)}</td><td>${tests.expected.toFixed(1)}</td><td>${pText(tests.coverage)}</td><td>${pText(tests.independence)}</td><td>${pText(tests.conditionalCoverage)}</td></tr>
`,
        ],
  )}</tbody></table></div>
<p class="note">Said before each session of the book held over night: by the last 250 sessions as they were, and by the shrunk covariance of 120, made anew every five. An exception is a session whose loss was larger. A p below 0.05 speaks against the forecast (Kupiec 1995, Christoffersen 1998).</p>`;
}

function pText({ pValue }: LikelihoodRatio): string {
  return pValue < 0.001 ? '< 0.001' : pValue.toFixed(3);
}

/** The mean of those that are known and not of a flat book. */
function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => value !== 0 && !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
}

function stressTable({ book, stress }: RiskReview, dateOf: (session: number) => string): Html {
  if (book === undefined) return html`<p class="none">Nothing was held over a close.</p>`;
  const many = book.positions.length === 1 ? 'one position' : `${book.positions.length} positions`;
  return html`<p class="note">On the last book that held something: ${dateOf(book.session)}, ${many}, ${dollarsText(book.equity)}.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">Scenario</th><th>Profit</th><th>Of equity</th><th>Worst name</th><th>Worst sector</th><th>Limits beyond</th></tr></thead>
<tbody>${stress.map(stressRow)}</tbody></table></div>`;
}

function stressRow(row: StressRow): Html {
  if ('reason' in row)
    return html`<tr><th scope="row" title="${row.source}">${row.scenario}</th><td class="none wide" colspan="5">${row.reason}</td></tr>
`;
  const { scenario, source, profit, profitFraction, positions, sectors, breaches } = row;
  const beyond = breaches.length === 0 ? 'none' : breaches.map(({ limit }) => LIMIT_NAMES[limit]).join(', ');
  return html`<tr><th scope="row" title="${source}">${scenario}</th><td class="${toneOf(profit)}">${dollarsText(profit)}</td><td>${percentText(profitFraction)}</td><td>${worst(positions)}</td><td>${worst(sectors)}</td><td>${beyond}</td></tr>
`;
}

const LIMIT_NAMES = {
  maxPositionFraction: 'position',
  maxSectorFraction: 'sector',
  maxGrossFraction: 'gross',
  maxNetFraction: 'net',
  maxLeverage: 'leverage',
  maxPositions: 'positions',
  maxDailyLossFraction: 'daily loss',
  maxDrawdownFraction: 'drawdown',
} as const;

function worst(lines: readonly { readonly name: string; readonly profit: number }[]): string {
  const [first] = [...lines].sort((a, b) => a.profit - b.profit);
  return first === undefined || first.profit >= 0 ? '–' : `${first.name} ${dollarsText(first.profit)}`;
}

function toneOf(value: number): string {
  return value < 0 ? 'loss' : 'gain';
}
