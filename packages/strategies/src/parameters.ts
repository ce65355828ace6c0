/** Parameters of a strategy: from a config file or from code, with defaults, within bounds. */
import { ConfigError, nearest } from '@tradekit/core';

/** What a parameter may be, and what it is when it is not given. */
export type Allowed<T> = [T] extends [number]
  ? { readonly default: number; readonly least: number; readonly most: number; readonly whole?: boolean }
  : { readonly default: T; readonly words?: readonly T[] };

/** One for each parameter. */
export type Schema<P> = { readonly [K in keyof P]-?: Allowed<P[K]> };

/**
 * The parameters of a strategy with defaults in place. Throws `ConfigError` `STRATEGY_PARAMETER` on one that is not known, with the nearest
 * known name, and on a value outside its bounds or of another kind.
 */
export function parametersOf<P extends object>(strategy: string, given: object, schema: Schema<P>): Readonly<P> {
  const known = Object.keys(schema);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean "${near}"?`;
    throw refused(strategy, name, `has no parameter "${name}"; ${hint}`);
  }
  const entries = Object.entries<Allowed<unknown>>(schema as Record<string, Allowed<unknown>>).map(
    ([name, allowed]) => {
      const value = (given as Record<string, unknown>)[name] ?? allowed.default;
      requireAllowed(strategy, name, value, allowed as Allowed<number> | Allowed<string>);
      return [name, value] as const;
    },
  );
  return Object.freeze(Object.fromEntries(entries)) as Readonly<P>;
}

function requireAllowed(
  strategy: string,
  name: string,
  value: unknown,
  allowed: Allowed<number> | Allowed<string>,
): void {
  const shown = `has ${name} ${typeof value === 'string' ? `"${value}"` : String(value)}`;
  if ('least' in allowed) {
    const { least, most, whole = false } = allowed;
    const isNumber = typeof value === 'number' && value >= least && value <= most;
    if (isNumber && (!whole || Number.isInteger(value))) return;
    throw refused(strategy, name, `${shown}; give a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
  }
  if (typeof value === typeof allowed.default && (allowed.words?.includes(value as string) ?? true)) return;
  const remedy = allowed.words === undefined ? 'give true or false' : `use ${allowed.words.join(' or ')}`;
  throw refused(strategy, name, `${shown}; ${remedy}`);
}

function refused(strategy: string, name: string, what: string): ConfigError {
  return new ConfigError('STRATEGY_PARAMETER', `strategy ${strategy} ${what}`, { strategy, parameter: name });
}
