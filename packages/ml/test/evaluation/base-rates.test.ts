import { type BaseRatesOptions, baselineColumns, baseRates, type TrainingSet } from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { setOf } from '../boosting/kit.js';
import { codeOf, handHistory } from '../history.js';

const none = Number.NaN;
const three = { target: { kind: 'classes', count: 3 } } as const;
const rows = (...values: readonly number[]) => ({
  ...{ names: ['a', 'b'], values: Float64Array.from(values), rows: values.length / 2 },
});
const train = (set: TrainingSet, options: Partial<BaseRatesOptions> = {}) =>
  baseRates({ ...three, ...options }).train(set);

// Slot 0 has the classes 0, 0, 2, slot 1 has 1, 1, 1 with little volatility and 0, 2 with much.
const set = setOf(
  [
    [0, 0, 0, 1, 1, 1, 1, 1],
    [5, 5, 5, 1, 1, 2, 7, 8],
  ],
  [0, 0, 2, 1, 1, 1, 0, 2],
);

describe('base rates', () => {
  test('plain: how often each class came', () => {
    const model = train(set);
    expect([...model.plain]).toEqual([3 / 8, 3 / 8, 2 / 8]);
    expect([...model.predict(rows(0, 5, 9, none))]).toEqual([3 / 8, 3 / 8, 2 / 8, 3 / 8, 3 / 8, 2 / 8]);
    expect(model.tableCells).toBe(0);
  });

  test('by the values of a feature; a value that never came has the plain rates', () => {
    const model = train(set, { by: [{ kind: 'values', feature: 'a' }], priorRows: 0 });
    expect([...model.predict(rows(0, none, 1, none, 2, none))]).toEqual([
      ...[2 / 3, 0, 1 / 3],
      ...[1 / 5, 3 / 5, 1 / 5],
      ...[3 / 8, 3 / 8, 2 / 8],
    ]);
  });

  test('by slot and half of the volatility, whose limit is the fifth of eight values, 5', () => {
    const by = [
      { kind: 'values', feature: 'a' },
      { kind: 'quantiles', feature: 'b', buckets: 2 },
    ] as const;
    const model = train(set, { by, priorRows: 0 });
    expect(model.tableCells).toBe(3);
    expect([...model.predict(rows(1, 4.9, 1, 5, 0, 4))]).toEqual([
      ...[0, 1, 0],
      ...[1 / 2, 0, 1 / 2],
      ...[3 / 8, 3 / 8, 2 / 8],
    ]);
  });

  test('the prior adds rows of the plain rates', () => {
    const model = train(set, { by: [{ kind: 'values', feature: 'a' }], priorRows: 8 });
    // (2 + 3) ÷ 11, (0 + 3) ÷ 11, (1 + 2) ÷ 11.
    expect([...model.predict(rows(0, none))]).toEqual([5 / 11, 3 / 11, 3 / 11]);
  });

  test('missing values are a bucket of their own', () => {
    const holes = setOf([[none, none, 1, 2, 3, 4]], [0, 0, 1, 1, 1, 0]);
    const by = [{ kind: 'quantiles', feature: 'a', buckets: 2 }] as const;
    const model = train(holes, { target: { kind: 'two-classes' }, by, priorRows: 0 });
    const said = model.predict({ names: ['a'], values: Float64Array.of(none, 1, 4), rows: 3 });
    expect([...said]).toEqual([0, 1, 0.5]);
    expect([...model.plain]).toEqual([0.5]);
  });

  test('only the cells that are named count, for rates and for limits', () => {
    const wide = {
      ...set,
      columns: set.columns.map((own) => Float64Array.of(...own, 1e9)),
      targets: Float64Array.of(...set.targets, 0),
    };
    const by = [{ kind: 'quantiles', feature: 'b', buckets: 3 }] as const;
    expect(train(wide, { by }).predict(rows(0, 2, 0, 7))).toEqual(train(set, { by }).predict(rows(0, 2, 0, 7)));
  });

  test('weights count as so many rows', () => {
    const weights = Float64Array.of(3, 3, 3, 1, 1, 1, 1, 1);
    expect([...train({ ...set, weights }).plain]).toEqual([7 / 14, 3 / 14, 4 / 14]);
  });

  test('what cannot be trained on', () => {
    const many = setOf(
      [Array.from({ length: 1001 }, (_, k) => k)],
      Array.from({ length: 1001 }, (_, k) => k % 2),
    );
    const codes = [
      () => train(set, { by: [{ kind: 'values', feature: 'c' }] }),
      () => train(many, { by: [{ kind: 'values', feature: 'a' }] }),
      () => train({ ...set, targets: set.targets.map((own) => own + 1) }),
      () => train({ ...set, cells: new Int32Array(0) }),
      () => train(set, { by: [{ kind: 'quantiles', feature: 'a', buckets: 1 }] }),
      () => train(set, { priorRows: -1 }),
      () => train(set, { target: { kind: 'classes', count: 1 } }),
      () => train(set).predict({ ...rows(0, 0), names: ['b', 'a'] }),
    ].map(codeOf);
    expect(codes).toEqual([
      ...['FEATURES_DIFFER', 'FEATURE_VALUES', 'LABEL_CLASS', 'TRAIN_EMPTY'],
      ...['ML_OPTION', 'ML_OPTION', 'ML_OPTION', 'FEATURES_DIFFER'],
    ]);
  });
});

describe('baseline columns', () => {
  // Two sessions of three bars; the price doubles, then halves, then from 8 to 16 and 32 overnight apart.
  const {
    columns,
    names,
    rows: count,
  } = baselineColumns(handHistory(3, [[1, 2, 1, 8, 16, none]]), { bars: 2, longBars: 4 });
  const [slot = [], short = [], ratio = []] = columns.map((own) => [...own]);

  test('the slot begins again with each session', () => {
    expect([names, count]).toEqual([['slot', 'past-volatility', 'volatility-ratio'], 6]);
    expect(slot).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test('returns are within sessions, and half of them must be there', () => {
    // Returns: none, ln 2, −ln 2, none (overnight), ln 2, none.
    const one = expect.closeTo(Math.LN2, 12);
    expect(short).toEqual([none, one, one, one, one, one]);
    // The last four rows have two or three returns, all of the same size.
    expect(ratio).toEqual([none, none, none, ...[1, 1, 1].map((own) => expect.closeTo(own, 12))]);
  });

  test('what is late changes nothing that was before', () => {
    const other = baselineColumns(handHistory(3, [[1, 2, 1, 8, 99, 3]]), { bars: 2, longBars: 4 });
    for (const [k, column] of other.columns.entries()) expect(column.slice(0, 4)).toEqual(columns[k]?.slice(0, 4));
    expect(codeOf(() => baselineColumns(handHistory(3, [[1, 2, 1]]), { bars: 4, longBars: 4 }))).toBe('ML_OPTION');
  });
});
