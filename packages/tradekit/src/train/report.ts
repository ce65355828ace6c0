/** The report of a training: one page that needs nothing beside it. Its numbers are those of `train.json`. */
import { REPORT_STYLE } from '@tradekit/backtest';
import { Html, html } from '@tradekit/core/html';
import { version } from '../version.js';
import type { Figures } from './figures.js';
import { reliabilityDiagram } from './reliability-diagram.js';
import type { TrainingRecord, TrainSummary } from './train.js';

/** The page. */
export function trainReport({ summary, tested }: Pick<TrainingRecord, 'summary' | 'tested'>): string {
  const { name, symbols, samples, folds, overall, feed } = summary;
  const [first, last] = [folds[0], folds.at(-1)];
  const period =
    first === undefined || last === undefined ? '' : `tested ${day(first.firstTest)} to ${day(last.lastTest)}`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${name} – training</title>
<style>${Html.trusted(REPORT_STYLE)}</style></head>
<body><main>
<h1>${name}</h1>
<p class="sub">training · ${period} · ${symbols.length} symbols · ${samples} samples · ${folds.length} folds · feed ${feed}</p>
<dl class="tiles">${tiles(overall)}</dl>
<p>${verdict(overall)}</p>
<section><h2>Beside labels that nothing can be learned from</h2>${controls(summary)}</section>
<section><h2>By fold</h2>${table(
    'Fold',
    folds.map((fold) => [`${fold.name}, ${day(fold.firstTest)} to ${day(fold.lastTest)}`, fold]),
  )}
<p class="note">Each fold was trained on ${counts(folds)} samples whose labels had ended before its first test, and could be had at the time that folds.csv gives.</p></section>
<section><h2>By hour of the decision, New York</h2>${table(
    'Hour',
    summary.byHour.map(([hour, own]) => [`${hour}:00`, own]),
  )}</section>
<section><h2>By symbol</h2>${table('Symbol', summary.bySymbol)}</section>
<section><h2>Trades by probability</h2>${trades(summary)}</section>
<section><h2>Reliability</h2>${reliabilityDiagram(tested)}</section>
<section><h2>Importance</h2>${importance(summary)}</section>
<footer>Data ${summary.data}<br>Labels ${summary.labels}<br>Trainer ${summary.trainer}<br>tradekit ${version()}</footer>
</main></body></html>
`.text;
}

const day = (time: string): string => time.slice(0, 10);

function counts(folds: TrainSummary['folds']): string {
  const all = folds.map(({ trainSamples }) => trainSamples);
  return `${Math.min(...all)} to ${Math.max(...all)}`;
}

function tiles(overall: Figures): readonly Html[] {
  const { upAgainstDown, standardError, samples, hitRate, netBps } = overall;
  const skill = standardError === null ? '' : `± ${standardError.toFixed(4)}; 0.5 is no skill`;
  return [
    tile('Up against down, AUC', digits(upAgainstDown), skill),
    tile(
      'Log loss',
      digits(overall.logLoss),
      `base rates ${digits(overall.baseLogLoss)}, by time of day and volatility ${digits(overall.slotLogLoss)}`,
    ),
    tile(
      'Accuracy',
      percent(overall.accuracy),
      `base rates ${percent(overall.baseAccuracy)}, by time of day and volatility ${percent(overall.slotAccuracy)}`,
    ),
    tile('Hit rate', percent(hitRate), 'of the samples that moved'),
    tile('Net of a trade', points(netBps), 'of every sample, on its likelier side'),
    tile('Tested samples', String(samples), ''),
  ];
}

const tile = (label: string, value: string, small: string): Html =>
  html`<div><dt>${label}</dt><dd>${value}</dd><small>${small}</small></div>`;

/** What the first tile means, in words: three standard errors are asked for before it is called skill. */
function verdict({ upAgainstDown, standardError }: Figures): string {
  if (upAgainstDown === null || standardError === null)
    return 'The tests are too short to say anything of the direction.';
  const errors = (upAgainstDown - 0.5) / standardError;
  const size = `${Math.abs(errors).toFixed(1)} standard errors ${errors < 0 ? 'below' : 'above'} 0.5, counted by session`;
  if (Math.abs(errors) < 3) {
    return `Of the direction the model knows nothing that could be told from chance: ${size}. A better log loss or accuracy than the base rates then comes of knowing when prices stay where they are.`;
  }
  if (upAgainstDown < 0.5)
    return `The model is wrong about the direction more often than chance: ${size}. Look for labels or features that are shifted.`;
  if (upAgainstDown > 0.53)
    return `The direction is foretold better than on any quarter-hour bars we know: ${size}. Look for a leak before you look for a broker.`;
  return `The model knows something of the direction: ${size}. Whether it pays for its costs is another question.`;
}

/** The columns of every table of figures. */
const COLUMNS: readonly (readonly [string, (own: Figures) => string])[] = [
  ['Up against down', (own) => digits(own.upAgainstDown)],
  ['Standard error', (own) => digits(own.standardError)],
  ['Log loss', (own) => digits(own.logLoss)],
  ['Base rates', (own) => digits(own.baseLogLoss)],
  ['By slot and volatility', (own) => digits(own.slotLogLoss)],
  ['Accuracy', (own) => percent(own.accuracy)],
  ['Base rates', (own) => percent(own.baseAccuracy)],
  ['By slot and volatility', (own) => percent(own.slotAccuracy)],
  ['Hit rate', (own) => percent(own.hitRate)],
  ['Net of a trade', (own) => points(own.netBps)],
  ['Samples', (own) => String(own.samples)],
];

function table(what: string, rows: readonly (readonly [string, Figures])[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${what}</th>${COLUMNS.map(([name]) => html`<th>${name}</th>`)}</tr></thead>
<tbody>${rows.map(([name, own]) => html`<tr><th scope="row">${name}</th>${COLUMNS.map(([, text]) => html`<td>${text(own)}</td>`)}</tr>`)}</tbody></table></div>`;
}

function controls({ overall, controls: runs }: TrainSummary): Html {
  if (runs.length === 0) return html`<p class="none">Not made: train.controls is false.</p>`;
  const names = { shuffled: 'labels shuffled', shifted: 'labels of ten sessions later' };
  return html`${table('Training', [
    ['as it is', overall],
    ...runs.map(({ name, figures }) => [names[name], figures] as const),
  ])}<p class="note">The whole training again, on other labels. With shuffled ones nothing can be known; with those of another time only what lasts: when prices move much. If one of them is
far above 0.5, something of the future is in the features.</p>`;
}

function trades({ trades: buckets, costBps }: TrainSummary): Html {
  const rows = buckets.map(
    ({ from, to, trades: count, said, gained, grossBps, netBps }) =>
      html`<tr><th scope="row">${from.toFixed(2)} to ${to.toFixed(2)}</th><td>${count}</td><td>${percent(said)}</td><td>${percent(gained)}</td><td>${points(grossBps)}</td><td>${points(netBps)}</td></tr>`,
  );
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Probability of the side</th><th>Trades</th><th>Said</th><th>Gained</th><th>Before costs</th><th>Net</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="note">Every sample traded on its likelier side from open to open, at ${costBps} bp a side. Their labels overlap, so they are no independent trades: the backtest says what they come to.</p>`;
}

function importance({ importance: features }: TrainSummary): Html {
  const rows = [...features].sort((a, b) => (b.permutation ?? 0) - (a.permutation ?? 0));
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Feature</th><th>Log loss lost when shuffled</th><th>Part of the gain</th></tr></thead>
<tbody>${rows.map(({ feature, gain, permutation }) => html`<tr><th scope="row">${feature}</th><td>${permutation === null ? '–' : permutation.toFixed(6)}</td><td>${percent(gain)}</td></tr>`)}</tbody></table></div>
<p class="note">Shuffled on test rows: below 0 the feature did harm by chance. The gain says what training used, skill or not.</p>`;
}

const digits = (value: number | null): string => (value === null ? '–' : value.toFixed(4));
const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(2)} %`);
const points = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)} bp`);
