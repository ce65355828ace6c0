import {
  type AsyncTrainer,
  averageModel,
  boosting,
  logisticRegression,
  logLoss,
  type Model,
  type OutOfFold,
  outOfFold,
  outOfFoldAsync,
  purgedFolds,
  readEnsembleJson,
  readLogisticJson,
  readXgboostJson,
  rowsAt,
  stackedModel,
  stacking,
  stackOf,
  writeEnsembleJson,
  writeLogisticJson,
  writeXgboostJson,
} from '@tradekit/ml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numbers } from '../boosting/kit.js';
import { codeOf } from '../history.js';
import { bitsOf } from '../trees/kit.js';
import { columnsOf, every, labelsOf, saying, says } from './kit.js';

const COUNT = 120;
const next = numbers(23);
const score = Array.from({ length: COUNT }, next);
const classes = score.map((own) => (own + 0.8 * next() > 0 ? 1 : 0));
const labels = labelsOf(classes);
const samples = every(labels);
/** What member 0 says is worth something, what member 1 says is nothing but noise. */
const columns = columnsOf(
  labels,
  score.map((own) => 1 / (1 + Math.exp(-2 * own))),
  score.map(() => (next() + 1) / 2),
);
const folds = purgedFolds(samples, { folds: 5 });
const rows = rowsAt({ names: columns.features, columns: columns.columns }, samples.cells);

describe('out of fold', () => {
  test('every model was trained without what it predicts, and predictions stand at their samples', () => {
    const seen: number[][] = [];
    const predicted = outOfFold(saying(0, seen), columns, samples, folds);
    expect(seen).toEqual(folds.map(({ train }) => [...train]));
    expect([...predicted.cells]).toEqual([...samples.cells]);
    expect(predicted.answers).toEqual(columns.columns[0]);
    expect([predicted.outputs, predicted.features]).toEqual([1, ['a', 'b']]);
  });

  test('with a trainer that answers later: the same', async () => {
    const later: AsyncTrainer = { text: 'later', train: async (set) => saying(1).train(set) };
    const predicted = await outOfFoldAsync(later, columns, samples, folds);
    expect(predicted.answers).toEqual(outOfFold(saying(1), columns, samples, folds).answers);
  });

  test('nothing of it can be changed from outside', () => {
    const predicted = outOfFold(saying(0), columns, samples, folds);
    predicted.answers.fill(1);
    predicted.cells.fill(0);
    expect(predicted.answers).toEqual(columns.columns[0]);
    expect([...predicted.cells]).toEqual([...samples.cells]);
  });

  test('any fold that trains on a row which it tests, or on a label that overlaps one, is refused', () => {
    const long = every(labelsOf(classes, 1, 4));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(COUNT - 1), { minLength: 2, maxLength: 12 }), fc.nat(10), (places, at) => {
        const cut = 1 + (at % (places.length - 1));
        const test = Int32Array.from(places.slice(0, cut)).sort();
        const train = Int32Array.from(places.slice(cut)).sort();
        // A label of place k looks at the rows k + 1 to k + 4.
        const overlaps = train.some((own) => test.some((other) => Math.abs(own - other) < 4));
        const code = codeOf(() => outOfFold(saying(0), columns, long, [{ train, test }]));
        expect(code).toBe(overlaps ? 'FOLD_OVERLAP' : undefined);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test('folds that are none', () => {
    const [first, second] = folds;
    if (first === undefined || second === undefined) throw new Error('no folds');
    const codes = [
      () => outOfFold(saying(0), columns, samples, []),
      () => outOfFold(saying(0), columns, samples, [first, { ...second, test: first.test }]),
      () => outOfFold(saying(0), columns, samples, [{ ...first, test: Int32Array.of(COUNT) }]),
      () => outOfFold(saying(0), columns, samples, [{ ...first, train: Int32Array.of(-1) }]),
    ].map(codeOf);
    expect(codes).toEqual(['FOLD_EMPTY', 'FOLD_SAMPLES', 'FOLD_SAMPLES', 'FOLD_SAMPLES']);
  });
});

describe('stack', () => {
  const predicted = [0, 1].map((feature) => outOfFold(saying(feature), columns, samples, folds));
  const members: readonly Model[] = [says(0), says(1)];

  test('is the logistic regression of the classes on the log odds of the members', () => {
    const stack = stackedModel(members, predicted, labels.classes, { l2: 0.5 });
    const odds = columns.columns.map((column) => column.map((own) => Math.log(own) - Math.log(1 - own)));
    const by = logisticRegression({ target: { kind: 'two-classes' }, l2: 0.5 }).train({
      ...columns,
      features: ['m0:1', 'm1:1'],
      columns: odds,
      cells: samples.cells,
    });
    expect(stack.combiner.coefficients).toEqual(by.coefficients);
    const names = by.features;
    const values = Float64Array.of(odds[0]?.[7] ?? 0, odds[1]?.[7] ?? 0);
    const one = { ...rows, values: rows.values.slice(14, 16), rows: 1 };
    expect(stack.predict(one)).toEqual(by.predict({ names, values, rows: 1 }));
  });

  test('gives noise less than a third of what the other is worth, and is better than the average', () => {
    const stack = stackedModel(members, predicted, labels.classes);
    const [worth = 0, noise = 0] = stack.combiner.coefficients;
    expect(worth).toBeGreaterThan(3 * Math.abs(noise));
    const lossOf = (model: Model): number => logLoss(model.predict(rows), 1, labels.classes);
    expect(lossOf(stack)).toBeLessThan(lossOf(averageModel(members)));
  });

  test('three classes: two log odds a member', () => {
    const three = labelsOf(score.map((own) => (own > 0.3 ? 2 : own < -0.3 ? 0 : 1)));
    const trainer = logisticRegression({ target: { kind: 'classes', count: 3 } });
    const set = { ...columnsOf(three, score, score.map(next)), cells: samples.cells };
    const stack = stacking([trainer, trainer], { labels: three }).train(set);
    expect(stack.combiner.features).toEqual(['m0:1', 'm0:2', 'm1:1', 'm1:2']);
    expect(
      logLoss(
        stack.predict({ ...rows, values: rowsAt({ names: set.features, columns: set.columns }, set.cells).values }),
        3,
        three.classes,
      ),
    ).toBeLessThan(0.5);
  });

  test('as a trainer: members see each fold’s training rows, then all; the same twice to the bit', () => {
    const seen: number[][] = [];
    const trainer = stacking([saying(0, seen), saying(1)], { labels });
    const set = { ...columns, cells: samples.cells };
    const stack = trainer.train(set);
    expect(seen).toEqual([...folds.map(({ train }) => [...train]), [...samples.cells]]);
    expect(bitsOf(trainer.train(set).predict(rows))).toEqual(bitsOf(stack.predict(rows)));
    const weights = new Float64Array(COUNT).fill(1).fill(5, 60);
    expect(trainer.train({ ...set, weights }).combiner.coefficients).not.toEqual(stack.combiner.coefficients);
  });

  test('predictions of what was trained on are no OutOfFold, by type and by check', () => {
    const inSample = { features: ['a', 'b'], outputs: 1, cells: samples.cells, answers: says(0).predict(rows) };
    // @ts-expect-error: only outOfFold makes what stackedModel takes.
    expect(codeOf(() => stackedModel([says(0)], [inSample], labels.classes))).toBe('OUT_OF_FOLD');
  });

  test('what cannot be stacked', () => {
    const forged = { ...predicted[0] } as unknown as OutOfFold;
    const wild = outOfFold(
      saying(0),
      { ...columns, columns: columns.columns.map((own) => own.map((p) => 3 * p)) },
      samples,
      folds,
    );
    const codes = [
      () => stackedModel(members, [forged, forged], labels.classes),
      () => stackedModel(members, predicted.slice(1), labels.classes),
      () => stackedModel([says(0, ['b', 'a']), says(1, ['b', 'a'])], predicted, labels.classes),
      () => stackedModel(members, [wild, wild], labels.classes),
      () => stackedModel(members, predicted, new Float64Array(COUNT)),
      () => stackedModel([], [], labels.classes),
      () => stacking([], { labels }),
      () => stacking([saying(0)], { labels, folds: 1 }),
      () => stacking([saying(0)], { labels, l2: 0 }),
      () => stacking([saying(0)], { labels }).train({ ...columns, cells: Int32Array.of(COUNT) }),
    ].map(codeOf);
    expect(codes).toEqual([
      ...['OUT_OF_FOLD', 'MEMBERS_DIFFER', 'FEATURES_DIFFER', 'SCORES_VALUE', 'LABEL_ONE_CLASS'],
      ...['ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'LABEL_MISSING'],
    ]);
  });
});

describe('files', () => {
  const set = { ...columns, cells: samples.cells };
  const linear = logisticRegression({ target: { kind: 'two-classes' } }).train(set);
  const trees = boosting({ target: { kind: 'two-classes' }, rounds: 3 }).train(set);
  const files: Readonly<Record<string, string>> = {
    'linear.json': writeLogisticJson(linear),
    'trees.json': writeXgboostJson(trees.ensemble),
  };
  const names = Object.keys(files);
  const memberOf = (name: string): Model =>
    name === 'linear.json' ? readLogisticJson(files[name] ?? '') : readXgboostJson(files[name] ?? '');
  const predicted = [0, 1].map((feature) => outOfFold(saying(feature), columns, samples, folds));
  const average = averageModel([linear, trees], [0.1, 0.6]);
  const stack = stackedModel([linear, trees], predicted, labels.classes);

  test('written and read back with its members it answers the same bits, and is written the same', () => {
    for (const model of [average, stack]) {
      const text = writeEnsembleJson(model, names, { attributes: { feed: 'sip' } });
      const back = readEnsembleJson(text, memberOf);
      expect(back.kind).toBe(model.kind);
      expect(bitsOf(back.predict(rows))).toEqual(bitsOf(model.predict(rows)));
      expect(writeEnsembleJson(back, names, { attributes: { feed: 'sip' } })).toBe(text);
    }
  });

  test('files that are none, and members that are not its own', () => {
    const text = writeEnsembleJson(average, names);
    const other = writeEnsembleJson(stack, names);
    const read = (from: string, reader = memberOf): string | undefined => codeOf(() => readEnsembleJson(from, reader));
    for (let length = 0; length < text.length; length += 5) expect(read(text.slice(0, length))).toBe('MODEL_SYNTAX');
    expect(read(text.replace('tradekit-ensemble', 'x'))).toBe('MODEL_UNSUPPORTED');
    expect(read(text.replace('"average"', '"vote"'))).toBe('MODEL_UNSUPPORTED');
    expect(read(text.replace(/"weights":\[[^,]+,/, '"weights":['))).toBe('MODEL_FIELD');
    expect(read(text.replace(/"weights":\[[^,]+,/, '"weights":[-1,'))).toBe('ML_OPTION');
    expect(read(text.replace('"trees.json"', '"linear.json"'))).toBe('MEMBERS_DIFFER');
    expect(read(text.replace('"trees.json"', '7'))).toBe('MODEL_FIELD');
    expect(read(text, () => says(0, ['x', 'y']))).toBe('FEATURES_DIFFER');
    expect(read(text, () => ({ ...says(0), outputs: 3 }))).toBe('MEMBERS_DIFFER');
    expect(read(other.replace('m1:1', 'm2:1'))).toBe('MEMBERS_DIFFER');
    expect(codeOf(() => readEnsembleJson(text, memberOf, { maxLength: 9 }))).toBe('MODEL_TOO_LARGE');
    expect(codeOf(() => writeEnsembleJson(average, ['one.json']))).toBe('MEMBERS_DIFFER');
    expect(codeOf(() => writeEnsembleJson(average, ['one.json', 'one.json']))).toBe('MEMBERS_DIFFER');
    expect(codeOf(() => stackOf([says(0)], stack.combiner))).toBe('MEMBERS_DIFFER');
  });
});
