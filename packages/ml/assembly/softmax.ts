/** The derivatives of the softmax loss, as `softmax.ts` in TypeScript has them: the same operations in the same order, so that the same bits come out. */

const LEAST_SECOND: f64 = 1e-16;
const LN2_HIGH: f64 = 2977044471.0 / 4294967296.0;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const LOG2E: f64 = Math.LOG2E;

/** e^x for x not above 0; the power of 2 is made of its bits. */
function exponential(x: f64): f64 {
  if (!(x >= -708.0)) return 0;
  const k = floor(x * LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const r2 = r * r;
  const r4 = r2 * r2;
  const a = 1.0 + r + (1.0 / 2.0 + (1.0 / 6.0) * r) * r2;
  const b = 1.0 / 24.0 + (1.0 / 120.0) * r + (1.0 / 720.0 + (1.0 / 5040.0) * r) * r2;
  const c = 1.0 / 40320.0 + (1.0 / 362880.0) * r + (1.0 / 3628800.0 + (1.0 / 39916800.0) * r) * r2;
  const d = 1.0 / 479001600.0 + (1.0 / 6227020800.0) * r;
  return (a + b * r4 + (c + d * r4) * (r4 * r4)) * reinterpret<f64>((<i64>k + 1023) << 52);
}

/** Writes first and second derivative of each row side by side; the column of an output begins `16 * rows` bytes after the one before it. */
export function softmax(margins: usize, targets: usize, weights: usize, rows: usize, outputs: usize, out: usize): void {
  const size = outputs << 3;
  const column = rows << 4;
  for (let row: usize = 0; row < rows; row++) {
    let largest = load<f64>(margins);
    for (let k: usize = 8; k < size; k += 8) {
      const own = load<f64>(margins + k);
      if (own > largest) largest = own;
    }
    let sum: f64 = 0;
    let to = out;
    for (let k: usize = 0; k < size; k += 8) {
      const own = exponential(load<f64>(margins + k) - largest);
      store<f64>(to, own);
      sum += own;
      to += column;
    }
    const target = load<f64>(targets);
    const weight = load<f64>(weights);
    to = out;
    for (let k: usize = 0; k < outputs; k++) {
      const own = load<f64>(to) / sum;
      store<f64>(to, (own - select<f64>(1, 0, <f64>k === target)) * weight);
      store<f64>(to, max(2.0 * own * (1.0 - own), LEAST_SECOND) * weight, 8);
      to += column;
    }
    margins += size;
    targets += 8;
    weights += 8;
    out += 16;
  }
}
