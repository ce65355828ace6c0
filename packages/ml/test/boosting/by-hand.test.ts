/** Trees of a few rows, whose gains and leaves are worked out with first² ÷ (second + λ) and −first ÷ (second + λ). */
import { describe, expect, test } from 'vitest';
import { setOf, train, treeOf } from './kit.js';

const single = (...values: readonly number[]): readonly number[] => values.map(Math.fround);
const none = Number.NaN;
const four = setOf(
  [
    [0, 1, 2, 3],
    [0, 1, 0, 1],
  ],
  [0, 0, 4, 4],
);

describe('one split of four rows with the squared loss', () => {
  test('from the mean 2 the derivatives are 2, 2, −2, −2: gain 16/3 + 16/3, leaves ∓4/3', () => {
    const model = train(four);
    expect([...model.ensemble.base]).toEqual([2]);
    const { left, right, feature, threshold, gain, value, cover, output } = treeOf(four);
    expect([output, left[0], right[0], feature[0], threshold[0]]).toEqual([0, 1, 2, 0, 1.5]);
    expect([...gain]).toEqual(single(32 / 3, 0, 0));
    expect([...value].slice(1)).toEqual(single(-4 / 3, 4 / 3));
    expect([...cover]).toEqual([4, 2, 2]);
  });

  test('λ is added to the second derivatives, α taken from the first, the learning rate to the leaves alone', () => {
    expect([...treeOf(four, { l2: 0 }).value]).toEqual([-0, -2, 2]);
    const { gain, value } = treeOf(four, { l1: 1, learningRate: 0.5 });
    expect([gain[0], ...value.slice(1)]).toEqual([6, -0.5, 0.5]);
    expect([...treeOf(four, { l1: 5 }).left]).toEqual([-1]);
  });

  test('no split without the gain that is asked for', () => {
    expect(treeOf(four, { minGain: 10.66 }).left.length).toBe(3);
    expect([...treeOf(four, { minGain: 10.67 }).left]).toEqual([-1]);
  });

  test('no child with less second derivative than asked for', () => {
    // Derivatives −6, 2, 2, 2: alone the first row gains 36/2 + 36/4, two and two 16/3 + 16/3.
    const set = setOf([[0, 1, 2, 3]], [8, 0, 0, 0]);
    expect([treeOf(set).threshold[0], treeOf(set).gain[0]]).toEqual([0.5, 27]);
    const wide = treeOf(set, { minChildWeight: 2 });
    expect([wide.threshold[0], wide.gain[0]]).toEqual([1.5, Math.fround(32 / 3)]);
  });

  test('weights count as so many rows, and only their ratios matter', () => {
    const weights = Float64Array.of(3, 3, 1, 1);
    // Scaled to 1.5, 1.5, 0.5, 0.5: the mean is 1, derivatives 1.5, 1.5, −1.5, −1.5.
    const { value, cover } = treeOf({ ...four, weights }, { l2: 0 });
    expect([...cover]).toEqual([4, 3, 1]);
    expect([...value].slice(1)).toEqual([-1, 3]);
    expect([...treeOf({ ...four, weights: weights.map((own) => 7 * own) }, { l2: 0 }).value]).toEqual([...value]);
  });

  test('only the cells that are named', () => {
    const set = { ...setOf([[0, 1, 2, 3, 9]], [0, 0, 4, 4, 1000]), cells: Int32Array.of(0, 1, 2, 3) };
    expect([...treeOf(set).value]).toEqual([...treeOf(four).value]);
  });
});

describe('missing values', () => {
  test('go where the loss is lower', () => {
    // Derivatives −2, 2, 2, −2: the missing row belongs to the right.
    const right = treeOf(setOf([[none, 0, 1, 2]], [4, 0, 0, 4]));
    expect([right.threshold[0], right.missingLeft[0], right.gain[0]]).toEqual([1.5, 0, Math.fround(32 / 3)]);
    // Derivatives 1, 1, 1, −3: 9/4 + 9/2 with it on the left, 4/3 + 4/3 with it on the right.
    const left = treeOf(setOf([[none, 0, 1, 2]], [0, 0, 0, 4]));
    expect([left.threshold[0], left.missingLeft[0], left.gain[0]]).toEqual([1.5, 1, 6.75]);
  });

  test('may be parted from all others', () => {
    const { threshold, missingLeft, gain } = treeOf(setOf([[none, none, 5, 5]], [0, 0, 4, 4]));
    expect([threshold[0], missingLeft[0], gain[0]]).toEqual([5 + 2 ** -21, 0, Math.fround(32 / 3)]);
  });

  test('go with the heavier side where training had none', () => {
    expect(treeOf(setOf([[0, 1, 2, 3]], [8, 0, 0, 0])).missingLeft[0]).toBe(0);
    expect(treeOf(setOf([[0, 1, 2, 3]], [0, 0, 0, 8])).missingLeft[0]).toBe(1);
  });
});

describe('losses', () => {
  test('logistic: p = ½, derivatives ±½ and ¼', () => {
    const set = setOf([[0, 1, 2, 3]], [0, 0, 1, 1]);
    const { gain, value, cover } = treeOf(set, { target: { kind: 'two-classes' } });
    expect([gain[0], value[1], value[2]]).toEqual(single(4 / 3, -2 / 3, 2 / 3));
    expect([...cover]).toEqual([1, 0.5, 0.5]);
  });

  test('softmax of three: p = ⅓, derivatives p − y and 2 p (1 − p), a tree a class', () => {
    const set = setOf([[0, 1, 2]], [0, 1, 2]);
    const options = { target: { kind: 'classes', count: 3 }, l2: 0 } as const;
    const first = treeOf(set, options);
    expect([first.threshold[0], first.output]).toEqual([0.5, 0]);
    expect([...first.value].slice(1)).toEqual(single(1.5, -0.75));
    const last = treeOf(set, options, 2);
    expect([last.threshold[0], last.output]).toEqual([1.5, 2]);
    expect([...last.value].slice(1)).toEqual(single(-0.75, 1.5));
  });

  test('the start is the odds of the classes, one added to each', () => {
    const set = setOf([[0, 1, 2, 3]], [0, 1, 1, 1]);
    expect([...train(set, { target: { kind: 'two-classes' } }).ensemble.base]).toEqual(single(Math.log(4 / 2)));
    const three = train(set, { target: { kind: 'classes', count: 3 } });
    expect([...three.ensemble.base]).toEqual(single(0, Math.log(4 / 2), Math.log(1 / 2)));
    const weighted = train(set, { target: { kind: 'two-classes' }, classWeights: [3, 1] });
    expect([...weighted.ensemble.base]).toEqual([0]);
  });
});

describe('growth', () => {
  const set = setOf([[0, 1, 2, 3]], [0, 2, 20, 30]);
  // The mean is 13. Two and two are parted first, then gains are 2 on the left and 50 on the right.
  test('leaf-wise: the largest gain next, until there are enough leaves', () => {
    const tree = treeOf(set, { l2: 0, growth: { kind: 'leaf-wise', maxLeaves: 3 } });
    expect([...tree.left]).toEqual([1, -1, 3, -1, -1]);
    expect([...tree.gain]).toEqual([576, 0, 50, 0, 0]);
    expect([tree.value[1], tree.value[3], tree.value[4]]).toEqual([-12, 7, 17]);
  });

  test('depth-wise: every node of a level', () => {
    const tree = treeOf(set, { l2: 0, growth: { kind: 'depth-wise', maxDepth: 2 } });
    expect(tree.left.length).toBe(7);
    expect([...tree.value].filter((_, node) => tree.left[node] === -1).sort((a, b) => a - b)).toEqual([
      -13, -11, 7, 17,
    ]);
  });

  test('each round learns what the rounds before left over', () => {
    const model = train(four, { rounds: 2, l2: 0, learningRate: 0.5 });
    expect(model.ensemble.trees.map(({ value }) => value[2])).toEqual([1, 0.5]);
    expect(model.rounds).toBe(2);
  });
});
