/** A synthetic market as columns of bars. */
import { type BarGrid, type Bars, emptyBars, type Session } from '@tradekit/core';
import { effectPath } from './effect.js';
import { type MarketPath, marketPath } from './market-path.js';
import { type MarketPlan, marketPlan, type SyntheticInstrument, type SyntheticMarketOptions } from './options.js';
import { type PricePath, pricePath } from './prices.js';
import { instrumentProfile } from './profile.js';
import { volatilityPath } from './volatility.js';
import { type VolumePath, volumePath } from './volume.js';

/** One instrument's bars in the form of its file: regular bars, and after each session the bar that starts at its close. */
export interface SyntheticSeries extends Bars {
  readonly instrument: SyntheticInstrument;
  /** Start of each bar, milliseconds since 1970 UTC, ascending. Shared by all instruments of a market. */
  readonly start: Float64Array;
}

/** All bars of a synthetic market. */
export interface SyntheticMarket {
  readonly seed: number;
  readonly sessions: readonly Session[];
  /** In the order of the options. */
  readonly series: readonly SyntheticSeries[];
}

/**
 * The bars of a synthetic market, in memory. A pure function: the same options give the same bits on every machine. The
 * open of the bar that starts at a session's close is the official close, as in vendors' files.
 * Throws `ConfigError` on options that cannot be meant.
 */
export function syntheticBars(options: SyntheticMarketOptions = {}): SyntheticMarket {
  const plan = marketPlan(options);
  return { seed: plan.seed, sessions: plan.grid.sessions, series: [...syntheticSeries(plan)] };
}

/** The instruments of a checked plan one after the other: only one has to be in memory. */
export function* syntheticSeries(plan: MarketPlan): Generator<SyntheticSeries> {
  const { seed, grid, instruments } = plan;
  const factors = marketPath(seed, grid, instruments);
  const start = starts(grid);
  for (const instrument of instruments) yield { instrument, start, ...instrumentBars(plan, instrument, factors) };
}

function instrumentBars(
  { seed, grid, effect, drift }: MarketPlan,
  instrument: SyntheticInstrument,
  factors: MarketPath,
): Bars {
  const usual = instrumentProfile(seed, instrument);
  const { intradayDrift, overnightDrift } = usual;
  const profile = { ...usual, intradayDrift: drift * intradayDrift, overnightDrift: drift * overnightDrift };
  const volatility = volatilityPath(seed, profile, factors.market, grid);
  const prices = pricePath(seed, profile, factors, volatility, grid, effectPath(effect, seed, instrument.id));
  const volume = volumePath(seed, profile, volatility, prices.surprise, grid);
  return joined(prices, volume, grid);
}

/** Starts of the regular bars with each session's close after them. */
function starts({ sessions, firstRow, starts: regular }: BarGrid): Float64Array {
  const all = new Float64Array(regular.length + sessions.length);
  for (const [place, session] of sessions.entries()) {
    const [first, end] = [firstRow[place]!, firstRow[place + 1]!];
    all.set(regular.subarray(first, end), first + place);
    all[end + place] = session.close;
  }
  return all;
}

/** Session `s` begins `s` rows later than in the grid, and its last row is the bar that starts at the close. */
function joined(prices: PricePath, volume: VolumePath, { sessions, firstRow, starts: regular }: BarGrid): Bars {
  const bars = emptyBars(regular.length + sessions.length);
  for (let session = 0; session < sessions.length; session++) {
    const [first, end] = [firstRow[session]!, firstRow[session + 1]!];
    for (const field of ['open', 'high', 'low', 'close'] as const) {
      bars[field].set(prices[field].subarray(first, end), first + session);
    }
    bars.volume.set(volume.bar.subarray(first, end), first + session);
    const last = end + session;
    const [open, close] = [prices.official[session]!, prices.afterClose[session]!];
    bars.open[last] = open;
    bars.high[last] = Math.max(open, close);
    bars.low[last] = Math.min(open, close);
    bars.close[last] = close;
    bars.volume[last] = volume.afterClose[session]!;
  }
  return bars;
}
