/** The files of a model folder beside the models: tables, figures, the report. */
import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime, type Timestamp } from '@tradekit/core';
import { trainReport } from './report.js';
import type { TrainingRecord } from './train.js';

/** Rows of a table that are put into one piece of text. */
const PIECE = 10_000;

/** Writes everything; `train.json` comes last, so that a folder which has it is whole. */
export function writeTraining(record: TrainingRecord): void {
  const { summary, preparation } = record;
  const { output } = preparation.train;
  writeFileSync(join(output, 'folds.csv'), foldsCsv(record));
  writeFileSync(join(output, 'importance.csv'), importanceCsv(record));
  writePredictions(join(output, 'predictions.csv'), record);
  writeFileSync(join(output, 'report.html'), trainReport(record));
  const whole = join(output, 'train.json');
  writeFileSync(`${whole}.part`, `${JSON.stringify(summary, null, 2)}\n`);
  renameSync(`${whole}.part`, whole);
}

function foldsCsv({ summary }: TrainingRecord): string {
  const columns = ['name', 'trainSamples', 'samples', 'knownAt', 'firstTest', 'lastTest'] as const;
  const figures = [
    'upAgainstDown',
    'standardError',
    'logLoss',
    'baseLogLoss',
    'slotLogLoss',
    'accuracy',
    'baseAccuracy',
    'slotAccuracy',
    'hitRate',
    'netBps',
  ] as const;
  const rows = summary.folds.map((fold) =>
    [...columns.map((name) => fold[name]), fold.rounds.join(' '), ...figures.map((name) => fold[name] ?? '')].join(','),
  );
  return `${[[...columns, 'rounds', ...figures].join(','), ...rows].join('\n')}\n`;
}

function importanceCsv({ summary }: TrainingRecord): string {
  const rows = summary.importance.map(
    ({ feature, gain, permutation }) => `${feature},${gain ?? ''},${permutation ?? ''}`,
  );
  return `${['feature,gain,permutation', ...rows].join('\n')}\n`;
}

/** One row a tested sample; probabilities to six digits. */
function writePredictions(path: string, { tested, summary, preparation }: TrainingRecord): void {
  const { ends } = preparation.data;
  const file = openSync(path, 'w');
  try {
    writeSync(file, 'time,symbol,fold,down,flat,up,class,return\n');
    let lines: string[] = [];
    for (let k = 0; k < tested.fold.length; k++) {
      const said = Array.from(tested.said.subarray(3 * k, 3 * k + 3), (p) => p.toFixed(6));
      const time = isoTime(ends[tested.row[k]!]! as Timestamp);
      const symbol = summary.symbols[tested.instrument[k]!]!;
      lines.push(
        [time, symbol, tested.fold[k]! + 1, ...said, CLASSES[tested.classes[k]!], tested.returns[k]].join(','),
      );
      if (lines.length < PIECE && k + 1 < tested.fold.length) continue;
      writeSync(file, `${lines.join('\n')}\n`);
      lines = [];
    }
  } finally {
    closeSync(file);
  }
}

const CLASSES = ['down', 'flat', 'up'] as const;
