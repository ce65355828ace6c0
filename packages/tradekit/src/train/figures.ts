/** How good what was said is: as a whole, and by fold, symbol and hour. */
import {
  accuracy,
  DOWN,
  FLAT,
  hitRate,
  logLoss,
  netByProbability,
  type ProbabilityBucket,
  UP,
  upAgainstDownByFold,
} from '@tradekit/ml';
import type { Tested } from './tested.js';

/** Figures of some tested samples. `null` where there is nothing to be reckoned. */
export interface Figures {
  readonly samples: number;
  /** Area under the ROC curve of up against down, given not flat: the skill in direction; 0.5 is none. Rows are compared within their fold. */
  readonly upAgainstDown: number | null;
  /** Of that, with sessions as clusters. */
  readonly standardError: number | null;
  /** Nats. */
  readonly logLoss: number;
  /** Of the rates of the training. */
  readonly baseLogLoss: number;
  /** Of the rates of the training by time of day and past volatility. */
  readonly slotLogLoss: number;
  /** Part of the samples whose likeliest class came. */
  readonly accuracy: number;
  readonly baseAccuracy: number;
  readonly slotAccuracy: number;
  /** Part of the samples that did not stay flat whose likelier side came. */
  readonly hitRate: number | null;
  /** Mean return after costs of a trade of every sample on its likelier side, in hundredths of a percent. */
  readonly netBps: number | null;
}

/** Figures of the samples at some places; `costBps` of one side. */
export function figuresOf(tested: Tested, places: Int32Array, costBps: number): Figures {
  const three = (column: Float64Array): Float64Array => {
    const out = new Float64Array(3 * places.length);
    for (const [k, place] of places.entries()) out.set(column.subarray(3 * place, 3 * place + 3), 3 * k);
    return out;
  };
  const one = (column: Float64Array): Float64Array => Float64Array.from(places, (place) => column[place]!);
  const [said, base, slot] = [three(tested.said), three(tested.base), three(tested.slotBase)];
  const [classes, returns] = [one(tested.classes), one(tested.returns)];
  const sessions = places.map((place) => tested.session[place]!);
  const folds = places.map((place) => tested.fold[place]!);
  const hasBoth = someFoldHasBoth(classes, folds);
  const skill = hasBoth ? upAgainstDownByFold(said, classes, sessions, folds) : undefined;
  const [all] = netByProbability({ probabilities: said, classes, returns }, { costBps: 2 * costBps, limits: [0] });
  return {
    samples: places.length,
    upAgainstDown: skill?.auc ?? null,
    standardError: skill === undefined || Number.isNaN(skill.standardError) ? null : skill.standardError,
    logLoss: logLoss(said, 3, classes),
    baseLogLoss: logLoss(base, 3, classes),
    slotLogLoss: logLoss(slot, 3, classes),
    accuracy: accuracy(said, 3, classes),
    baseAccuracy: accuracy(base, 3, classes),
    slotAccuracy: accuracy(slot, 3, classes),
    hitRate: classes.every((own) => own === FLAT) ? null : hitRate(said, classes),
    netBps: all?.netBps ?? null,
  };
}

function someFoldHasBoth(classes: Float64Array, folds: Int32Array): boolean {
  const ups = new Set(folds.filter((_, row) => classes[row] === UP));
  return folds.some((fold, row) => classes[row] === DOWN && ups.has(fold));
}

/** Figures of each group, in the order of the keys. */
export function figuresBy(
  tested: Tested,
  keys: Int32Array,
  costBps: number,
): readonly (readonly [key: number, figures: Figures])[] {
  const groups = new Map<number, number[]>();
  for (const [place, key] of keys.entries()) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([key, places]) => [key, figuresOf(tested, Int32Array.from(places), costBps)] as const);
}

/** Trades of every sample on its likelier side, by the probability of that side. */
export function tradesOf({ said, classes, returns }: Tested, costBps: number): readonly ProbabilityBucket[] {
  return netByProbability({ probabilities: said, classes, returns }, { costBps: 2 * costBps });
}
