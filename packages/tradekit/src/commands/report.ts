/** `tradekit report` and `tradekit compare`: what runs have come to, in the terminal. */
import { METRIC_GROUPS, type Metric, metricText } from '@tradekit/backtest';
import { EXIT } from '../errors.js';
import { readStoredRun, type StoredRun } from '../run/stored-run.js';

/** Prints every metric of a run, its checks and its warnings. Throws what `readStoredRun` throws. */
export function reportCommand(path: string): number {
  const run = readStoredRun(path);
  process.stdout.write(
    `${[heading(run), ...metricLines([run]), ...checkLines(run), ...warningLines(run)].join('\n')}\n`,
  );
  return EXIT.done;
}

/** Prints two runs side by side, and how far the second differs. Throws what `readStoredRun` throws. */
export function compareCommand(first: string, second: string): number {
  const runs = [readStoredRun(first), readStoredRun(second)] as const;
  const [a, b] = runs;
  const same =
    a.digest === b.digest ? 'The same digest: both did the same.' : 'Other digests: they did not do the same.';
  const data = a.dataHash === b.dataHash ? 'The same data.' : 'Other data.';
  process.stdout.write(
    `${[`A  ${heading(a)}`, `B  ${heading(b)}`, `${same} ${data}`, ...metricLines(runs)].join('\n')}\n`,
  );
  return EXIT.done;
}

function heading({ name, mode, status, period, folder }: StoredRun): string {
  const when = period.firstSession === null ? 'no session' : `${period.firstSession} to ${period.lastSession}`;
  const ending = status === 'complete' ? '' : ` (${status})`;
  return `${name}: ${mode}, ${when}, ${period.sessions} sessions${ending}  ${folder}`;
}

function metricLines(runs: readonly StoredRun[]): readonly string[] {
  return METRIC_GROUPS.flatMap(({ title, metrics }) => [
    '',
    title + (runs.length > 1 ? ' '.repeat(Math.max(1, 41 - title.length)) + 'A'.padStart(16) + 'B'.padStart(18) : ''),
    ...metrics.map(([name, label]) => {
      const cells = runs.map((run) => cell(run.metrics[name]));
      return `  ${label.padEnd(39)}${cells.map((text) => text.padStart(16)).join('  ')}${runs.length > 1 ? difference(runs, name) : noteOf(runs[0]?.metrics[name])}`;
    }),
  ]);
}

function cell(metric: Metric | undefined): string {
  return metric === undefined ? '' : metricText(metric);
}

/** Why there is no number, or what belongs to it. */
function noteOf(metric: Metric | undefined): string {
  if (metric === undefined) return '';
  const text = metric.value === null ? metric.reason : (metric.note ?? '');
  return text === '' ? '' : `  ${text}`;
}

function difference([a, b]: readonly StoredRun[], name: string): string {
  const first = a?.metrics[name];
  const second = b?.metrics[name];
  if (first === undefined || second === undefined || first.value === null || second.value === null) return '';
  const value = second.value - first.value;
  if (value === 0) return '  =';
  return `  ${value > 0 ? '+' : ''}${metricText({ value, unit: first.unit })}`;
}

function checkLines({ checks = [] }: StoredRun): readonly string[] {
  if (checks.length === 0) return [];
  return [
    '',
    'Checks',
    ...checks.map(({ name, verdict, evidence }) => `  ${name.padEnd(21)}${verdict.padEnd(13)}${evidence.join('; ')}`),
  ];
}

function warningLines({ warnings }: StoredRun): readonly string[] {
  return warnings.length === 0 ? [] : ['', 'Warnings', ...warnings.map((warning) => `  ${warning}`)];
}
