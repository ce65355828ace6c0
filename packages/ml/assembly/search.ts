/** The best split of a node, as `bestSplit` in TypeScript has it: the same operations in the same order, so that the same bits come out. */

/** Below it a second derivative may be rounding. */
const LEAST: f64 = 1e-6;

/** What holds for one call of `search`; set there. */
let first: f64 = 0;
let second: f64 = 0;
let lower: f64 = 0;
let upper: f64 = 0;
let l1: f64 = 0;
let l2: f64 = 0;

function shrunk(value: f64): f64 {
  return value > l1 ? value - l1 : value < -l1 ? value + l1 : 0;
}

function weightOf(sum: f64, weight: f64): f64 {
  const best = -shrunk(sum) / (weight + l2);
  return min(upper, max(lower, best));
}

function scoreOf(sum: f64, weight: f64, leaf: f64): f64 {
  return -(2 * sum * leaf + (weight + l2) * leaf * leaf + 2 * l1 * abs(leaf));
}

/** The gain with weights held in their limits, before the node's own score is taken off. */
function boundScore(leftFirst: f64, leftSecond: f64, sign: f64): f64 {
  const rightFirst = first - leftFirst;
  const rightSecond = second - leftSecond;
  const left = weightOf(leftFirst, leftSecond);
  const right = weightOf(rightFirst, rightSecond);
  if (sign * (right - left) < 0) return -Infinity;
  return scoreOf(leftFirst, leftSecond, left) + scoreOf(rightFirst, rightSecond, right);
}

/**
 * Searches `features` features of a histogram, whose numbers of limits are in `bins` and signs in `signs`. `own` is the score of the node, `least` what a child must
 * weigh, `gain` what a split must gain. Writes feature (−1 where there is none), bin, whether missing values go left, gain, and the sums of the left child to `out`.
 */
export function search(
  histogram: usize,
  features: i32,
  bins: usize,
  signs: usize,
  nodeFirst: f64,
  nodeSecond: f64,
  nodeLower: f64,
  nodeUpper: f64,
  l1Rule: f64,
  l2Rule: f64,
  own: f64,
  least: f64,
  gain: f64,
  out: usize,
): void {
  first = nodeFirst;
  second = nodeSecond;
  lower = nodeLower;
  upper = nodeUpper;
  l1 = l1Rule;
  l2 = l2Rule;
  const isPlain = l1Rule === 0 && nodeLower === -Infinity && nodeUpper === Infinity;
  store<f64>(out, -1);
  for (let feature = 0; feature < features; feature++) {
    const end = histogram + ((<usize>load<u32>(bins + ((<usize>feature) << 2))) << 4);
    const sign = <f64>load<i8>(signs + <usize>feature);
    const missingFirst = load<f64>(histogram, 4080);
    const missingSecond = load<f64>(histogram, 4088);
    const hasMissing = missingSecond > LEAST;
    const isFree = isPlain && sign === 0;
    let leftFirst: f64 = 0;
    let leftSecond: f64 = 0;
    for (let at = histogram; at < end; at += 16) {
      leftFirst += load<f64>(at);
      leftSecond += load<f64>(at, 8);
      const rightSecond = nodeSecond - leftSecond;
      if (leftSecond >= least && rightSecond >= least) {
        const rightFirst = nodeFirst - leftFirst;
        const score = isFree
          ? (leftFirst * leftFirst) / (leftSecond + l2Rule) + (rightFirst * rightFirst) / (rightSecond + l2Rule)
          : boundScore(leftFirst, leftSecond, sign);
        if (score - own > gain) {
          gain = score - own;
          const missingLeft = !hasMissing && leftSecond > rightSecond;
          take(out, feature, (at - histogram) >> 4, missingLeft, gain, leftFirst, leftSecond);
        }
      }
      if (!hasMissing) continue;
      const withFirst = leftFirst + missingFirst;
      const withSecond = leftSecond + missingSecond;
      const restSecond = nodeSecond - withSecond;
      if (!(withSecond >= least && restSecond >= least)) continue;
      const restFirst = nodeFirst - withFirst;
      const score = isFree
        ? (withFirst * withFirst) / (withSecond + l2Rule) + (restFirst * restFirst) / (restSecond + l2Rule)
        : boundScore(withFirst, withSecond, sign);
      if (score - own > gain) {
        gain = score - own;
        take(out, feature, (at - histogram) >> 4, true, gain, withFirst, withSecond);
      }
    }
    histogram += 4096;
  }
}

function take(
  out: usize,
  feature: i32,
  bin: usize,
  missingLeft: bool,
  gain: f64,
  leftFirst: f64,
  leftSecond: f64,
): void {
  store<f64>(out, <f64>feature);
  store<f64>(out, <f64>bin, 8);
  store<f64>(out, missingLeft ? 1 : 0, 16);
  store<f64>(out, gain, 24);
  store<f64>(out, leftFirst, 32);
  store<f64>(out, leftSecond, 40);
}
