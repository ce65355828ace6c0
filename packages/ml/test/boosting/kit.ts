import { type BoostedModel, type BoostingOptions, boosting, type TrainingSet, type Tree } from '@tradekit/ml';

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
