/** Checks of the parameters of steps, which may come from a config file. */
import { ConfigError, nearest } from '@tradekit/core';

/** Throws `ConfigError` `CLEANING_PARAMETER` on a parameter that a step does not have. */
export function requireKnown(step: string, parameters: object, known: readonly string[]): void {
  for (const name of Object.keys(parameters)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const all = known.length === 0 ? 'it has none' : `known are ${known.join(', ')}`;
    const hint = near === undefined ? all : `did you mean "${near}"?`;
    throw refused(step, name, `the step "${step}" has no parameter "${name}"; ${hint}`);
  }
}

/** Throws `ConfigError` `CLEANING_PARAMETER` unless the value is one of the words. */
export function requireOneOf(step: string, name: string, value: unknown, words: readonly string[]): void {
  if (typeof value === 'string' && words.includes(value)) return;
  throw refused(step, name, `${name} of the step "${step}" is ${shown(value)}; use ${words.join(' or ')}`);
}

/** Throws `ConfigError` `CLEANING_PARAMETER` unless the value is a finite number of at least `least`. */
export function requireNumber(step: string, name: string, value: unknown, least: number): void {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return;
  throw refused(step, name, `${name} of the step "${step}" is ${shown(value)}; give a number of at least ${least}`);
}

/** Throws `ConfigError` `CLEANING_PARAMETER` unless the value is a whole number of at least `least`. */
export function requireWhole(step: string, name: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw refused(step, name, `${name} of the step "${step}" is ${shown(value)}; give a whole number from ${least}`);
}

/** The error of a parameter; `message` has its remedy. */
export function refused(step: string, parameter: string, message: string): ConfigError {
  return new ConfigError('CLEANING_PARAMETER', message, { step, parameter });
}

/** A value for a message. */
export function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
