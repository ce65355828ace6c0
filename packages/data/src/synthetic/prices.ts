/** From factors and volatility to prices: nights, opens, closes, highs and lows, on the cent. */
import type { BarGrid } from '@tradekit/core';
import type { EffectPath } from './effect.js';
import { exactLog } from './exact-math.js';
import { type IntradayShape, intradayShape } from './intraday-shape.js';
import type { FactorPath, MarketPath } from './market-path.js';
import type { InstrumentProfile } from './profile.js';
import { RandomStream } from './random.js';
import { QUARTER, type VolatilityPath } from './volatility.js';

/** The market's variance at night over its mean in a session, before earnings gaps. */
const NIGHT_MARKET = 1.4;
/** Bars of a full session: the session's variance is spread over them. */
const FULL_DAY_BARS = 26;
/** Cubic terms that fatten the tails of own bars, earnings gaps and the closing auction. */
const BAR_TAIL = 0.012;
const EARNINGS_TAIL = 0.05;
const NIGHT_TAIL = 0.09;
const AUCTION_TAIL = 0.2;
const OPEN_TAIL = 0.05;
/** Standard deviation of a bar's open around the close before, as a part of the bar's own. */
const OPEN_STEP = 0.07;
/** Standard deviation of the official close around the last bar's, as a part of the session's. */
const AUCTION_STEP = 0.0265;
/** Standard deviation of the bar that follows the official close. */
const AFTER_CLOSE_STEP = 0.0003;
/** No part of the market may be more than this of a bar's variance. */
const LARGEST_MARKET_SHARE = 0.95;
/** Larger moves of a night or a bar are cut off, in both directions. */
const LARGEST_NIGHT = 0.6;
const LARGEST_BAR = 0.3;

/** Prices in dollars on whole cents: columns by row of the grid, and what happens at each official close. */
export interface PricePath {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Official close of each session, and the close of the bar that starts at it. */
  readonly official: Float64Array;
  readonly afterClose: Float64Array;
  /** Size of each bar's own surprise in standard deviations. */
  readonly surprise: Float64Array;
}

/** What a bar's return is made of. */
interface Weights {
  /** On the market's factor. */
  readonly market: number;
  /** On everything else. */
  readonly rest: number;
}

/**
 * Walks the prices. Simple returns have a constant mean, whatever came before: the price is a martingale but for the drift,
 * the cent, and an effect where one is planted.
 */
export function pricePath(
  seed: number,
  profile: InstrumentProfile,
  factors: MarketPath,
  volatility: VolatilityPath,
  grid: BarGrid,
  effect: EffectPath,
): PricePath {
  const walk = new PriceWalk(seed, profile, factors, volatility, grid, effect);
  for (let session = 0; session < grid.sessions.length; session++) walk.session(session);
  return walk.path;
}

class PriceWalk {
  readonly path: PricePath;
  readonly #profile: InstrumentProfile;
  readonly #factors: MarketPath;
  readonly #sector: FactorPath | undefined;
  readonly #volatility: VolatilityPath;
  readonly #grid: BarGrid;
  readonly #effect: EffectPath;
  readonly #night: RandomStream;
  readonly #bars: RandomStream;
  readonly #ranges: RandomStream;
  /** By count of bars in a session. */
  readonly #weights = new Map<number, readonly Weights[]>();
  /** The price between cents. */
  #price: number;

  constructor(
    seed: number,
    profile: InstrumentProfile,
    factors: MarketPath,
    volatility: VolatilityPath,
    grid: BarGrid,
    effect: EffectPath,
  ) {
    const stream = (purpose: string): RandomStream => new RandomStream(seed, 'instrument', profile.id, purpose);
    this.#profile = profile;
    this.#factors = factors;
    this.#sector = profile.sector === undefined ? undefined : factors.sectors.get(profile.sector);
    this.#volatility = volatility;
    this.#grid = grid;
    this.#effect = effect;
    this.#night = stream('nights');
    this.#bars = stream('bars');
    this.#ranges = stream('ranges');
    this.#price = profile.startPrice;
    const [rows, sessions] = [grid.starts.length, grid.sessions.length];
    const column = (cells: number): Float64Array => new Float64Array(cells);
    this.path = {
      open: column(rows),
      high: column(rows),
      low: column(rows),
      close: column(rows),
      surprise: column(rows),
      official: column(sessions),
      afterClose: column(sessions),
    };
  }

  /** One night, the bars after it, and the official close. */
  session(session: number): void {
    const [first, end] = [this.#grid.firstRow[session]!, this.#grid.firstRow[session + 1]!];
    const weights = this.#slotWeights(end - first);
    const drift = this.#profile.intradayDrift / (end - first);
    if (session > 0) this.#price *= 1 + this.#nightReturn(session);
    for (let row = first; row < end; row++) this.#bar(row, weights[row - first]!, row === first, drift);
    this.#close(session);
  }

  #nightReturn(session: number): number {
    const { overnightVolatility, overnightDrift, earningsShare } = this.#profile;
    const { market } = this.#factors;
    const weights = slotWeights(overnightVolatility * Math.sqrt(1 - earningsShare), NIGHT_MARKET, this.#profile);
    const rest = this.#mixed('night', session, tailed(this.#night.normal(), NIGHT_TAIL));
    const usual = weights.market * market.night[session]! + weights.rest * this.#volatility.night[session]! * rest;
    // Drawn on every night, so that the stream does not depend on the dates of earnings.
    const gap = overnightVolatility * Math.sqrt(earningsShare * QUARTER) * tailed(this.#night.normal(), EARNINGS_TAIL);
    return overnightDrift + within(usual + (this.#volatility.earnings[session] === 1 ? gap : 0), LARGEST_NIGHT);
  }

  #bar(row: number, weights: Weights, opening: boolean, usualDrift: number): void {
    const drift = usualDrift + this.#effect.drift(this.#price, opening);
    const { market } = this.#factors;
    const own = this.#volatility.bar[row]!;
    const shock = this.#mixed('bar', row, tailed(this.#bars.normal(), BAR_TAIL));
    const marketDeviation = weights.market * market.barVolatility[row]!;
    const restDeviation = weights.rest * own * this.#restLoading();
    const deviation = Math.sqrt(marketDeviation * marketDeviation + restDeviation * restDeviation);
    const step = OPEN_STEP * deviation * tailed(this.#ranges.normal(), OPEN_TAIL);
    if (!opening) this.#price *= 1 + within(step, LARGEST_BAR);
    const move = drift + within(weights.market * market.bar[row]! + weights.rest * own * shock, LARGEST_BAR);
    this.#record(row, move, deviation);
    this.path.surprise[row] = Math.abs(move - drift) / deviation;
  }

  /** Writes a bar that goes from the present price by `move`, and leaves the price at its close. */
  #record(row: number, move: number, deviation: number): void {
    const open = this.#price;
    this.#price = open * (1 + move);
    const [openCents, closeCents] = [cents(open), cents(this.#price)];
    const high = cents(open * (1 + (move + this.#excursion(move, deviation)) / 2));
    const low = cents(open * (1 + (move - this.#excursion(move, deviation)) / 2));
    this.path.open[row] = openCents / 100;
    this.path.close[row] = closeCents / 100;
    this.path.high[row] = Math.max(high, openCents, closeCents) / 100;
    this.path.low[row] = Math.min(low, openCents, closeCents) / 100;
  }

  /**
   * Twice the maximum of a Brownian bridge less its end: with U uniform, max = (move + √(move² − 2 deviation² ln U)) / 2. The
   * minimum is the maximum of the bridge upside down.
   */
  #excursion(move: number, deviation: number): number {
    return Math.sqrt(move * move - 2 * deviation * deviation * exactLog(this.#ranges.uniform()));
  }

  #close(session: number): void {
    const volatility = this.#profile.intradayVolatility;
    this.#price *= 1 + AUCTION_STEP * volatility * tailed(this.#night.normal(), AUCTION_TAIL);
    this.path.official[session] = cents(this.#price) / 100;
    this.path.afterClose[session] = cents(this.#price * (1 + AFTER_CLOSE_STEP * this.#night.normal())) / 100;
  }

  /** Styles, sector and own shock together: variance 1 − market² with own volatility 1. */
  #mixed(when: 'night' | 'bar', place: number, own: number): number {
    const { growth, cyclical, sector, own: ownLoading } = this.#profile.loadings;
    const { growth: growthPath, cyclical: cyclicalPath } = this.#factors;
    const sectorShock = this.#sector === undefined ? 0 : this.#sector[when][place]!;
    return (
      growth * growthPath[when][place]! +
      cyclical * cyclicalPath[when][place]! +
      sector * sectorShock +
      ownLoading * own
    );
  }

  #restLoading(): number {
    const { market } = this.#profile.loadings;
    return Math.sqrt(1 - market * market);
  }

  #slotWeights(bars: number): readonly Weights[] {
    const known = this.#weights.get(bars);
    if (known !== undefined) return known;
    const { volatility, market }: IntradayShape = intradayShape(bars)!;
    const level = this.#profile.intradayVolatility / Math.sqrt(FULL_DAY_BARS);
    const weights = volatility.map((shape, slot) => slotWeights(level * shape, market[slot]!, this.#profile));
    this.#weights.set(bars, weights);
    return weights;
  }
}

/** Splits a deviation: the market's variance is `market` times its usual share, and the rest shrinks so that the sum stays. */
function slotWeights(deviation: number, market: number, { loadings }: InstrumentProfile): Weights {
  const usual = loadings.market * loadings.market;
  const share = Math.min(LARGEST_MARKET_SHARE, market * usual);
  return { market: deviation * Math.sqrt(share), rest: deviation * Math.sqrt((1 - share) / (1 - usual)) };
}

/** `normal + tail × normal³`, scaled to variance 1: odd, so that its mean stays 0. */
function tailed(normal: number, tail: number): number {
  return (normal * (1 + tail * normal * normal)) / Math.sqrt(1 + 6 * tail + 15 * tail * tail);
}

function within(move: number, largest: number): number {
  return Math.max(-largest, Math.min(largest, move));
}

/** Whole cents, at least one. */
function cents(dollars: number): number {
  return Math.max(1, Math.round(dollars * 100));
}
