/** What all instruments of a synthetic market share: the market's returns and volatility, and the styles' and sectors' shocks. */
import type { BarGrid } from '@tradekit/core';
import { exactExp } from './exact-math.js';
import { intradayShape } from './intraday-shape.js';
import type { SyntheticInstrument } from './options.js';
import { RandomStream } from './random.js';
import { type ReversionSpec, Reverting, varianceShift } from './reverting.js';

/** Log volatility of the market: months, days, and hours. */
const SLOW: ReversionSpec = { persistence: 0.978, deviation: 0.33, skew: 0 };
const FAST: ReversionSpec = { persistence: 0.78, deviation: 0.28, skew: 0.4 };
const BAR: ReversionSpec = { persistence: 0.87, deviation: 0.28, skew: 0 };

/** The market's log volatility at night, and in a session. */
export const NIGHT_SPECS: readonly ReversionSpec[] = [SLOW, FAST];
export const BAR_SPECS: readonly ReversionSpec[] = [SLOW, FAST, BAR];

/** How much of the fast component's shock is the market's fall of the day before. */
const LEVERAGE = 0.65;
/** The night's weight in the shock that moves volatility; the session has the rest. */
const NIGHT_WEIGHT = 0.5;

/** A shock for every night and bar. */
export interface FactorPath {
  /** One for every session: the night before it. */
  readonly night: Float64Array;
  /** One for every row of the grid. */
  readonly bar: Float64Array;
}

/** The market's factor, whose shocks have variance 1 in the long run, and its log volatility around 0. */
export interface MarketFactor extends FactorPath {
  readonly nightLogVolatility: Float64Array;
  readonly barLogVolatility: Float64Array;
  /** Standard deviation of each bar's shock. */
  readonly barVolatility: Float64Array;
}

/** All factors of a market. */
export interface MarketPath {
  readonly market: MarketFactor;
  readonly growth: FactorPath;
  readonly cyclical: FactorPath;
  readonly sectors: ReadonlyMap<string, FactorPath>;
}

/** Draws the factors that the instruments need. Each has its own stream, so that a new sector changes none of the others. */
export function marketPath(seed: number, grid: BarGrid, instruments: readonly SyntheticInstrument[]): MarketPath {
  const sectors = new Map<string, FactorPath>();
  for (const { sector } of instruments) {
    if (sector === undefined || sectors.has(sector)) continue;
    sectors.set(sector, plainFactor(new RandomStream(seed, 'sector', sector), grid));
  }
  return {
    market: marketFactor(seed, grid),
    growth: plainFactor(new RandomStream(seed, 'style', 'growth'), grid),
    cyclical: plainFactor(new RandomStream(seed, 'style', 'cyclical'), grid),
    sectors,
  };
}

/** Standard normal shocks, night and bars of one session after the other. */
function plainFactor(random: RandomStream, { sessions, firstRow, starts }: BarGrid): FactorPath {
  const night = new Float64Array(sessions.length);
  const bar = new Float64Array(starts.length);
  for (let session = 0; session < sessions.length; session++) {
    night[session] = random.normal();
    for (let row = firstRow[session]!; row < firstRow[session + 1]!; row++) bar[row] = random.normal();
  }
  return { night, bar };
}

function marketFactor(seed: number, grid: BarGrid): MarketFactor {
  const { night, bar } = plainFactor(new RandomStream(seed, 'market', 'returns'), grid);
  const nightLogVolatility = new Float64Array(night.length);
  const barLogVolatility = new Float64Array(bar.length);
  const barVolatility = new Float64Array(bar.length);
  const [nightShift, barShift] = [varianceShift(1, ...NIGHT_SPECS), varianceShift(1, ...BAR_SPECS)];
  const random = new RandomStream(seed, 'market', 'volatility');
  const slow = new Reverting(SLOW, random);
  const fast = new Reverting(FAST, random);
  const hours = new Reverting(BAR, random);
  for (let session = 0; session < night.length; session++) {
    const day = slow.value + fast.value;
    const [first, end] = [grid.firstRow[session]!, grid.firstRow[session + 1]!];
    const shock =
      NIGHT_WEIGHT * night[session]! + Math.sqrt(1 - NIGHT_WEIGHT * NIGHT_WEIGHT) * sessionShock(bar, first, end);
    nightLogVolatility[session] = day;
    night[session]! *= exactExp(day - nightShift);
    for (let row = first; row < end; row++) {
      const log = day + hours.step(random.normal());
      barLogVolatility[row] = log;
      barVolatility[row] = exactExp(log - barShift);
      bar[row]! *= barVolatility[row]!;
    }
    slow.step(random.normal());
    fast.step(Math.sqrt(1 - LEVERAGE * LEVERAGE) * random.normal() - LEVERAGE * shock);
  }
  return { night, bar, nightLogVolatility, barLogVolatility, barVolatility };
}

/** The session's return in units of its own deviation: a standard normal number. */
function sessionShock(bar: Float64Array, first: number, end: number): number {
  const shape = intradayShape(end - first)!;
  let [sum, squares] = [0, 0];
  for (let row = first; row < end; row++) {
    const weight = shape.volatility[row - first]! * Math.sqrt(shape.market[row - first]!);
    sum += weight * bar[row]!;
    squares += weight * weight;
  }
  return sum / Math.sqrt(squares);
}
