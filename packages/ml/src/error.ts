import { type ErrorContext, TradekitError } from '@tradekit/core';

/** Labels, folds, training or a model file cannot be what was asked for. Nothing was trained, read or scored. */
export class MlError extends TradekitError {}

/** Throws `MlError` `ML_OPTION` unless a count is a whole number of at least `least`. */
export function requireCount(of: string, name: string, value: number, least = 1): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new MlError('ML_OPTION', `${of} has the ${name} ${value}; give a whole number of at least ${least}`, {
    of,
    [name]: value,
  });
}

/** Throws `MlError` `ML_OPTION` unless a number lies between two limits, the limits included. */
export function requireBetween(of: string, name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new MlError('ML_OPTION', `${of} has the ${name} ${value}; give a number from ${least} to ${most}`, {
    of,
    [name]: value,
  });
}

/** Throws `MlError` `ML_OPTION` unless a number is finite and above zero. */
export function requireAboveZero(of: string, name: string, value: number): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  throw new MlError('ML_OPTION', `${of} has the ${name} ${value}; give a finite number above 0`, { of, [name]: value });
}

/** Throws `MlError` with a code and a message that says what to do. */
export function fail(code: string, message: string, context: ErrorContext = {}): never {
  throw new MlError(code, message, context);
}
