import {
  cellsAt,
  type DatedModel,
  fit,
  fitBeside,
  modelAt,
  modelTexts,
  recipeOf,
  rowsAt,
  type TrainingPlan,
} from '@tradekit/ml';
import { describe, expect, it, test } from 'vitest';
import { codeOf } from '../history.js';
import { dataFor, plan, randomWalk, trained } from './kit.js';

describe('fit', () => {
  const history = randomWalk(30, 2);
  const recipe = recipeOf(plan);
  const data = dataFor(plan, history);
  const every = Int32Array.from(data.samples.rows, (_, place) => place);

  it('can be had when the last row that a label of it looks at has ended', () => {
    const some = every.slice(0, 400);
    const last = some.reduce((most, place) => Math.max(most, data.samples.last[place] ?? 0), 0);
    expect(fit(recipe, data, some).identity.knownAt).toBe(history.ends[last]);
  });

  it('calibrates on rows that no tree was grown or stopped on: other labels there change the calibration alone', () => {
    const lastRow = data.samples.rows.at(-1) ?? 0;
    const classes = data.labels.classes.map((own, cell) => (Math.floor(cell / 2) > 0.87 * lastRow ? 2 - own : own));
    const other = fit(recipe, { ...data, labels: { ...data.labels, classes } }, every);
    const own = fit(recipe, data, every);
    expect(own.calibration).not.toEqual(other.calibration);
    expect(own.members.map((member) => 'ensemble' in member && member.ensemble)).toEqual(
      other.members.map((member) => 'ensemble' in member && member.ensemble),
    );
  });

  it('averages members of other seeds', () => {
    const model = trained({
      ...plan,
      members: 3,
      calibration: { kind: 'none' },
      trainer: { kind: 'boosting', rounds: 3, rowFraction: 0.5 },
    });
    const rows = rowsAt(data.columns, cellsAt(data, every.slice(0, 5)));
    const each = model.members.map((member) => member.predict(rows));
    expect(each[0]).not.toEqual(each[1]);
    const mean = Array.from({ length: 15 }, (_, k) => each.reduce((sum, own) => sum + (own[k] ?? 0), 0) / 3);
    expect([...model.predict(rows)]).toEqual(mean);
  });

  it('tells how far it is, over all members', () => {
    const told: string[] = [];
    fit(recipeOf({ ...plan, members: 2, validationFraction: 0 }), data, every, (done, total) =>
      told.push(`${done}/${total}`),
    );
    expect(told).toEqual(['1/10', '2/10', '3/10', '4/10', '5/10', '6/10', '7/10', '8/10', '9/10', '10/10', '10/10']);
  });

  it('twice the same gives the same bytes', () => {
    expect(modelTexts(fit(recipe, data, every))).toEqual(modelTexts(fit(recipe, data, every)));
  });

  it('in a thread beside the caller gives the same bytes, and tells as much', async () => {
    const two = recipeOf({ ...plan, members: 2 });
    const told: number[] = [];
    const beside = await fitBeside(two, data, every, (done) => told.push(done));
    expect(modelTexts(beside)).toEqual(modelTexts(fit(two, data, every)));
    expect(told.at(-1)).toBe(10);
    const linear = recipeOf({ ...plan, trainer: { kind: 'logistic' } });
    expect(modelTexts(await fitBeside(linear, data, every))).toEqual(modelTexts(fit(linear, data, every)));
    await expect(fitBeside(two, data, every.slice(0, 1))).rejects.toMatchObject({ code: 'FOLD_EMPTY' });
  });

  it('refuses what cannot be trained on', () => {
    const withColumn = (values: (own: number) => number) => {
      const columns = data.columns.columns.map((column) => column.map(values));
      return { ...data, columns: { ...data.columns, columns } };
    };
    expect(
      codeOf(() =>
        fit(
          recipe,
          withColumn(() => 1),
          every,
        ),
      ),
    ).toBe('FEATURES_CONSTANT');
    expect(
      codeOf(() =>
        fit(
          recipe,
          withColumn(() => Number.NaN),
          every,
        ),
      ),
    ).toBe('FEATURES_CONSTANT');
    expect(
      codeOf(() =>
        fit(
          recipe,
          withColumn(() => Number.POSITIVE_INFINITY),
          every,
        ),
      ),
    ).toBe('VALUE_INFINITE');
    const up = { ...data, labels: { ...data.labels, classes: data.labels.classes.map((own) => own * 0 + 2) } };
    expect(codeOf(() => fit(recipe, up, every))).toBe('LABEL_ONE_CLASS');
    expect(codeOf(() => fit(recipe, data, every.slice(0, 1)))).toBe('FOLD_EMPTY');
  });
});

test('only the newest model that could be had before a bar ended is used', () => {
  const dated = (knownAt: number): DatedModel => {
    const model = trained();
    return { ...model, identity: { ...model.identity, knownAt } };
  };
  const models = [dated(100), dated(300), dated(200)];
  expect(modelAt(models, 100)).toBeUndefined();
  expect(modelAt(models, 101)?.identity.knownAt).toBe(100);
  expect(modelAt(models, 300)?.identity.knownAt).toBe(200);
  expect(modelAt(models, 301)?.identity.knownAt).toBe(300);
});

describe('a plan is refused', () => {
  it.each<[string, Partial<TrainingPlan>, string]>([
    ['without a feature', { features: [] }, 'FEATURES_NONE'],
    ['whose features are only inputs', { features: [{ name: '_last', indicator: 'logReturn' }] }, 'FEATURES_NONE'],
    ['whose indicator is not known', { features: [{ name: 'a', indicator: 'logReturns' }] }, 'FEATURE_INDICATOR'],
    ['with no members', { members: 0 }, 'ML_OPTION'],
    ['that stops on more than half', { validationFraction: 0.6 }, 'ML_OPTION'],
    ['that calibrates on nothing', { calibration: { kind: 'platt', fraction: 0 } }, 'ML_OPTION'],
    ['with a rate above 1', { trainer: { kind: 'boosting', learningRate: 2 } }, 'ML_OPTION'],
  ])('%s', (_, part, code) => {
    expect(codeOf(() => recipeOf({ ...plan, ...part }))).toBe(code);
  });

  it('when no row has features and a label, with the features that never come', () => {
    const slow = { ...plan, features: [{ name: 'slow', indicator: 'returnDeviation', parameters: { period: 5000 } }] };
    expect(() => dataFor(slow, randomWalk(3, 1))).toThrow(/never a value of slow/);
    expect(codeOf(() => dataFor(slow, randomWalk(3, 1)))).toBe('SAMPLES_NONE');
  });
});
