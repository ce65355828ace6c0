/**
 * Exponential, logarithm and normal quantile from + − × ÷ and the square root alone. IEEE 754 fixes every bit of these five,
 * and JavaScript allows no other rounding, while the last bit of `Math.exp` and its kin may differ between engines: a
 * synthetic market is the same bytes on every machine by construction.
 */

// ln 2 in two parts: the first has trailing zeros, so that a small whole multiple of it is exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const SQRT_HALF = Math.sqrt(0.5);

/** 2 to the powers −1022 … 1023, made by doubling and halving, which are exact. */
const POWERS_OF_TWO = powersOfTwo();

/** e to the power `x`, to about 2e-16 relative; 0 below −708 and Infinity above 709. */
export function exactExp(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Number.POSITIVE_INFINITY;
  const exponent = Math.floor(x / LN2_HIGH + 0.5);
  const rest = x - exponent * LN2_HIGH - exponent * LN2_LOW;
  // Taylor's series in Horner's form: |rest| ≤ 0.347, so that the first term left out is below 2e-16.
  let sum = 1;
  for (let term = 12; term >= 1; term--) sum = 1 + (rest * sum) / term;
  return sum * POWERS_OF_TWO[exponent + 1022]!;
}

/** Natural logarithm of a positive normal number, to about 3e-16 absolute or relative, whichever is larger. */
export function exactLog(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa < SQRT_HALF; mantissa *= 2) exponent--;
  for (; mantissa >= 2 * SQRT_HALF; mantissa /= 2) exponent++;
  // ln m = 2 artanh((m − 1) / (m + 1)); |s| ≤ 0.172, so that the first term left out is below 1e-17.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let power = 19; power >= 1; power -= 2) sum = sum * square + 1 / power;
  return exponent * LN2_HIGH + (2 * s * sum + exponent * LN2_LOW);
}

/**
 * The number below which a standard normal variable lies with probability `p`, 0 < p < 1, to about 1e-16 relative.
 * M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477–484.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_ABOVE, r)) / polynomial(CENTRE_BELOW, r);
  }
  const r = Math.sqrt(-exactLog(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? polynomial(MIDDLE_ABOVE, r - 1.6) / polynomial(MIDDLE_BELOW, r - 1.6)
      : polynomial(TAIL_ABOVE, r - 5) / polynomial(TAIL_BELOW, r - 5);
  return q < 0 ? -size : size;
}

/** Value at `x` of the polynomial with these eight coefficients, the highest power first. */
function polynomial(c: readonly number[], x: number): number {
  return ((((((c[0]! * x + c[1]!) * x + c[2]!) * x + c[3]!) * x + c[4]!) * x + c[5]!) * x + c[6]!) * x + c[7]!;
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let place = 1023; place < 2046; place++) powers[place] = powers[place - 1]! * 2;
  for (let place = 1021; place >= 0; place--) powers[place] = powers[place + 1]! / 2;
  return powers;
}

// Coefficients of AS 241 in the order of falling powers.
const CENTRE_ABOVE = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
];
const CENTRE_BELOW = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
];
const MIDDLE_ABOVE = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const MIDDLE_BELOW = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const TAIL_ABOVE = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const TAIL_BELOW = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133, 0.014875361290850615,
  0.1369298809227358, 0.599832206555888, 1,
];
