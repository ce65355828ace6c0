/** The normal distribution, as far as tests and quantiles need it. */

/** Below it the series is taken, above it the continued fraction. */
const SERIES_UP_TO = 2;
const MOST_TERMS = 500;

/**
 * The complementary error function 2 ÷ √π ∫ₓ^∞ e^(−t²) dt, to about 14 digits. Source: NIST Digital Library of Mathematical
 * Functions, 7.6.2 (a series of positive terms) and 7.9.1 (a continued fraction, from its end).
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < SERIES_UP_TO) {
    let term = x;
    let sum = x;
    for (let n = 1; n < MOST_TERMS && term > sum * Number.EPSILON; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let tail = 0;
  for (let n = MOST_TERMS; n >= 1; n--) tail = n / 2 / (x + tail);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + tail));
}

/** The probability that a standard normal number is at most `z`. */
export function normalCdf(z: number): number {
  return erfc(0 - z / Math.SQRT2) / 2;
}

/** The density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * The z that a standard normal number stays below with a probability, above 0 and below 1. By Newton's steps from 0: above the
 * median the distribution is concave, so that they come to the root from below and never pass it.
 */
export function normalQuantile(probability: number): number {
  if (probability < 0.5) return -normalQuantile(1 - probability);
  let z = 0;
  for (let step = 0; step < MOST_TERMS; step++) {
    const next = z + (erfc(z / Math.SQRT2) / 2 - (1 - probability)) / normalDensity(z);
    if (!(next > z)) return z;
    z = next;
  }
  return z;
}
