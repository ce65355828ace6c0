/** The real package in its real child process. */
import { createRequire } from 'node:module';
import {
  logLoss,
  type MlError,
  type MlXgboostOptions,
  mlXgboost,
  readMlXgboostJson,
  readXgboostJson,
  type TrainingSet,
  type TreeModel,
  writeXgboostJson,
} from '@tradekit/ml';
import { expect, test } from 'vitest';
import { inChild } from '../../src/ml-xgboost/child.js';
import { numbers, rowsOf, setOf } from '../boosting/kit.js';
import { bitsOf } from '../trees/kit.js';

const require = createRequire(import.meta.url);
const none = Number.NaN;
const twoClasses = { target: { kind: 'two-classes' } } as const;
const train = (set: TrainingSet, options: Partial<MlXgboostOptions> = {}): Promise<TreeModel> =>
  mlXgboost({ ...twoClasses, rounds: 1, learningRate: 1, minChildWeight: 0, maxDepth: 1, ...options }).train(set);
const faultOf = (set: TrainingSet, options?: Partial<MlXgboostOptions>): Promise<MlError> =>
  train(set, options).then(
    () => Promise.reject(new Error('it was trained')),
    (error: MlError) => error,
  );

test('one split by hand: p = ½, derivatives ∓½ and ¼, leaves ∓⅔, and the model can be saved', async () => {
  const set = setOf([[0, 1, 2, 3]], [0, 0, 1, 1]);
  const model = await train(set);
  const [tree] = model.ensemble.trees;
  expect([...(tree?.value ?? [])].slice(1)).toEqual([-2 / 3, 2 / 3].map(Math.fround));
  expect([...(tree?.cover ?? []), tree?.gain[0]]).toEqual([1, 0.5, 0.5, Math.fround(4 / 3)]);
  expect([...model.ensemble.base]).toEqual([0]);
  const back = readXgboostJson(writeXgboostJson(model.ensemble));
  expect(bitsOf(back.margins(rowsOf(set)))).toEqual(bitsOf(model.margins(rowsOf(set))));
});

test('missing values are learned as missing, and −1 is a number', async () => {
  // Missing is class 1, with leaf 1½ ÷ (¾ + λ); −1 is class 0 as its neighbours are, with leaf −2½ ÷ (1¼ + λ).
  const column = [none, none, none, -1, -1, -1.5, -0.5, 0];
  const model = await train(setOf([column], [1, 1, 1, 0, 0, 0, 0, 0]), { maxDepth: 2, l2: 0.01 });
  const margins = model.margins({ names: ['a'], values: Float64Array.of(none, -1, -1.5, 0), rows: 4 });
  const present = Math.fround(-2.5 / 1.26);
  expect([...margins]).toEqual([expect.closeTo(1.5 / 0.76, 6), present, present, present]);
  // Parted at −1 alone: rows of −1 against those just above.
  const parted = await train(setOf([[-1, -1, -0.5, -0.5]], [0, 0, 1, 1]));
  const sides = parted.predict({ names: ['a'], values: Float64Array.of(-1, -0.5), rows: 2 });
  expect(sides[0]).toBeCloseTo(1 / (1 + Math.exp(2 / 3)), 7);
  expect(sides[1]).toBeCloseTo(1 / (1 + Math.exp(-2 / 3)), 7);
});

test('three classes; the same twice to the bit with a seed, and a half of the rows only when asked for', async () => {
  const next = numbers(11);
  const columns = [0, 1, 2].map(() => Array.from({ length: 300 }, next));
  const score = (k: number): number => (columns[0]?.[k] ?? 0) + 0.5 * (columns[1]?.[k] ?? 0);
  const classes = Array.from({ length: 300 }, (_, k) => (score(k) > 0.4 ? 2 : score(k) < -0.4 ? 0 : 1));
  const set = setOf(columns, classes);
  const options = { target: { kind: 'classes', count: 3 }, rounds: 20, learningRate: 0.3, maxDepth: 3 } as const;
  const [model, sampled, again, other] = await Promise.all([
    train(set, options),
    train(set, { ...options, rowFraction: 0.5 }),
    train(set, { ...options, rowFraction: 0.5 }),
    train(set, { ...options, rowFraction: 0.5, seed: 2 }),
  ]);
  expect(model.outputs).toBe(3);
  expect(model.ensemble.trees.length).toBe(60);
  expect(logLoss(model.predict(rowsOf(set)), 3, set.targets)).toBeLessThan(0.2);
  expect(writeXgboostJson(again.ensemble)).toBe(writeXgboostJson(sampled.ensemble));
  expect(writeXgboostJson(sampled.ensemble)).not.toBe(writeXgboostJson(model.ensemble));
  expect(writeXgboostJson(other.ensemble)).not.toBe(writeXgboostJson(sampled.ensemble));
});

test('a number: from the mean 1002 the leaves are ∓4/3', async () => {
  const model = await train(setOf([[0, 1, 2, 3]], [1000, 1000, 1004, 1004]), { target: { kind: 'number' } });
  const said = model.predict({ names: ['a'], values: Float64Array.of(0, 3), rows: 2 });
  expect([...said].map(Math.fround)).toEqual([1002 - 4 / 3, 1002 + 4 / 3].map(Math.fround));
});

test('sets that the package would misread or die of are refused before it starts', async () => {
  const set = setOf([[0, 1, 2, 3]], [0, 1, 0, 1]);
  const large = { ...set, cells: new Int32Array(650_001) };
  const faults = await Promise.all([
    faultOf(large),
    faultOf({ ...set, weights: Float64Array.of(1, 1, 1, 1) }),
    faultOf({ ...set, targets: Float64Array.of(0, 1, 2, 1) }),
    faultOf({ ...set, targets: new Float64Array(4) }),
    faultOf({ ...set, targets: Float64Array.of(0, none, 2, 1) }),
    faultOf(setOf([[0, 1, 1e39, 3]], [0, 1, 0, 1])),
  ]);
  expect(faults.map(({ code }) => code)).toEqual([
    ...['TRAIN_TOO_LARGE', 'TRAIN_WEIGHT', 'LABEL_CLASS', 'LABEL_ONE_CLASS', 'LABEL_MISSING', 'VALUE_INFINITE'],
  ]);
  expect(faults[0]?.message).toContain('1300002 numbers, and ml-xgboost can take 1300000');
});

test('options that the package would take for anything', () => {
  const bad: readonly Partial<MlXgboostOptions>[] = [
    ...[{ rounds: 0 }, { learningRate: 2 }, { maxDepth: 31 }, { l2: -1 }, { l1: none }, { minGain: -1 }],
    ...[{ rowFraction: 0 }, { columnFraction: 1.5 }, { seed: -1 }, { timeoutMs: 2 ** 31 }],
    { target: { kind: 'classes', count: 1 } },
  ];
  for (const options of bad) {
    expect(() => mlXgboost({ ...twoClasses, ...options })).toThrow(expect.objectContaining({ code: 'ML_OPTION' }));
  }
  expect(mlXgboost({ ...twoClasses, timeoutMs: 5 }).text).toBe(mlXgboost(twoClasses).text);
});

test('a training that takes too long is killed, one that runs out of memory crashes, and the parent trains on', async () => {
  const next = numbers(3);
  const column = Array.from({ length: 100_000 }, next);
  const large = setOf(
    Array.from({ length: 10 }, () => column),
    column.map((own) => (own > 0 ? 1 : 0)),
  );
  expect(await faultOf(large, { rounds: 10_000, timeoutMs: 1500 })).toMatchObject({ code: 'CHILD_TIMEOUT' });
  const before = process.env.NODE_OPTIONS;
  try {
    process.env.NODE_OPTIONS = '--max-old-space-size=12';
    expect(await faultOf(large)).toMatchObject({ code: 'CHILD_CRASHED', context: { of: 'ml-xgboost' } });
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  }
  expect((await train(setOf([[0, 1, 2, 3]], [0, 0, 1, 1]))).ensemble.trees.length).toBe(1);
});

test('files of the package: read as they are, refused when damaged', async () => {
  const { json, said } = await madeByThePackage();
  const model = readMlXgboostJson(JSON.stringify(json), { features: ['x', 'y'] });
  const ours = model.predict({ names: ['x', 'y'], values: Float64Array.from(said.rows.flat()), rows: 40 });
  expect(ours.every((own, k) => Math.abs(own - (said.probabilities[k] ?? none)) < 1e-6)).toBe(true);
  const code = (changed: object): string | undefined => {
    try {
      readMlXgboostJson(JSON.stringify({ ...json, ...changed }));
    } catch (error) {
      return (error as MlError).code;
    }
    return undefined;
  };
  const bytes = json.model;
  for (let length = 0; length < bytes.length; length += 11) {
    expect(code({ model: bytes.slice(0, length) })).toBe('MODEL_SYNTAX');
  }
  expect(code({ model: [...bytes, 0] })).toBe('MODEL_SYNTAX');
  expect(code({ model: [...bytes.slice(1), 'x'] })).toBe('MODEL_FIELD');
  expect(code({ name: 'other' })).toBe('MODEL_UNSUPPORTED');
  // The version, which was zero before 1.0; the name of the objective; the first node's left child.
  expect(code({ model: bytes.with(20, 1) })).toBe('MODEL_UNSUPPORTED');
  expect(code({ model: bytes.with(144, 120) })).toBe('MODEL_UNSUPPORTED');
  const node = 136 + 8 + 'multi:softprob'.length + 8 + 'gbtree'.length + 160 + 148;
  expect(code({ model: bytes.with(node + 4, 99) })).toBe('MODEL_TREE');
});

interface Made {
  readonly json: { readonly name: string; readonly model: readonly number[] };
  readonly said: { readonly rows: readonly (readonly number[])[]; readonly probabilities: readonly number[] };
}

/** A model that the package trained by itself, with `exact` trees that were pruned. */
async function madeByThePackage(): Promise<Made> {
  const next = numbers(5);
  const rows = Array.from({ length: 40 }, () => [next(), next()]);
  const answer = await inChild({
    of: 'ml-xgboost',
    program: `process.once('message', async ({ entry, rows, targets }) => {
      const XGBoost = await require(entry);
      const model = new XGBoost({ objective: 'multi:softprob', num_class: 3, iterations: 5, gamma: 0.5, max_depth: 4, subsample: 1 });
      model.train(rows, targets);
      process.send({ json: JSON.parse(JSON.stringify(model)), said: { rows, probabilities: model.predict(rows).flat() } });
    });`,
    request: {
      entry: require.resolve('ml-xgboost'),
      rows,
      targets: rows.map(([a = 0, b = 0]) => (a > 0.3 ? 2 : b > 0 ? 1 : 0)),
    },
    timeoutMs: 20_000,
  });
  return answer as Made;
}
