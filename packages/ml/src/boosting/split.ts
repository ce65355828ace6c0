/** The best split of a node, from its histogram: T. Chen and C. Guestrin, XGBoost, 2016, equations 6 and 7. */
import { MISSING } from './bins.js';
import { FEATURE, type Searched } from './kernels.js';

/** The least second derivative of a child: below it what is there may be rounding. */
const LEAST = 1e-6;

/** What holds for the whole training. */
export interface SplitRules {
  readonly l1: number;
  readonly l2: number;
  readonly minGain: number;
  readonly minChildWeight: number;
}

/** What a node knows of its rows, and what a leaf there may say. */
export interface NodeSums {
  readonly first: number;
  readonly second: number;
  /** Limits of the weight, from splits above by monotone features. */
  readonly lower: number;
  readonly upper: number;
}

/** A way to part the rows of a node: left are the bins up to `bin`. */
export interface Split {
  /** Among the features that the tree sees. */
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly leftFirst: number;
  readonly leftSecond: number;
}

/** The weight that a leaf should have: −first ÷ (second + λ), with α taken from the first derivative, within the node's limits. */
export function weightOf(first: number, second: number, { l1, l2 }: SplitRules, lower: number, upper: number): number {
  const best = -shrunk(first, l1) / (second + l2);
  return Math.min(upper, Math.max(lower, best));
}

const shrunk = (first: number, l1: number): number => (first > l1 ? first - l1 : first < -l1 ? first + l1 : 0);

/** Twice what a leaf of that weight lowers the loss by; with the best weight it is first² ÷ (second + λ). */
function scoreOf(first: number, second: number, { l1, l2 }: SplitRules, weight: number): number {
  return -(2 * first * weight + (second + l2) * weight * weight + 2 * l1 * Math.abs(weight));
}

/** What the best leaf of a whole node would lower the loss by: what a split has to beat. */
export function nodeScore({ first, second, lower, upper }: NodeSums, rules: SplitRules): number {
  return scoreOf(first, second, rules, weightOf(first, second, rules, lower, upper));
}

/** A least gain or weight, but nothing that may be rounding. */
export const leastOf = (asked: number): number => Math.max(asked, LEAST);

/**
 * The split with the largest gain, `undefined` when none is above the least. Of equal ones it is that of the lowest feature, then the lowest bin. Missing values
 * go where the gain is larger; where the node has none, to the side with more second derivative.
 */
export function bestSplit(
  histogram: Float64Array,
  { bins, signs }: Searched,
  node: NodeSums,
  rules: SplitRules,
): Split | undefined {
  const search = new Search(node, rules);
  for (let feature = 0; feature < bins.length; feature++) {
    search.feature(histogram, feature, bins[feature]!, signs[feature]!);
  }
  return search.best();
}

class Search {
  readonly #node: NodeSums;
  readonly #rules: SplitRules;
  readonly #own: number;
  readonly #least: number;
  readonly #isFree: boolean;
  #gain: number;
  #feature = -1;
  #bin = 0;
  #missingLeft = false;
  #leftFirst = 0;
  #leftSecond = 0;

  constructor(node: NodeSums, rules: SplitRules) {
    this.#node = node;
    this.#rules = rules;
    const { lower, upper } = node;
    this.#own = nodeScore(node, rules);
    this.#least = leastOf(rules.minChildWeight);
    this.#gain = leastOf(rules.minGain);
    this.#isFree = rules.l1 === 0 && lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY;
  }

  best(): Split | undefined {
    if (this.#feature < 0) return undefined;
    return {
      feature: this.#feature,
      bin: this.#bin,
      missingLeft: this.#missingLeft,
      gain: this.#gain,
      leftFirst: this.#leftFirst,
      leftSecond: this.#leftSecond,
    };
  }

  feature(histogram: Float64Array, feature: number, bins: number, sign: number): void {
    const { first, second } = this.#node;
    const { l2 } = this.#rules;
    const base = feature * FEATURE;
    const missingFirst = histogram[base + 2 * MISSING]!;
    const missingSecond = histogram[base + 2 * MISSING + 1]!;
    const hasMissing = missingSecond > LEAST;
    const isFree = this.#isFree && sign === 0;
    const least = this.#least;
    const own = this.#own;
    let leftFirst = 0;
    let leftSecond = 0;
    for (let bin = 0; bin < bins; bin++) {
      leftFirst += histogram[base + 2 * bin]!;
      leftSecond += histogram[base + 2 * bin + 1]!;
      const rightSecond = second - leftSecond;
      if (leftSecond >= least && rightSecond >= least) {
        const rightFirst = first - leftFirst;
        const gain = isFree
          ? (leftFirst * leftFirst) / (leftSecond + l2) + (rightFirst * rightFirst) / (rightSecond + l2) - own
          : this.#boundGain(leftFirst, leftSecond, sign);
        if (gain > this.#gain) {
          this.#take(feature, bin, !hasMissing && leftSecond > rightSecond, gain, leftFirst, leftSecond);
        }
      }
      if (!hasMissing) continue;
      const withFirst = leftFirst + missingFirst;
      const withSecond = leftSecond + missingSecond;
      const restSecond = second - withSecond;
      if (!(withSecond >= least && restSecond >= least)) continue;
      const restFirst = first - withFirst;
      const gain = isFree
        ? (withFirst * withFirst) / (withSecond + l2) + (restFirst * restFirst) / (restSecond + l2) - own
        : this.#boundGain(withFirst, withSecond, sign);
      if (gain > this.#gain) this.#take(feature, bin, true, gain, withFirst, withSecond);
    }
  }

  /** The gain with weights held in their limits; none where the children are not in the order that is asked for. */
  #boundGain(leftFirst: number, leftSecond: number, sign: number): number {
    const { first, second, lower, upper } = this.#node;
    const rules = this.#rules;
    const left = weightOf(leftFirst, leftSecond, rules, lower, upper);
    const right = weightOf(first - leftFirst, second - leftSecond, rules, lower, upper);
    if (sign * (right - left) < 0) return Number.NEGATIVE_INFINITY;
    const parts =
      scoreOf(leftFirst, leftSecond, rules, left) + scoreOf(first - leftFirst, second - leftSecond, rules, right);
    return parts - this.#own;
  }

  #take(feature: number, bin: number, missingLeft: boolean, gain: number, first: number, second: number): void {
    this.#feature = feature;
    this.#bin = bin;
    this.#missingLeft = missingLeft;
    this.#gain = gain;
    this.#leftFirst = first;
    this.#leftSecond = second;
  }
}
