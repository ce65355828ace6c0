// Features, labels, purged folds and boosting together: nothing is found where nothing is planted, though the log loss is better than that of the
// base rates; an effect of known size is; and a feature that knows the future is not to be missed. TRADEKIT_SEEDS=50 for more markets.
import { type SyntheticEffect, syntheticHistory } from '@tradekit/data';
import { type FeatureColumns, featureColumns, featureSet } from '@tradekit/indicators';
import {
  boosting,
  directionLabels,
  expandingFolds,
  type Labels,
  logLoss,
  rowsAt,
  samplesOf,
  trainingSet,
  uniquenessWeights,
  upAgainstDown,
} from '@tradekit/ml';
import { expect, test } from 'vitest';

const SEEDS = Number(process.env.TRADEKIT_SEEDS ?? 6);
const instruments = Array.from({ length: 6 }, (_, k) => ({ id: `S${k}`, sector: 'Energy' }));
const features = featureSet([
  { name: 'last', indicator: 'logReturn' },
  { name: 'stretch', indicator: 'vwapDeviation' },
  { name: 'wildness', indicator: 'returnDeviation' },
  { name: 'busy', indicator: 'relativeVolume' },
]);
const trainer = boosting({
  target: { kind: 'classes', count: 3 },
  rounds: 30,
  growth: { kind: 'depth-wise', maxDepth: 4 },
  minChildWeight: 20,
});

/** What was said of all tested samples of a walk-forward, and what came. */
interface Walk {
  readonly said: Float64Array;
  readonly classes: Float64Array;
  /** Log loss of the rates of the classes in each training. */
  readonly baseLoss: number;
}

function walk(columns: FeatureColumns, labels: Labels): Walk {
  const samples = samplesOf(labels, (cell) => columns.columns.every((column) => !Number.isNaN(column[cell])));
  const weights = uniquenessWeights(labels);
  const said: number[] = [];
  const classes: number[] = [];
  const base: number[] = [];
  for (const { train, test: tested } of expandingFolds(samples, { folds: 3, minTrainRows: 2000 })) {
    const cellsOf = (places: Int32Array): Int32Array => places.map((place) => samples.cells[place] ?? -1);
    const model = trainer.train(trainingSet(columns, labels, cellsOf(train), weights));
    const rates = [0, 1, 2].map(
      (own) => cellsOf(train).filter((cell) => labels.classes[cell] === own).length / train.length,
    );
    said.push(...model.predict(rowsAt(columns, cellsOf(tested))));
    for (const cell of cellsOf(tested)) {
      classes.push(labels.classes[cell] ?? Number.NaN);
      base.push(...rates);
    }
  }
  const came = Float64Array.from(classes);
  return { said: Float64Array.from(said), classes: came, baseLoss: logLoss(Float64Array.from(base), 3, came) };
}

function market(seed: number, effect?: SyntheticEffect): { readonly columns: FeatureColumns; readonly labels: Labels } {
  const options = { seed: 500 + seed, last: '2021-12-31', instruments, drift: 0 };
  const history = syntheticHistory(effect === undefined ? options : { ...options, effect });
  return { columns: featureColumns(features, history), labels: directionLabels(history) };
}

const skill = ({ said, classes }: Walk): number => upAgainstDown(said, classes);

test('nothing planted: no skill in direction, and yet a better log loss than the base rates', () => {
  const walks = Array.from({ length: SEEDS }, (_, seed) => {
    const { columns, labels } = market(seed);
    return walk(columns, labels);
  });
  const skills = walks.map(skill);
  const mean = skills.reduce((sum, own) => sum + own, 0) / SEEDS;
  const deviation = Math.sqrt(skills.reduce((sum, own) => sum + (own - mean) ** 2, 0) / (SEEDS - 1));
  const t = ((mean - 0.5) / deviation) * Math.sqrt(SEEDS);
  console.info(`nothing planted: AUC of up against down ${mean.toFixed(4)}, t ${t.toFixed(2)}`);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
  expect(Math.abs(t)).toBeLessThan(3);
  const better = walks.filter(({ said, classes, baseLoss }) => logLoss(said, 3, classes) < baseLoss);
  expect(better.length).toBe(SEEDS);
}, 600_000);

test('a reversal of 8 bp a bar is found in every market', () => {
  const skills = Array.from({ length: 3 }, (_, seed) => {
    const { columns, labels } = market(seed, { kind: 'reversal', bpsPerBar: 8 });
    return skill(walk(columns, labels));
  });
  console.info(`8 bp planted: AUC of up against down ${skills.map((own) => own.toFixed(3)).join(', ')}`);
  for (const own of skills) expect(own).toBeGreaterThan(0.55);
}, 600_000);

test('a feature that holds the return of its own label is seen at once', () => {
  const { columns, labels } = market(0);
  const leak = { ...columns, names: [...columns.names, 'leak'], columns: [...columns.columns, labels.returns] };
  expect(skill(walk(leak, labels))).toBeGreaterThan(0.99);
});
