/** How much an instrument's own part moves from bar to bar, and on which nights it reports earnings. */
import type { BarGrid } from '@tradekit/core';
import { exactExp } from './exact-math.js';
import { BAR_SPECS, type MarketFactor, NIGHT_SPECS } from './market-path.js';
import type { InstrumentProfile } from './profile.js';
import { RandomStream } from './random.js';
import { type ReversionSpec, Reverting, varianceShift } from './reverting.js';

/** The part of the market's log volatility that an instrument's own log volatility follows. */
const MARKET_SHARE = 0.38;
const SLOW: ReversionSpec = { persistence: 0.985, deviation: 0.15, skew: 0 };
const FAST: ReversionSpec = { persistence: 0.5, deviation: 0.13, skew: 0.9 };
const BAR: ReversionSpec = { persistence: 0.87, deviation: 0.18, skew: 0 };
/** Log volatility on the day after an earnings night; halves every day. */
const NEWS_HEAT = 0.75;
const NEWS_PERSISTENCE = 0.5;
/** What the first bar after an earnings night has on top; it fades with the hours. */
const NEWS_OPENING = 0.4;
/** Half the logarithm of what news add to the mean variance. */
const NEWS_SHIFT = 0.05;

/** Sessions from one earnings report to the next, and how far a report may slip. */
export const QUARTER = 63;
const SLIP = 3;

/** Volatility of the part of an instrument's returns that is not the market's. */
export interface VolatilityPath {
  /** Standard deviation of the night's own shock; variance 1 in the long run. */
  readonly night: Float64Array;
  /** The same of each row's. */
  readonly bar: Float64Array;
  /** 1 for the sessions before which earnings came out. */
  readonly earnings: Uint8Array;
  /** News of a session: 1 after an earnings night, then fading. */
  readonly news: Float64Array;
  /** Log volatility of all of the instrument's returns around 0, the part of the day and the part of the bar. */
  readonly dayHeat: Float64Array;
  readonly barHeat: Float64Array;
}

/** Draws an instrument's volatility; its own streams, the market's path and nothing else decide. */
export function volatilityPath(
  seed: number,
  profile: InstrumentProfile,
  market: MarketFactor,
  grid: BarGrid,
): VolatilityPath {
  const sessions = grid.sessions.length;
  const earnings = earningsNights(seed, profile, sessions);
  const path = {
    earnings,
    news: fading(earnings),
    night: new Float64Array(sessions),
    bar: new Float64Array(grid.starts.length),
    dayHeat: new Float64Array(sessions),
    barHeat: new Float64Array(grid.starts.length),
  };
  const random = new RandomStream(seed, 'instrument', profile.id, 'volatility');
  const slow = new Reverting(SLOW, random);
  const fast = new Reverting(FAST, random);
  const hours = new Reverting(BAR, random);
  const nightShift = varianceShift(MARKET_SHARE, ...NIGHT_SPECS) + varianceShift(1, SLOW, FAST);
  const barShift = varianceShift(MARKET_SHARE, ...BAR_SPECS) + varianceShift(1, SLOW, FAST, BAR) + NEWS_SHIFT;
  const marketPart = profile.loadings.market * profile.loadings.market;
  for (let session = 0; session < sessions; session++) {
    const calm = slow.step(random.normal()) + fast.step(random.normal());
    const marketDay = market.nightLogVolatility[session]!;
    const day = calm + NEWS_HEAT * path.news[session]!;
    path.night[session] = exactExp(MARKET_SHARE * marketDay + calm - nightShift);
    path.dayHeat[session] = marketPart * marketDay + (1 - marketPart) * (MARKET_SHARE * marketDay + day);
    hours.value += NEWS_OPENING * earnings[session]!;
    for (let row = grid.firstRow[session]!; row < grid.firstRow[session + 1]!; row++) {
      const marketBar = market.barLogVolatility[row]!;
      const own = hours.step(random.normal());
      path.bar[row] = exactExp(MARKET_SHARE * marketBar + day + own - barShift);
      const marketHour = marketBar - marketDay;
      path.barHeat[row] = marketPart * marketHour + (1 - marketPart) * (MARKET_SHARE * marketHour + own);
    }
  }
  return path;
}

/** One night in every quarter, on its day or up to three sessions around it. */
function earningsNights(seed: number, profile: InstrumentProfile, sessions: number): Uint8Array {
  const random = new RandomStream(seed, 'instrument', profile.id, 'earnings');
  const nights = new Uint8Array(sessions);
  for (let planned = profile.earningsPhase; planned < sessions + SLIP; planned += QUARTER) {
    const night = planned + Math.floor((2 * SLIP + 1) * random.uniform()) - SLIP;
    if (night > 0 && night < sessions) nights[night] = 1;
  }
  return nights;
}

function fading(earnings: Uint8Array): Float64Array {
  let news = 0;
  return Float64Array.from(earnings, (reported) => {
    news = NEWS_PERSISTENCE * news + reported;
    return news;
  });
}
