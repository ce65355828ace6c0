/** The report as text: a line a symbol and a summary, 120 columns wide at most. */

import { countText } from './count-text.js';
import { codesOf, FINDINGS, type FindingCode, type FindingLevel, gravestLevel, LEVELS } from './finding.js';
import type { QualityReport, SymbolQuality } from './report.js';

const WIDTH = 120;

/** What a symbol's line is marked with, by its gravest finding. */
const MARKS: Readonly<Record<FindingLevel, string>> = {
  fault: '! fault',
  decision: '! decision',
  suspicion: '? look',
  note: '',
};
const MARK_WIDTH = 10;

/** What a symbol's line says of a code that has no column of its own. */
const WORDS: Partial<Record<FindingCode, string>> = {
  UNREADABLE: 'unreadable',
  WRONG_READING: 'wrong zone or stamps',
  UNKNOWN_READING: 'no zone fits',
  BAD_ROW: 'bad row',
  IMPOSSIBLE_BAR: 'impossible',
  OUT_OF_ORDER: 'out of order',
  OFF_GRID: 'off grid',
  SPLIT: 'split?',
  SPLIT_OR_NEWS: '3:2 split or news?',
  IDENTITY: 'two instruments?',
  CONFLICTING_DUPLICATE: 'conflicting rows',
  SPIN_OFF: 'spin-off?',
  FROZEN: 'frozen run',
  OUTSIDE_SESSION: 'outside session',
  UNFINISHED: 'unfinished bar',
  UNDECIDED_READING: 'zone unknown',
  MIXED_SCALE: 'mixed bar',
  DUPLICATE: 'repeated rows',
  CUT_OFF: 'last session not over',
  STARTS_LATE: 'starts late',
  FRACTIONAL_VOLUME: 'fractional volume',
};
const HEAD = ['symbol', 'rows', 'first', 'last', 'sessions', 'lost', 'partial', 'bad prints'] as const;
/** Columns of words; the others are numbers and stand to the right. */
const LEFT: readonly number[] = [0, 2, 3];

/** The report for a terminal, with what is gravest in words; every line ends with a line feed and has 120 columns at most. */
export function qualityText(report: QualityReport): string {
  const cells = report.symbols.map(cellsOf);
  const widths = HEAD.map((name, column) => Math.max(name.length, ...cells.map((line) => line[column]!.length)));
  const aligned = (line: readonly string[]): string =>
    line
      .map((cell, column) => (LEFT.includes(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  const lines = cells.map((line, place) => withWords(aligned(line), report.symbols[place]!));
  const head = `${aligned(HEAD)}  ${''.padEnd(MARK_WIDTH)}  also found`;
  const all = [head, ...lines, '', ...gravest(report.symbols), ...summaryLines(report)];
  return `${all.map((line) => line.trimEnd()).join('\n')}\n`;
}

function cellsOf({ symbol, rows, first, last, sessions, reading, counts }: SymbolQuality): readonly string[] {
  const { expected, full, partial, lost } = sessions;
  const count = (value: number): string => (value === 0 ? '–' : countText(value));
  if (rows === 0 || reading.verdict === 'wrong') return [symbol, countText(rows), '', '', '', '', '', ''];
  const dates = [first.slice(0, 10), last.slice(0, 10), `${full + partial}/${expected}`];
  return [symbol, countText(rows), ...dates, count(lost), count(partial), count(counts.BAD_PRINT ?? 0)];
}

/** Adds the mark and what else was found, gravest first, as far as there is room. */
function withWords(fixed: string, { counts }: SymbolQuality): string {
  const line = `${fixed}  ${MARKS[gravestLevel(counts) ?? 'note'].padEnd(MARK_WIDTH)}  `;
  const words = codesOf(counts).flatMap((code) => {
    const word = WORDS[code];
    return word === undefined ? [] : [counts[code] === 1 ? word : `${word} × ${countText(counts[code]!)}`];
  });
  let shown = words.length;
  const text = (): string => [...words.slice(0, shown), ...(shown < words.length ? ['…'] : [])].join(', ');
  while (shown > 0 && line.length + text().length > WIDTH) shown--;
  return line + text();
}

/** Most findings that are told in words; a page has room for all. */
const TOLD = 20;

/** Faults and decisions in words, faults first, and an empty line behind them. */
function gravest(symbols: readonly SymbolQuality[]): readonly string[] {
  const width = Math.max(...symbols.map(({ symbol }) => symbol.length));
  const of = (wanted: FindingLevel): readonly string[] =>
    symbols.flatMap(({ symbol, findings }) =>
      findings
        .filter(({ level }) => level === wanted)
        .map(({ at, text }) => cut(`${symbol.padEnd(width)}  ${at.slice(0, 10).padEnd(10)}  ${text}`)),
    );
  const all = [...of('fault'), ...of('decision')];
  if (all.length === 0) return [];
  return [...all.slice(0, TOLD), ...(all.length > TOLD ? [`and ${countText(all.length - TOLD)} more`] : []), ''];
}

function cut(line: string): string {
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

function summaryLines({ symbols, sessions, source, summary }: QualityReport): readonly string[] {
  const { files, rows, bars, complete, levels, counts } = summary;
  const range = sessions.length === 0 ? '' : ` (${sessions[0]} .. ${sessions.at(-1)})`;
  const lines = [
    `${plural(files, 'file')}, ${plural(rows, 'row')}; ${plural(bars, 'bar')} in regular hours of ${plural(sessions.length, 'session')}${range}`,
    `${complete} of ${plural(files, 'symbol')} complete; stamps read as ${source.zone}, ${source.stamps}${readingNote(symbols)}`,
  ];
  for (const level of LEVELS) {
    if (levels[level] === 0) continue;
    const codes = codesOf(counts).filter((code) => FINDINGS[code].level === level);
    const parts = codes.map((code) => `${FINDINGS[code].title} ${countText(counts[code]!)}`);
    lines.push(...wrapped(`${level.padEnd(9)} ${countText(levels[level]).padStart(5)}  `, parts));
  }
  return lines;
}

/** The likely reading, when files were read wrongly. */
function readingNote(symbols: readonly SymbolQuality[]): string {
  const wrong = symbols.filter(({ reading }) => reading.verdict === 'wrong');
  const likely = wrong[0]?.reading.best[0];
  if (likely === undefined) return '';
  const which = wrong.length === symbols.length ? '' : ` (${wrong.length} files)`;
  return `: wrong${which}, likely ${likely.zone}, ${likely.stamps}`;
}

/** Parts with commas, on as many lines as they need; lines after the first are indented as far as the head is long. */
function wrapped(head: string, parts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = head;
  for (const [place, part] of parts.entries()) {
    const text = place === parts.length - 1 ? part : `${part}, `;
    if (line.length + text.trimEnd().length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(head.length);
    }
    line += text;
  }
  return [...lines, line];
}

function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}
