/**
 * Failures that a caller can act on. A refusal is data, not one of these; a broken invariant is an `InvariantError`.
 */

/** What a failure knows besides its message: plain values, for a log or a program. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | undefined>>;

/** Base of every error the house throws on purpose: a stable code, a message that says what to do, and its context. */
export class TradekitError extends Error {
  readonly code: string;
  readonly context: ErrorContext;

  constructor(code: string, message: string, context: ErrorContext = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.context = context;
  }
}

/** The configuration or a parameter is wrong: nothing was run. */
export class ConfigError extends TradekitError {}

/** A file or a row of market data is wrong or missing. */
export class DataError extends TradekitError {}

/** A day outside the years that a calendar covers, or a text that is no date. */
export class CalendarError extends TradekitError {}

/** A strategy threw, or answered something that cannot be meant: an unknown instrument, a price that is NaN. */
export class StrategyError extends TradekitError {}

/** A risk manager threw or answered something that cannot be meant. */
export class RiskError extends TradekitError {}

/** A broker answered what its contract excludes, or cannot be reached. */
export class BrokerError extends TradekitError {}

/** An invariant of the engine is broken: a bug. Trading stops. */
export class InvariantError extends TradekitError {}

/** The end of a `switch` over a union: a new member that nobody handles does not compile. */
export function assertNever(value: never): never {
  throw new InvariantError(
    'UNHANDLED_CASE',
    `unhandled case ${JSON.stringify(value)}; this is a bug in tradekit, please report it`,
  );
}
