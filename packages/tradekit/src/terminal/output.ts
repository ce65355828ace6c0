/** Files that a command leaves: what the file system refuses is told with the place, and what to do. */
import { mkdirSync } from 'node:fs';
import { TradekitError } from '@tradekit/core';

/** Makes the folder and writes into it. Throws `TradekitError` `OUTPUT` where the file system refuses. */
export function writtenInto(folder: string, write: () => void): void {
  try {
    mkdirSync(folder, { recursive: true });
    write();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const message = `"${folder}" cannot be written into: ${error.message}; name another folder, or make room`;
    throw new TradekitError('OUTPUT', message, { folder }, { cause: error });
  }
}
