/** A user's own code: TypeScript or JavaScript as it is, with the runner's own copy of the packages. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as backtest from '@tradekit/backtest';
import * as simulated from '@tradekit/brokers/simulated';
import * as core from '@tradekit/core';
import { ConfigError, StrategyError, TradekitError } from '@tradekit/core';
import * as data from '@tradekit/data';
import * as indicators from '@tradekit/indicators';
import * as ml from '@tradekit/ml';
import * as mlStrategy from '@tradekit/ml/strategy';
import * as risk from '@tradekit/risk';
import * as strategies from '@tradekit/strategies';
import * as meanReversion from '@tradekit/strategies/mean-reversion';
import * as momentum from '@tradekit/strategies/momentum';
import type { Jiti } from 'jiti';
import { placeIn } from './blame.js';

// By require: as an import, Node first reads all of it for the names that it exports, which costs 40 ms of every start.
const { createJiti } = createRequire(import.meta.url)('jiti') as typeof import('jiti');

/** What a user's import of these names gets: one copy in the process, whatever else is installed. */
const SHARED = {
  '@tradekit/backtest': backtest,
  '@tradekit/brokers/simulated': simulated,
  '@tradekit/core': core,
  '@tradekit/data': data,
  '@tradekit/indicators': indicators,
  '@tradekit/ml': ml,
  '@tradekit/ml/strategy': mlStrategy,
  '@tradekit/risk': risk,
  '@tradekit/strategies': strategies,
  '@tradekit/strategies/mean-reversion': meanReversion,
  '@tradekit/strategies/momentum': momentum,
};

/** Something of the user's that a config names. */
export interface UserCode {
  /** Path of a file, or name of a package. */
  readonly use: string;
  /** Where it is named: `config.yaml:12`. */
  readonly place: string;
}

/** Loads users' files for one config; a file that two strategies name is loaded once. */
export class UserCodeLoader {
  readonly #jiti: Jiti;

  /** `config`: packages are looked for from there. */
  constructor(config: string) {
    this.#jiti = createJiti(pathToFileURL(config).href, { virtualModules: SHARED, sourceMaps: true });
  }

  /**
   * The function that a file default-exports. `what` names its type for a message. Throws `ConfigError` when it is missing,
   * and `StrategyError` when the file itself fails.
   */
  async defaultFunction({ use, place }: UserCode, what: string): Promise<(...args: never[]) => unknown> {
    const found = defaultOf(await this.#import(use, place, what));
    if (typeof found === 'function') return found as (...args: never[]) => unknown;
    const has = found === undefined ? 'has no default export' : `default-exports ${article(found)}`;
    throw new ConfigError('USER_CODE_EXPORT', `${place}: "${use}" ${has}; default-export a ${what}`, { use });
  }

  async #import(use: string, place: string, what: string): Promise<unknown> {
    try {
      return await this.#jiti.import<unknown>(use);
    } catch (error) {
      if (isMissing(error, use)) {
        throw new ConfigError(
          'USER_CODE_MISSING',
          `${place}: no package "${use}"; install it, or start the path of a file with ./`,
          { use },
          { cause: error },
        );
      }
      throw failed({ use, place }, `the ${what} "${use}" could not be loaded`, error);
    }
  }
}

/** The default export; of CommonJS that exports a function, the function. */
function defaultOf(module: unknown): unknown {
  if (typeof module === 'function') return module;
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}

/** Runs a user's factory. An error of tradekit's own keeps its kind; any other becomes one that names the place. */
export function made<T>({ use, place }: UserCode, what: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof ConfigError)
      throw new ConfigError(error.code, `${place}: ${error.message}`, error.context, { cause: error });
    if (error instanceof TradekitError) throw error;
    throw failed({ use, place }, `the ${what} "${use}" could not be made`, error);
  }
}

function failed({ use, place }: UserCode, what: string, cause: unknown): StrategyError {
  const at = placeIn(cause, [use]);
  const remedy = at === undefined ? 'correct the file, or what it is given' : `correct it at ${at}`;
  return new StrategyError('USER_CODE_FAILED', `${place}: ${what}: ${reasonOf(cause)}; ${remedy}`, { use }, { cause });
}

/** One line of what was thrown. */
function reasonOf(error: unknown): string {
  const text =
    error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error);
  return text.split('\n', 1)[0] ?? text;
}

function isMissing(error: unknown, use: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return (
    (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND') && error.message.includes(`'${use}'`)
  );
}

function article(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
