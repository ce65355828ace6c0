import { fail } from '../../error.js';

/**
 * The shortest text that gives a number in single precision, always with a point or an exponent: XGBoost 1.7 takes `1` for another type. Throws `MlError`
 * when the number is not finite.
 */
export function decimal(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) {
    return fail('MODEL_FIELD', `the model holds ${value}, which no file can; train it again`, { value });
  }
  if (Object.is(single, -0)) return '-0.0';
  let text = String(single);
  for (let digits = 1; digits <= 9; digits++) {
    const shorter = Number(single.toPrecision(digits));
    if (Math.fround(shorter) !== single) continue;
    text = String(shorter);
    break;
  }
  return /[.e]/.test(text) ? text.replace('e', 'E') : `${text}.0`;
}
