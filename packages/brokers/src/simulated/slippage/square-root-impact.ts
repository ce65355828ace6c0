import type { BarHistory } from '@tradekit/core';
import { inRange } from './in-range.js';
import type { SlippageModel } from './model.js';

/** Options of {@link squareRootImpact}. */
export interface SquareRootImpactOptions {
  /** Price move of a whole day's volume in daily volatilities. Default 1. */
  readonly coefficient?: number;
  /** Sessions before the fill's own that volatility and volume are taken from. Default 20. */
  readonly sessions?: number;
}

/** Where an instrument has no two sessions behind it: 2 % a day, and a hundred million dollars. */
const UNKNOWN_VOLATILITY = 0.02;
const UNKNOWN_DOLLARS = 100e6;

/**
 * The square-root law: worse by coefficient × daily volatility × √(shares taken from the bar so far ÷ average daily volume). Both
 * are of the sessions before. Sources: Almgren and others, Direct Estimation of Equity Market Impact (2005); Tóth and others,
 * Anomalous Price Impact (2011). Throws `ConfigError` on numbers out of range.
 */
export function squareRootImpact({ coefficient = 1, sessions = 20 }: SquareRootImpactOptions = {}): SlippageModel {
  inRange('coefficient', coefficient, coefficient >= 0 && coefficient < 100, 'at least 0 and below 100');
  inRange('sessions', sessions, Number.isInteger(sessions) && sessions >= 2, 'that is whole and at least 2');
  return Object.freeze<SlippageModel>({
    name: `square-root impact, coefficient ${coefficient}, over ${sessions} sessions`,
    on(market) {
      const { size } = market.universe;
      const { volatility, volume } = pastOf(market, sessions);
      return ({ instrument, session, price, quantity, barTaken }, cost) => {
        const cell = session * size + instrument;
        const daily = Number.isNaN(volume[cell]!) ? UNKNOWN_DOLLARS / price : volume[cell]!;
        const deviation = Number.isNaN(volatility[cell]!) ? UNKNOWN_VOLATILITY : volatility[cell]!;
        cost.impact += price * coefficient * deviation * Math.sqrt((barTaken + quantity) / daily);
      };
    },
  });
}

/** Daily volatility and volume over the sessions before each session, cell `session × size + instrument`; NaN where there are fewer than two. */
function pastOf(market: BarHistory, window: number): { volatility: Float64Array; volume: Float64Array } {
  const { universe, sessions, actions = [] } = market;
  const volatility = new Float64Array(sessions.length * universe.size).fill(Number.NaN);
  const volume = new Float64Array(sessions.length * universe.size).fill(Number.NaN);
  for (let instrument = 0; instrument < universe.size; instrument++) {
    const returns: number[] = [];
    const volumes: number[] = [];
    let before = Number.NaN;
    const splits = new Map<number, number>();
    for (const { instrument: id, session, action } of actions) {
      if (action.type === 'split' && universe.index(id) === instrument) splits.set(session, action.ratio);
    }
    for (let session = 0; session < sessions.length; session++) {
      if (returns.length >= 2) {
        volatility[session * universe.size + instrument] = rootMeanSquare(returns.slice(-window));
        volume[session * universe.size + instrument] = mean(volumes.slice(-window));
      }
      const [close, shares] = sessionOf(market, instrument, session);
      before /= splits.get(sessions[session]!.day) ?? 1;
      if (Number.isNaN(close)) continue;
      if (!Number.isNaN(before)) {
        returns.push(Math.log(close / before));
        volumes.push(shares);
      }
      before = close;
    }
  }
  return { volatility, volume };
}

function sessionOf({ universe, firstRow, bars }: BarHistory, instrument: number, session: number): [number, number] {
  let close = Number.NaN;
  let shares = 0;
  for (let row = firstRow[session]!; row < firstRow[session + 1]!; row++) {
    const cell = row * universe.size + instrument;
    if (Number.isNaN(bars.close[cell]!)) continue;
    close = bars.close[cell]!;
    shares += bars.volume[cell]!;
  }
  return [close, shares];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
