/** Parameters of the strategy on a model: from a config or from code, within bounds. */
import { type BarFeed, ConfigError, nearest } from '@tradekit/core';
import type { RetrainOptions } from '../retrain/retrain.js';

/** When a stance is taken, kept and given up. */
export interface MlRules {
  /** Share of up in the probabilities of up and down from which an instrument is bought. Default 0.53. */
  readonly enterShare: number;
  /** Share below which it is sold again, at most {@link enterShare}. Default 0.5. */
  readonly exitShare: number;
  /** Costs of one side in hundredths of a percent, taken twice from what a trade is expected to return. Default 2. */
  readonly costBps: number;
  /** What must remain of the expected return after costs. Default 0. */
  readonly minNetBps: number;
  /** Expected to fall, it is sold short by the same rules. Default false. */
  readonly shorts: boolean;
  /** Wishes carry a stop and a target at the mean moves of down and up, and the probability at which such a bet is worth what is expected: what `kelly` sizes by. Default false. */
  readonly protect: boolean;
  /** Population stability index of a feature from which nothing is opened and all is closed; 0 does not look. Default 0.25. */
  readonly driftLimit: number;
  /** Sessions whose features are compared with those of the training. Default 60. */
  readonly driftSessions: number;
  /** Part of an instrument's features that may be missing; above it nothing is opened. Default 0. */
  readonly maxMissingFraction: number;
}

/** {@link MlRules}, all with a default, and where the models come from: a folder, or training as the bars come. */
export interface MlStrategyParameters extends Partial<MlRules> {
  /** A folder that `tradekit train` has left. */
  readonly model?: string;
  /** Trains again and again on what has been seen so far, in place of a folder. */
  readonly retrain?: RetrainOptions;
  /** Whose trades the bars are made of. Default `unknown`. The runner says it itself. */
  readonly feed?: BarFeed;
  /** Feeds that the model may see beside its own. */
  readonly feeds?: readonly BarFeed[];
}

const NUMBERS: Readonly<Record<string, readonly [standard: number, least: number, most: number]>> = {
  enterShare: [0.53, 0.5, 1],
  exitShare: [0.5, 0, 1],
  costBps: [2, 0, 1000],
  minNetBps: [0, -1000, 1000],
  driftLimit: [0.25, 0, 100],
  driftSessions: [60, 1, 1000],
  maxMissingFraction: [0, 0, 1],
};
const FLAGS = ['shorts', 'protect'] as const;
const SOURCES = ['model', 'retrain', 'feed', 'feeds'] as const;

/** The rules with defaults in place. Throws `ConfigError` `STRATEGY_PARAMETER` on what is not known, of another kind or out of range. */
export function rulesOf(given: object): MlRules {
  const known = [...Object.keys(NUMBERS), ...FLAGS, ...SOURCES];
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    refuse(
      name,
      `has no parameter "${name}"; ${near === undefined ? `known are ${known.join(', ')}` : `did you mean "${near}"?`}`,
    );
  }
  const values: Readonly<Record<string, unknown>> = { ...given };
  const numbers = Object.entries(NUMBERS).map(([name, [standard, least, most]]) => {
    const value = values[name] ?? standard;
    if (typeof value === 'number' && value >= least && value <= most) return [name, value] as const;
    return refuse(name, `has ${name} ${JSON.stringify(value)}; give a number from ${least} to ${most}`);
  });
  const flags = FLAGS.map((name) => {
    const value = values[name] ?? false;
    return typeof value === 'boolean'
      ? ([name, value] as const)
      : refuse(name, `has ${name} ${JSON.stringify(value)}; give true or false`);
  });
  const rules = Object.fromEntries<unknown>([...numbers, ...flags]) as unknown as MlRules;
  if (!Number.isInteger(rules.driftSessions))
    refuse('driftSessions', 'counts parts of sessions; give a whole number of driftSessions');
  if (rules.exitShare > rules.enterShare) {
    const what = `has enterShare ${rules.enterShare} and exitShare ${rules.exitShare}; a position is closed at a smaller share than it is opened at`;
    refuse('exitShare', what);
  }
  return rules;
}

/** Throws `ConfigError` `STRATEGY_PARAMETER`. */
export function refuse(parameter: string, what: string): never {
  throw new ConfigError('STRATEGY_PARAMETER', `the strategy on a model ${what}`, { parameter });
}
