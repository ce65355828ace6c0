/** The report as one page that needs nothing beside it. */

import { Html, html } from '@tradekit/core/html';
import { countText } from '../count-text.js';
import { FINDINGS, type Finding, type FindingCode } from '../finding.js';
import type { StampReading } from '../reading.js';
import type { QualityReport } from '../report.js';
import { barChart } from './bar-chart.js';
import { heatMap } from './heat-map.js';
import { profiles } from './profile.js';
import { STYLE } from './style.js';
import { findingTable, gapTable, type SymbolFinding, symbolTable } from './tables.js';

/** Charts of bars that are shown for a symbol, the farthest out; more are only counted. */
const MOST_CHARTS = 8;
/** Sentences of one code that are listed for a symbol in the table of other findings. */
const MOST_LINES = 10;

/** Price scale and identity: what has a section of its own, with charts. */
const SCALE: readonly FindingCode[] = ['SPLIT', 'SPLIT_OR_NEWS', 'MIXED_SCALE', 'IDENTITY', 'SPIN_OFF'];
/** Drawn with the bars around them, as many as are shown. */
const DRAWN: readonly FindingCode[] = ['BAD_PRINT', 'FROZEN'];
/** Told by the table of gaps. */
const GAPS: readonly FindingCode[] = ['LOST_SESSIONS', 'ENDS_EARLY', 'PARTIAL_SESSION', 'MISSING_BARS'];

/** A self-contained page: no network, light and dark. Its numbers are those of the report. */
export function qualityHtml(report: QualityReport): string {
  const { folder, barMinutes, calendar, source, sessions, symbols } = report;
  const all = symbols.flatMap(({ symbol, findings }) => findings.map((finding) => ({ symbol, finding })));
  const scale = all.filter(({ finding }) => SCALE.includes(finding.code));
  const rows = all.filter(({ finding }) => DRAWN.includes(finding.code) && finding.bars !== undefined);
  const told = [...SCALE, ...DRAWN, ...GAPS];
  const others = all.filter(({ finding }) => !told.includes(finding.code));
  const range = sessions.length === 0 ? 'no session' : `${sessions[0]} to ${sessions.at(-1)}`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Data quality – ${folder}</title><style>${Html.trusted(STYLE)}</style></head>
<body><main>
<h1>Data quality</h1>
<p class="sub">${folder} · ${barMinutes}-minute bars, stamps read as ${source.zone}, ${source.stamps} · ${calendar} calendar · ${range}</p>
${readingBanner(report)}${tiles(report)}
<section><h2>Symbols</h2>${symbolTable(report)}</section>
<section><h2>Coverage</h2><p class="lead">One line a symbol, one cell a session of the calendar. Only regular hours count: a missing bar before the open or after the close is no gap.</p>${heatMap(report)}</section>
<section><h2>Volume by time of day</h2><p class="lead">Mean share of a day’s volume by New York time. The dashed lines are the session’s open and close: where the stamps are read rightly, volume leaps up at the first and falls off at the second.</p>${profiles(report)}${readings(report)}</section>
<section><h2>Gaps</h2>${gapTable(report)}</section>
<section><h2>Price scale and identity</h2><p class="lead">Jumps that fit a split, drops in a night without trading, and symbols that may have been two instruments.</p>${scaleSection(scale)}</section>
<section><h2>Other findings</h2>${others.length === 0 ? html`<p class="none">None.</p>` : findingTable(firstOfEach(others))}</section>
<section><h2>Suspicious bars</h2><p class="lead">The bar that is meant stands on a coloured band, with twelve bars on each side.</p>${charts(report, rows)}</section>
<footer>quality.json has every number of this page (schema version ${report.schemaVersion}).</footer>
</main></body></html>
`.text;
}

function readingBanner({ symbols }: QualityReport): Html {
  const wrong = symbols.filter(({ reading }) => reading.verdict === 'wrong');
  const likely = wrong[0]?.reading.best[0];
  if (likely === undefined) return html``;
  const which = wrong.length === symbols.length ? 'all files' : wrong.map(({ symbol }) => symbol).join(', ');
  return html`<p class="banner">The stamps of ${which} are read wrongly: most likely they are ${likely.zone}, ${likely.stamps}. Set the source so and examine again; gaps and jumps of these files are not told.</p>`;
}

function tiles({ summary }: QualityReport): Html {
  const { files, rows, bars, sessions, complete, levels } = summary;
  const shown: readonly (readonly [string, string])[] = [
    ['Files', countText(files)],
    ['Rows', countText(rows)],
    ['Bars in regular hours', countText(bars)],
    ['Sessions', countText(sessions)],
    ['Complete symbols', countText(complete)],
    ['Faults', countText(levels.fault)],
    ['Decisions', countText(levels.decision)],
    ['Suspicions', countText(levels.suspicion)],
    ['Notes', countText(levels.note)],
  ];
  return html`<dl class="tiles">${shown.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Decisions with their charts, then the spin-offs of all symbols, the strangest first. */
function scaleSection(found: readonly SymbolFinding[]): Html {
  if (found.length === 0) return html`<p class="none">Nothing found.</p>`;
  const drops = found.filter(({ finding }) => finding.code === 'SPIN_OFF');
  drops.sort((a, b) => scoreOf(b.finding) - scoreOf(a.finding));
  const drawn = found.filter(({ finding }) => finding.code !== 'SPIN_OFF');
  const cards = drawn.length === 0 ? html`` : html`<div class="cards">${drawn.map(card)}</div>`;
  return html`${cards}${drops.length === 0 ? html`` : html`<h3>Drops in a quiet night, the strangest first</h3>${findingTable(drops)}`}`;
}

function scoreOf({ evidence }: Finding): number {
  return Number(evidence.score ?? 0);
}

function card({ symbol, finding }: SymbolFinding): Html {
  const { bars, text, at, code } = finding;
  const chart = bars === undefined ? html`` : barChart(bars);
  return html`<figure><figcaption><b>${symbol}</b> ${at} · <span class="${finding.level}">${FINDINGS[code].title}</span><br>${text}</figcaption>${chart}</figure>
`;
}

/** The charts of each symbol, as many as are shown, and how many more there are. */
function charts({ symbols }: QualityReport, found: readonly SymbolFinding[]): Html {
  const drawn = symbols.flatMap(({ symbol, counts }) => {
    const own = found.filter((each) => each.symbol === symbol);
    if (own.length === 0) return [];
    const codes = [...new Set(own.map(({ finding }) => finding.code))];
    const all = codes.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
    const shown = own.sort((a, b) => farOut(b.finding) - farOut(a.finding)).slice(0, MOST_CHARTS);
    const more =
      all > shown.length
        ? html` <span class="note">and ${countText(all - shown.length)} more in quality.json</span>`
        : html``;
    return [
      html`<h3>${symbol}${more}</h3><div class="cards">${shown.map(card)}</div>
`,
    ];
  });
  return drawn.length === 0 ? html`<p class="none">None.</p>` : html`${drawn}`;
}

function farOut({ evidence }: Finding): number {
  return Number(evidence.wickFraction ?? 0);
}

/** The first few findings of each code of a symbol. */
function firstOfEach(found: readonly SymbolFinding[]): readonly SymbolFinding[] {
  const seen = new Map<string, number>();
  return found.filter(({ symbol, finding }) => {
    const key = `${symbol} ${finding.code}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count <= MOST_LINES;
  });
}

/** The readings that fit best, by the mean over the files. */
function readings({ symbols, source }: QualityReport): Html {
  const known = symbols.filter(({ reading }) => reading.best.length > 0);
  const first = known[0]?.reading;
  if (first === undefined) return html``;
  const name = ({ zone, stamps }: Pick<StampReading, 'zone' | 'stamps'>): string => `${zone}, ${stamps}`;
  const sums = new Map<string, { files: number; fit: number }>();
  for (const { reading } of known) {
    const best = reading.best[0]!;
    const sum = sums.get(name(best)) ?? { files: 0, fit: 0 };
    sums.set(name(best), { files: sum.files + 1, fit: sum.fit + best.fit });
  }
  const used = known.reduce((sum, { reading }) => sum + reading.used.fit, 0) / known.length;
  const lines = [...sums].map(
    ([reading, { files, fit }]) =>
      html`<tr><th scope="row">${reading}</th><td>${files}</td><td>${(fit / files).toFixed(3)}</td></tr>`,
  );
  return html`<h3>Which reading of the stamps fits best</h3><div class="scroll"><table><thead><tr><th scope="col">Best reading</th><th>Files</th><th>Mean fit</th></tr></thead><tbody>${lines}<tr><th scope="row">used: ${name(source)}</th><td>${known.length}</td><td>${used.toFixed(3)}</td></tr></tbody></table></div>`;
}
