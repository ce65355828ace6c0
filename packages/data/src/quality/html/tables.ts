/** The tables of a quality report. */

import { type Html, html } from '@tradekit/core/html';
import { countText } from '../count-text.js';
import { codesOf, FINDINGS, type Finding, type FindingCode, type FindingLevel, gravestLevel } from '../finding.js';
import type { QualityReport, SymbolQuality } from '../report.js';

/** Codes with a column of their own in the table of symbols. */
const OWN_COLUMN: readonly FindingCode[] = [
  'LOST_SESSIONS',
  'ENDS_EARLY',
  'PARTIAL_SESSION',
  'MISSING_BARS',
  'BAD_PRINT',
];

/** A finding and whose it is. */
export interface SymbolFinding {
  readonly symbol: string;
  readonly finding: Finding;
}

/** One line a symbol. */
export function symbolTable({ symbols }: QualityReport): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Symbol</th><th>Rows</th><th>First</th><th>Last</th><th>Sessions</th><th>Lost</th><th>Partial</th><th>Extended bars<br>a session</th><th>Bad prints</th><th class="text">Also found</th><th class="text">Gravest</th></tr></thead>
<tbody>${symbols.map(symbolRow)}</tbody></table></div>`;
}

function symbolRow({ symbol, rows, first, last, sessions, extendedBars, counts, reading }: SymbolQuality): Html {
  const { expected, full, partial, lost } = sessions;
  const wrong = reading.verdict === 'wrong';
  const gap = (count: number): string => (wrong ? '' : count === 0 ? '–' : countText(count));
  const present = full + partial;
  const others = codesOf(counts).filter((code) => !OWN_COLUMN.includes(code));
  const also = others.map((code) =>
    counts[code]! > 1 ? `${FINDINGS[code].title} × ${counts[code]}` : FINDINGS[code].title,
  );
  return html`<tr><th scope="row">${symbol}</th><td>${countText(rows)}</td><td>${first.slice(0, 10)}</td><td>${last.slice(0, 10)}</td><td>${wrong ? '' : `${present}/${expected}`}</td><td>${gap(lost)}</td><td>${gap(partial)}</td><td>${present === 0 || wrong ? '' : (extendedBars / present).toFixed(1)}</td><td>${gap(counts.BAD_PRINT ?? 0)}</td><td class="text">${also.join(', ')}</td><td class="text">${levelOf(counts)}</td></tr>
`;
}

function levelOf(counts: SymbolQuality['counts']): Html {
  const worst = gravestLevel(counts);
  return worst === undefined ? html`` : level(worst);
}

/** The name of a level in its colour. */
function level(name: FindingLevel): Html {
  return html`<span class="level ${name}">${name}</span>`;
}

/** Every lost and partial session, a line for every run of them. */
export function gapTable({ symbols }: QualityReport): Html {
  const lines = symbols.flatMap(({ symbol, gaps }) => [
    ...gaps.lost.map(({ first, last, sessions }) => ({
      symbol,
      at: first,
      row: html`<tr><th scope="row">${symbol}</th><td class="text">lost</td><td class="text">${first === last ? first : `${first} – ${last}`}</td><td>${sessions}</td><td class="text"></td></tr>
`,
    })),
    ...gaps.partial.map(({ date, bars, expected, missing }) => ({
      symbol,
      at: date,
      row: html`<tr><th scope="row">${symbol}</th><td class="text">partial</td><td class="text">${date}</td><td>${bars} of ${expected} bars</td><td class="text">without ${missing.join(', ')}</td></tr>
`,
    })),
  ]);
  const told = symbols.some(({ reading }) => reading.verdict !== 'wrong');
  if (!told) return html`<p class="none">Not told while the stamps are read wrongly.</p>`;
  if (lines.length === 0) return html`<p class="none">No session is lost or partial.</p>`;
  lines.sort((a, b) => (a.symbol === b.symbol ? (a.at < b.at ? -1 : 1) : a.symbol < b.symbol ? -1 : 1));
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Symbol</th><th class="text">Gap</th><th class="text">Sessions</th><th>How much</th><th class="text">Which bars, New York</th></tr></thead>
<tbody>${lines.map(({ row }) => row)}</tbody></table></div>`;
}

/** Findings as sentences. */
export function findingTable(found: readonly SymbolFinding[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Symbol</th><th class="text">When</th><th class="text">What</th><th class="text"></th></tr></thead>
<tbody>${found.map(
    ({ symbol, finding }) =>
      html`<tr><th scope="row">${symbol}</th><td class="when">${finding.at}</td><td class="text">${finding.text}</td><td class="text">${level(finding.level)}</td></tr>
`,
  )}</tbody></table></div>`;
}
