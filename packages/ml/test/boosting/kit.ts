import { type BoostedModel, type BoostingOptions, boosting, type TrainingSet, type Tree } from '@tradekit/ml';
import fc from 'fast-check';

/** A set of all rows of some columns, named `a`, `b`, … */
export function setOf(columns: readonly (readonly number[])[], targets: readonly number[]): TrainingSet {
  return {
    features: columns.map((_, k) => String.fromCharCode(97 + k)),
    columns: columns.map((column) => Float64Array.from(column)),
    cells: Int32Array.from(targets, (_, cell) => cell),
    targets: Float64Array.from(targets),
  };
}

/** Options of one tree with one split whose leaves are taken whole, and any child may be small. */
export const one: BoostingOptions = {
  target: { kind: 'number' },
  rounds: 1,
  learningRate: 1,
  minChildWeight: 0,
  growth: { kind: 'depth-wise', maxDepth: 1 },
};

export const train = (set: TrainingSet, options: Partial<BoostingOptions> = {}): BoostedModel =>
  boosting({ ...one, ...options }).train(set);

/** The tree of one round and output. */
export function treeOf(set: TrainingSet, options: Partial<BoostingOptions> = {}, output = 0): Tree {
  const tree = train(set, options).ensemble.trees[output];
  if (tree === undefined) throw new Error(`no tree of output ${output}`);
  return tree;
}

/** The rows of a set as a model scores them. */
export const rowsOf = ({ features, columns, cells }: TrainingSet) => ({
  names: features,
  rows: cells.length,
  values: Float64Array.from([...cells].flatMap((cell) => columns.map((column) => column[cell] ?? Number.NaN))),
});

/** Numbers from −1 to below 1, the same for a seed. */
export function numbers(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (Math.imul(a, 1_664_525) + 1_013_904_223) >>> 0;
    return a / 2_147_483_648 - 1;
  };
}

/** Rows with holes whose target follows two features and noise. */
export function noisy(seed: number, rows: number, features: number): TrainingSet {
  const next = numbers(seed);
  const columns = Array.from({ length: features }, () =>
    Array.from({ length: rows }, () => (next() > 0.8 ? Number.NaN : Math.round(next() * 50) / 50)),
  );
  const known = (value: number | undefined): number => (value === undefined || Number.isNaN(value) ? 0.3 : value);
  const targets = Array.from(
    { length: rows },
    (_, row) => known(columns[0]?.[row]) - known(columns[1]?.[row]) ** 2 + next(),
  );
  return setOf(columns, targets);
}

/** The set with three classes for its targets. */
export const classes = (set: TrainingSet): TrainingSet => ({
  ...set,
  targets: set.targets.map((own) => (own > 0.2 ? 2 : own < -0.4 ? 0 : 1)),
});

/** Both ways to grow. */
export const anyGrowth: fc.Arbitrary<NonNullable<BoostingOptions['growth']>> = fc.oneof(
  fc.record({ kind: fc.constant('depth-wise' as const), maxDepth: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('leaf-wise' as const), maxLeaves: fc.integer({ min: 2, max: 20 }) }),
);

/** Every number of a model as its bits, which parts NaN from NaN and 0 from −0. */
export const bitsOf = ({ ensemble, rounds, validationLosses }: BoostedModel): unknown => {
  const bits = (column: ArrayBufferView): string =>
    Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('hex');
  const { objective, features, base, trees, precision, missing } = ensemble;
  const numbersOf = ({ output, ...columns }: Tree) => [output, ...Object.values(columns).map(bits)];
  return [objective, features, precision, missing, rounds, bits(base), bits(validationLosses), trees.map(numbersOf)];
};
