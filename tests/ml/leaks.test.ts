// Ways in which models are taught the future: each is found by a check, or refused, or does not compile.
import { featureColumns, featureSet } from '@tradekit/indicators';
import {
  boosting,
  dataOf,
  directionLabels,
  type Fold,
  fit,
  lookAheadIn,
  modelAt,
  OutOfFold,
  outOfFold,
  purgedFolds,
  recipeOf,
  samplesOf,
  stackOf,
} from '@tradekit/ml';
import { describe, expect, expectTypeOf, it, test } from 'vitest';
import { randomWalk } from '../checks/market.js';
import { plan } from './kit.js';
import { honest, leaks } from './leaks.js';

const history = randomWalk(5);

describe('columns that know the future', () => {
  it.each(leaks)('%s: found by hiding it', (_, columnsOf) => {
    const [found] = lookAheadIn(columnsOf, history);
    expect(found?.feature).toBe('it');
    expect(found?.row).toBeLessThan(found?.hiddenFrom ?? 0);
    expect(Object.is(found?.shown, found?.hidden)).toBe(false);
  });

  it.each(honest)('%s: no alarm', (_, columnsOf) => {
    expect(lookAheadIn(columnsOf, history)).toEqual([]);
  });

  it('columns that do not fit are refused', () => {
    expect(() =>
      lookAheadIn(
        (own) => ({ ...featureColumns(featureSet(plan.features), own), columns: [new Float64Array(3)] }),
        history,
      ),
    ).toThrow(/columns do not fit the history/);
  });
});

describe('folds', () => {
  const labels = directionLabels(history, { horizonBars: 4, deadBand: { kind: 'fixed', fraction: 0.001 } });
  const features = featureColumns(featureSet(plan.features), history);
  const samples = samplesOf(labels, (cell) => features.columns.every((column) => !Number.isNaN(column[cell])));
  const set = { features: features.names, columns: features.columns, targets: labels.classes };
  const trainer = boosting({
    target: { kind: 'classes', count: 3 },
    rounds: 2,
    growth: { kind: 'depth-wise', maxDepth: 2 },
  });

  test('of overlapping labels that were not purged are refused', () => {
    const places = Array.from(samples.rows, (_, place) => place);
    const half = Math.floor(places.length / 2);
    const naive: Fold = { train: Int32Array.from(places.slice(0, half)), test: Int32Array.from(places.slice(half)) };
    expect(() => outOfFold(trainer, set, samples, [naive])).toThrow(expect.objectContaining({ code: 'FOLD_OVERLAP' }));
    expect(outOfFold(trainer, set, samples, purgedFolds(samples, { folds: 2 })).cells.length).toBe(
      samples.cells.length,
    );
  });

  test('that are shuffled cannot be asked for', () => {
    // @ts-expect-error there is no such option
    const call = () => purgedFolds(samples, { folds: 2, shuffle: true });
    const [first] = call();
    // It would not help: a test is whole rows that follow each other.
    const rows = first?.test.map((place) => samples.rows[place] ?? -1) ?? new Int32Array(0);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
  });

  test('a stack is not built on what was said of training rows', () => {
    expectTypeOf<Float64Array>().not.toExtend<OutOfFold>();
    expectTypeOf<
      Pick<OutOfFold, 'answers' | 'cells' | 'rows' | 'last' | 'features' | 'outputs'>
    >().not.toExtend<OutOfFold>();
    const own = outOfFold(trainer, set, samples, purgedFolds(samples, { folds: 2 }));
    const forged = Object.create(OutOfFold.prototype) as OutOfFold;
    expect(OutOfFold.is(own)).toBe(true);
    expect(OutOfFold.is(forged)).toBe(false);
    expect(stackOf).toBeTypeOf('function');
  });
});

describe('a training', () => {
  const recipe = recipeOf(plan);
  const labels = recipe.labels(history);
  const data = dataOf(recipe, featureColumns(recipe.features, history), labels, {
    ends: history.ends,
    data: '',
    feed: 'unknown',
  });
  const places = Int32Array.from(data.samples.rows, (_, place) => place).slice(0, 1000);

  test('takes calibration and stopping from the places that it is given: no other row is looked at', () => {
    const used = new Set(Array.from(places, (place) => data.samples.cells[place] ?? -1));
    const elsewhere = (column: Float64Array): Float64Array =>
      column.map((own, cell) => (used.has(cell) ? own : Number.NaN));
    const columns = { ...data.columns, columns: data.columns.columns.map(elsewhere) };
    const blind = {
      ...data,
      columns,
      labels: { ...labels, classes: elsewhere(labels.classes), returns: elsewhere(labels.returns) },
    };
    expect(fit(recipe, blind, places).members).toEqual(fit(recipe, data, places).members.map(expectSame));
  });

  test('is not there before the rows that it looked at have ended', () => {
    const model = fit(recipe, data, places);
    const lastRow = Math.max(...places.map((place) => data.samples.last[place] ?? 0));
    expect(modelAt([model], history.ends[lastRow] ?? 0)).toBeUndefined();
    expect(modelAt([model], history.ends[lastRow + 1] ?? 0)).toBe(model);
  });
});

/** Functions differ each time; numbers must not. */
function expectSame(member: object): unknown {
  return Object.fromEntries(
    Object.entries(member).map(([key, value]) => [key, typeof value === 'function' ? expect.any(Function) : value]),
  );
}
