/** The softmax, with an exponential of its own: engines are free to round theirs as they like, and WebAssembly has none. */

/** The least second derivative of a row, so that no leaf divides by zero. */
export const LEAST_SECOND = 1e-16;

/** The natural logarithm of 2 in two parts: the first has 32 bits, so that its multiples are exact. */
const LN2_HIGH = 2_977_044_471 / 2 ** 32;
const LN2_LOW = 1.9082149292705877e-10;
/** Below it the answer is 0; e^−708 is about the least number of full precision. */
const LOWEST = -708;
/** 2 to the power of minus its place. */
const POWERS: Float64Array = Float64Array.from({ length: 1023 }, (_, k) => 2 ** -k);

/**
 * e^x for x not above 0, to two units in the last place: e^(k ln 2 + r) = 2^k e^r, and e^r by its series, of which 14 terms are
 * enough. They are added in pairs: one after the other each would wait for the one before.
 */
function exponential(x: number): number {
  if (!(x >= LOWEST)) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const r2 = r * r;
  const r4 = r2 * r2;
  const a = 1 + r + (1 / 2 + (1 / 6) * r) * r2;
  const b = 1 / 24 + (1 / 120) * r + (1 / 720 + (1 / 5040) * r) * r2;
  const c = 1 / 40_320 + (1 / 362_880) * r + (1 / 3_628_800 + (1 / 39_916_800) * r) * r2;
  const d = 1 / 479_001_600 + (1 / 6_227_020_800) * r;
  return (a + b * r4 + (c + d * r4) * (r4 * r4)) * POWERS[-k]!;
}

/** The probabilities of a row whose margins begin at `from`. */
export function probabilities(margins: Float64Array, from: number, p: Float64Array): void {
  let largest = margins[from]!;
  for (let k = 1; k < p.length; k++) if (margins[from + k]! > largest) largest = margins[from + k]!;
  let sum = 0;
  for (let k = 0; k < p.length; k++) {
    const own = exponential(margins[from + k]! - largest);
    p[k] = own;
    sum += own;
  }
  for (let k = 0; k < p.length; k++) p[k] = p[k]! / sum;
}

/** What derivatives are taken of: margins at `row * outputs + output`, targets and weights by row. */
export interface Rows {
  readonly margins: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
}

/** Writes first and second derivative of each row side by side, one column an output. XGBoost's second derivative is 2 p (1 − p). */
export function softmaxDerivatives({ margins, targets, weights }: Rows, out: readonly Float64Array[]): void {
  const outputs = out.length;
  const p = new Float64Array(outputs);
  for (let row = 0; row < targets.length; row++) {
    const weight = weights[row]!;
    probabilities(margins, row * outputs, p);
    for (let k = 0; k < outputs; k++) {
      const own = p[k]!;
      const column = out[k]!;
      column[2 * row] = (own - (targets[row] === k ? 1 : 0)) * weight;
      column[2 * row + 1] = Math.max(2 * own * (1 - own), LEAST_SECOND) * weight;
    }
  }
}
