/** Faults of a config: all that there are, each with its place and what to do. */
import { ConfigError } from '@tradekit/core';

/** One thing that is wrong. */
export interface ConfigFault {
  /** Name of the file; absent where a flag is meant. */
  readonly file?: string;
  /** Line in it; the first is 1. */
  readonly line?: number;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** Everything that is wrong with a config, found in one pass. The message has one line for each. */
export class ConfigFaults extends ConfigError {
  /** At least one, in the order of the lines of each file. */
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super('CONFIG', faults.map(faultText).join('\n'), { faults: faults.length });
    this.faults = faults;
  }
}

function faultText({ file, line, message }: ConfigFault): string {
  if (file === undefined) return message;
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}
