/** The same training on labels that nothing can be learned from: what it seems to know of them is a leak, or luck. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { dataOf, type Labels, shiftedLabels, shuffledLabels } from '@tradekit/ml';
import { type Figures, figuresOf } from './figures.js';
import { CONTROLS } from './fold-store.js';
import { foldsOf, type Preparation } from './prepare.js';
import { everyPlace, testedOf } from './tested.js';
import { namedFolds, trainFolds } from './train-folds.js';

/** Sessions by which the labels of the second control are moved. */
const SHIFT_SESSIONS = 10;

/** What a control came to. */
export interface Control {
  readonly name: 'shuffled' | 'shifted';
  /** Of the labels. */
  readonly labels: string;
  readonly figures: Figures;
}

/** Trains both controls. Rejects with what training throws. */
export async function controlsOf(
  preparation: Preparation,
  progress: (stage: string, done: number, total: number, what: string) => void,
): Promise<readonly Control[]> {
  const { bars, data } = preparation;
  const { firstRow, sessions } = bars.history;
  const rows = Math.round(firstRow.at(-1)! / sessions.length) * SHIFT_SESSIONS;
  const kinds: readonly (readonly [Control['name'], Labels])[] = [
    ['shuffled', shuffledLabels(data.labels)],
    ['shifted', shiftedLabels(data.labels, { rows })],
  ];
  const controls: Control[] = [];
  for (const [name, labels] of kinds) {
    const stage = `control: ${name} labels`;
    const figures = await figuresFor(preparation, labels, name, (...part) => progress(stage, ...part));
    controls.push({ name, labels: labels.text, figures });
  }
  return controls;
}

async function figuresFor(
  { recipe, data, train, bars }: Preparation,
  labels: Labels,
  name: string,
  progress: (done: number, total: number, what: string) => void,
): Promise<Figures> {
  const other = dataOf(recipe, data.columns, labels, data);
  const folds = foldsOf(other.samples, train.folds);
  const folder = join(train.output, CONTROLS, name);
  mkdirSync(folder, { recursive: true });
  const done = await trainFolds({ recipe, data: other, train, isMeasured: false }, namedFolds(folds), folder, progress);
  const tested = testedOf(other, folds, done, bars.history);
  return figuresOf(tested, everyPlace(tested), train.costBps);
}
