/** Where in the user's own files something was thrown. */
import { basename, dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StrategyError, TradekitError } from '@tradekit/core';

/** The same error with the line of the user's file that it came from, where there is one: what to correct, and where. */
export function blamed(error: unknown, files: readonly string[]): unknown {
  const place = placeIn(error, files);
  if (place === undefined) return error;
  const remedy = `correct it at ${place}`;
  if (error instanceof TradekitError) {
    const Kind = error.constructor as typeof TradekitError;
    return new Kind(error.code, `${error.message}; ${remedy}`, error.context, { cause: error });
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new StrategyError(
    'USER_CODE_FAILED',
    `a strategy or risk manager threw ${what}; ${remedy}`,
    {},
    { cause: error },
  );
}

/** `at name (path:line:column)`, or without a name. */
const FRAME = /(?:\(|at (?:async )?)([^(]*?):(\d+):\d+\)?$/;

/** The topmost line of a stack that lies in one of the files or beside it: of the innermost cause that has one. */
export function placeIn(error: unknown, files: readonly string[]): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const inner = placeIn(error.cause, files);
  if (inner !== undefined) return inner;
  for (const frame of error.stack?.split('\n').slice(1) ?? []) {
    const [, at, line] = FRAME.exec(frame) ?? [];
    if (at === undefined) continue;
    const path = at.startsWith('file://') ? fileURLToPath(at) : at;
    const root = files.find((file) => path === file || isBeside(path, dirname(file)));
    if (root !== undefined) return `${path === root ? basename(path) : relative(dirname(root), path)}:${line}`;
  }
  return undefined;
}

function isBeside(path: string, folder: string): boolean {
  return path.startsWith(folder + sep) && !path.slice(folder.length).includes(`${sep}node_modules${sep}`);
}
