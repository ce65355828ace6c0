import { boosting, readXgboostJson, type TrainingSet, type Tree, writeXgboostJson } from '@tradekit/ml';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGrowth, classes, noisy, numbers, rowsOf, setOf, train } from './kit.js';

const leafOf = (tree: Tree, set: TrainingSet, cell: number): number => {
  let node = 0;
  while (tree.left[node] !== -1) {
    const value = Math.fround(set.columns[tree.feature[node] ?? 0]?.[cell] ?? Number.NaN);
    const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value < (tree.threshold[node] ?? 0);
    node = (goesLeft ? tree.left[node] : tree.right[node]) ?? 0;
  }
  return node;
};

test('every leaf is −first ÷ (second + λ) of the rows that the tree sends there, and holds as many as it says', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 9 }), anyGrowth, (seed, features, growth) => {
      const set = noisy(seed, 120, features);
      const model = train(set, { growth, l2: 2 });
      const tree = model.ensemble.trees[0];
      if (tree === undefined) return false;
      const rows = new Map<number, number[]>();
      for (const cell of set.cells) {
        const leaf = leafOf(tree, set, cell);
        rows.set(leaf, [...(rows.get(leaf) ?? []), (model.ensemble.base[0] ?? 0) - (set.targets[cell] ?? 0)]);
      }
      expect(rows.size).toBe(tree.left.filter((left) => left === -1).length);
      for (const [leaf, first] of rows) {
        expect(tree.cover[leaf]).toBe(first.length);
        const weight = -first.reduce((sum, own) => sum + own, 0) / (first.length + 2);
        expect(Math.abs((tree.value[leaf] ?? 0) - weight)).toBeLessThan(1e-6);
      }
      return true;
    }),
    { seed: 1, numRuns: 150 },
  );
});

test('no split of a row is better than the one taken at the root', () => {
  fc.assert(
    fc.property(fc.nat(1e6), (seed) => {
      const set = noisy(seed, 40, 3);
      const model = train(set);
      const base = model.ensemble.base[0] ?? 0;
      let best = 0;
      for (const column of set.columns) {
        for (const limit of [...column, 2]) {
          for (const missingLeft of [true, false]) {
            const parts = [0, 0, 0, 0];
            for (const cell of set.cells) {
              const value = column[cell] ?? 0;
              const side = (Number.isNaN(value) ? missingLeft : value < limit) ? 0 : 2;
              parts[side] = (parts[side] ?? 0) + base - (set.targets[cell] ?? 0);
              parts[side + 1] = (parts[side + 1] ?? 0) + 1;
            }
            const [a = 0, b = 0, c = 0, d = 0] = parts;
            if (b > 0 && d > 0)
              best = Math.max(best, (a * a) / (b + 1) + (c * c) / (d + 1) - (a + c) ** 2 / (b + d + 1));
          }
        }
      }
      expect(Math.abs((model.ensemble.trees[0]?.gain[0] ?? 0) - best)).toBeLessThan(1e-5);
    }),
    { seed: 2, numRuns: 60 },
  );
});

test('a monotone feature: the margin never falls with one and never rises with another, whatever the rest', () => {
  fc.assert(
    fc.property(fc.nat(1e6), anyGrowth, fc.boolean(), (seed, growth, isLogistic) => {
      const set = noisy(seed, 150, 3);
      const targets = isLogistic ? set.targets.map((own) => (own > 0 ? 1 : 0)) : set.targets;
      const target = isLogistic ? { kind: 'two-classes' as const } : { kind: 'number' as const };
      const options = { target, growth, rounds: 8, learningRate: 0.7, monotone: { a: -1, b: 1 } } as const;
      const model = train({ ...set, targets }, options);
      const next = numbers(seed + 1);
      const grid = Array.from({ length: 41 }, (_, k) => (k - 20) / 20);
      for (let draw = 0; draw < 5; draw++) {
        const rest = [next(), next()];
        const along = (feature: number) =>
          model.margins({
            names: set.features,
            rows: grid.length,
            values: Float64Array.from(
              grid.flatMap((own) => (feature === 0 ? [own, ...rest] : [rest[0] ?? 0, own, rest[1] ?? 0])),
            ),
          });
        const [down, up] = [along(0), along(1)];
        if (down.some((own, k) => k > 0 && own > (down[k - 1] ?? 0))) return false;
        if (up.some((own, k) => k > 0 && own < (up[k - 1] ?? 0))) return false;
      }
      return true;
    }),
    { seed: 3, numRuns: 60 },
  );
});

test('learns an exclusive or that no single feature tells', () => {
  const next = numbers(5);
  const columns = [0, 1].map(() => Array.from({ length: 600 }, next));
  const set = setOf(
    columns,
    Array.from({ length: 600 }, (_, row) => ((columns[0]?.[row] ?? 0) > 0 === (columns[1]?.[row] ?? 0) > 0 ? 0 : 1)),
  );
  const model = train(set, {
    target: { kind: 'two-classes' },
    rounds: 30,
    growth: { kind: 'depth-wise', maxDepth: 3 },
    learningRate: 0.3,
  });
  const fresh = Array.from({ length: 400 }, () => [next(), next()]).filter((row) =>
    row.every((own) => Math.abs(own) > 0.05),
  );
  const said = model.predict({ names: set.features, rows: fresh.length, values: Float64Array.from(fresh.flat()) });
  const right = fresh.filter(([a = 0, b = 0], row) => (said[row] ?? 0) > 0.5 === (a > 0 !== b > 0));
  expect(right.length / fresh.length).toBeGreaterThan(0.97);
});

test('the same seed gives the same bytes, another one others, and written and read back the same margins', () => {
  const set = classes(noisy(9, 400, 7));
  const options = {
    target: { kind: 'classes', count: 3 },
    rounds: 6,
    rowFraction: 0.7,
    columnFraction: 0.5,
    growth: { kind: 'depth-wise', maxDepth: 4 },
  } as const;
  const bytes = (seed: number): string => writeXgboostJson(train(set, { ...options, seed }).ensemble);
  expect(bytes(1)).toBe(bytes(1));
  expect(bytes(2)).not.toBe(bytes(1));
  const model = train(set, options);
  expect([...readXgboostJson(writeXgboostJson(model.ensemble)).margins(rowsOf(set))]).toEqual([
    ...model.margins(rowsOf(set)),
  ]);
});

test('early stopping: the losses are those of the model on the validation set, and the rounds up to the lowest are kept', () => {
  const set = classes(noisy(11, 300, 4));
  const held = classes(noisy(12, 200, 4));
  const told: number[] = [];
  const trainer = boosting({
    target: { kind: 'classes', count: 3 },
    rounds: 200,
    learningRate: 0.5,
    patienceRounds: 5,
    rowFraction: 0.8,
    onRound: (round) => told.push(round),
  });
  const model = trainer.train(set, held);
  const { rounds, validationLosses } = model;
  expect(validationLosses.length).toBe(rounds + 5);
  expect(told.length).toBe(rounds + 5);
  expect(model.ensemble.trees.length).toBe(3 * rounds);
  expect(Math.min(...validationLosses)).toBe(validationLosses[rounds - 1]);
  const said = model.predict(rowsOf(held));
  const loss =
    held.targets.reduce((sum, own, row) => sum - Math.log(said[3 * row + own] ?? 0), 0) / held.targets.length;
  expect(Math.abs(loss - (validationLosses[rounds - 1] ?? 0))).toBeLessThan(1e-12);
});

test('few bins: quantiles hold about as many rows each, and a value that comes often has its own', () => {
  const column = Array.from({ length: 1000 }, (_, row) => (row < 500 ? 0 : row));
  const set = setOf(
    [column],
    column.map((own) => own),
  );
  const { ensemble } = train(set, { maxBins: 6, growth: { kind: 'depth-wise', maxDepth: 5 }, rounds: 1 });
  const limits = [
    ...new Set(ensemble.trees.flatMap(({ left, threshold }) => [...threshold].filter((_, node) => left[node] !== -1))),
  ];
  expect(limits.sort((a, b) => a - b)).toEqual([250, 599.5, 699.5, 799.5, 899.5]);
});
