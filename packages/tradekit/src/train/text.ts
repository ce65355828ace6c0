/** A training in the terminal. */
import type { Trained } from './train.js';

/** What came of it, on less than a screen: the skill in direction first. */
export function trainText({ folder, summary }: Trained): string {
  const { overall, folds, name, samples, symbols } = summary;
  const { upAgainstDown: auc, standardError: error } = overall;
  const skill =
    auc === null
      ? 'none: the tests have not both rises and falls'
      : `${auc.toFixed(4)}${error === null ? '' : ` ± ${error.toFixed(4)} (${((auc - 0.5) / error).toFixed(1)} standard errors from none)`}`;
  const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(2)} %`);
  const lines = [
    `${name}: ${symbols.length} symbols, ${samples} samples, ${folds.length} folds`,
    '',
    `Up against down  ${skill}`,
    `Log loss         ${overall.logLoss.toFixed(4)}, base rates ${overall.baseLogLoss.toFixed(4)}, by time of day and volatility ${overall.slotLogLoss.toFixed(4)}`,
    `Accuracy         ${percent(overall.accuracy)}, base rates ${percent(overall.baseAccuracy)}, by time of day and volatility ${percent(overall.slotAccuracy)}`,
    `Hit rate         ${percent(overall.hitRate)} of the samples that moved`,
    ...summary.controls.map(
      ({ name: kind, figures }) =>
        `${`Labels ${kind}`.padEnd(17)}up against down ${figures.upAgainstDown?.toFixed(4) ?? '–'}`,
    ),
    '',
    'The first line is the skill in direction; log loss and accuracy also reward knowing when nothing happens.',
    '',
    `Model folder  ${folder}`,
    `Report        ${folder}/report.html`,
  ];
  return `${lines.join('\n')}\n`;
}
