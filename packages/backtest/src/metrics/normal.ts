/** The standard normal distribution, to the last digits of a double: tables of four digits will not do for small probabilities. */

/** Probability that a standard normal variable is at most `x`. Source: Marsaglia, Evaluating the Normal Distribution (2004). */
export function normalCdf(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let sum = x;
  let term = x;
  let before = 0;
  for (let k = 3; sum !== before; k += 2) {
    before = sum;
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** The `x` with `normalCdf(x) = p`, for `p` between 0 and 1. Newton's steps from 0, which approach it from one side. */
export function normalQuantile(p: number): number {
  if (p < 0.5) return 0 - normalQuantile(1 - p);
  let x = 0;
  for (let step = 0; step < 100; step++) {
    const next = x + (p - normalCdf(x)) / normalDensity(x);
    if (!(next > x)) return x;
    x = next;
  }
  return x;
}

function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}
