/** Shares traded: a smile over the session, days and hours that are busier, and more when prices move. */
import type { BarGrid } from '@tradekit/core';
import { exactExp } from './exact-math.js';
import { intradayShape } from './intraday-shape.js';
import type { InstrumentProfile } from './profile.js';
import { RandomStream } from './random.js';
import { type ReversionSpec, Reverting } from './reverting.js';
import type { VolatilityPath } from './volatility.js';

/** How log volume follows log volatility from day to day and from bar to bar, news, and a bar's own surprise. */
const DAY_HEAT = 0.85;
const BAR_HEAT = 0.5;
const NEWS = 0.45;
const SURPRISE = 0.07;
const SLOW: ReversionSpec = { persistence: 0.99, deviation: 0.15, skew: 0 };
const FAST: ReversionSpec = { persistence: 0.7, deviation: 0.24, skew: 0 };
const BAR: ReversionSpec = { persistence: 0.55, deviation: 0.22, skew: 0 };
const NOISE = 0.19;
/** Mean of the size of a standard normal number. */
const MEAN_SURPRISE = 0.8;
/** Volume of the bar that starts at the official close, over the session's, and the spread of its logarithm. */
const AFTER_CLOSE_SHARE = 0.023;
const AFTER_CLOSE_NOISE = 0.35;

/** Whole shares, at least one a bar. */
export interface VolumePath {
  /** By row of the grid. */
  readonly bar: Float64Array;
  /** Of the bar that starts at the official close, by session. */
  readonly afterClose: Float64Array;
}

/** Draws an instrument's volume to go with its volatility and the surprises in its prices. */
export function volumePath(
  seed: number,
  profile: InstrumentProfile,
  volatility: VolatilityPath,
  surprise: Float64Array,
  { sessions, firstRow, starts }: BarGrid,
): VolumePath {
  const bar = new Float64Array(starts.length);
  const afterClose = new Float64Array(sessions.length);
  const random = new RandomStream(seed, 'instrument', profile.id, 'volume');
  const slow = new Reverting(SLOW, random);
  const fast = new Reverting(FAST, random);
  const hours = new Reverting(BAR, random);
  for (let session = 0; session < sessions.length; session++) {
    const [first, end] = [firstRow[session]!, firstRow[session + 1]!];
    const { logVolume } = intradayShape(end - first)!;
    const day =
      slow.step(random.normal()) +
      fast.step(random.normal()) +
      DAY_HEAT * volatility.dayHeat[session]! +
      NEWS * volatility.news[session]!;
    for (let row = first; row < end; row++) {
      const hour = hours.step(random.normal()) + BAR_HEAT * volatility.barHeat[row]!;
      const push = SURPRISE * (surprise[row]! - MEAN_SURPRISE) + NOISE * random.normal();
      bar[row] = shares(profile.sessionShares * exactExp(logVolume[row - first]! + day + hour + push));
    }
    const quiet = AFTER_CLOSE_NOISE * random.normal();
    afterClose[session] = shares(profile.sessionShares * AFTER_CLOSE_SHARE * exactExp(day + quiet));
  }
  return { bar, afterClose };
}

function shares(amount: number): number {
  return Math.max(1, Math.round(amount));
}
