/** What a failure means to whoever started the program: one message, and an exit code. */
import { CalendarError, ConfigError, DataError, TradekitError } from '@tradekit/core';

/** How the program ends: done, failed, bad config or usage, bad data. Interrupted it is 128 + the number of the signal. */
export const EXIT: { readonly done: 0; readonly failed: 1; readonly usage: 2; readonly data: 3 } = {
  done: 0,
  failed: 1,
  usage: 2,
  data: 3,
};

/** The exit code of an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError || error instanceof CalendarError) return EXIT.usage;
  return error instanceof DataError ? EXIT.data : EXIT.failed;
}

/** What to print of an error: its message, and for one that is not the house's own what kind it is. */
export function messageOf(error: unknown): string {
  if (error instanceof TradekitError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('syscall' in error) return `the system refused: ${error.message}`;
  return `${error.name}: ${error.message}`;
}
