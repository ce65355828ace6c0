/**
 * Momentum: follows slow trends. `use: '@tradekit/strategies/momentum'` in a config.
 * @module
 */
import { ConfigError, type Direction, on, type Signal, type StrategyFactory, type StrategySetup } from '@tradekit/core';
import { atr, difference, groupMean } from '@tradekit/indicators';
import { parametersOf, type Schema } from './parameters.js';
import { type TrendLengths, trendStrength } from './trend.js';

/** Parameters of momentum. */
export interface MomentumParameters extends TrendLengths {
  /** Bars of the faster average. Default 130, a week. */
  readonly fastBars: number;
  /** Bars of the slower average. Default 520, four weeks. */
  readonly slowBars: number;
  /** Bars of the volatility that the trend is measured in. Default 130. */
  readonly deviationBars: number;
  /** Trend from which a position is opened. Default 0.5. */
  readonly enterZ: number;
  /** Trend below which it is closed, lower than {@link enterZ}. Default 0.2. */
  readonly exitZ: number;
  /** The trend less the mean trend of the sector: who leads it. Never trades what has no sector or is alone in its own. Default false. */
  readonly sectorRelative: boolean;
  /** Falling trends are sold short. Default false. */
  readonly shorts: boolean;
  /** Distance of the stop in average true ranges of a day, 0 for none. Default 0. */
  readonly stopRanges: number;
  /** The stop stays that far behind the best price since the entry. Default false: it stays where it is. */
  readonly stopTrails: boolean;
  /** Days of the average true range. Default 14. */
  readonly rangeDays: number;
}

const BARS = { least: 2, most: 5000, whole: true } as const;
const SCHEMA: Schema<MomentumParameters> = {
  fastBars: { default: 130, ...BARS },
  slowBars: { default: 520, ...BARS },
  deviationBars: { default: 130, ...BARS },
  enterZ: { default: 0.5, least: 0, most: 10 },
  exitZ: { default: 0.2, least: -10, most: 10 },
  sectorRelative: { default: false },
  shorts: { default: false },
  stopRanges: { default: 0, least: 0, most: 20 },
  stopTrails: { default: false },
  rangeDays: { default: 14, least: 1, most: 250, whole: true },
};

/**
 * Long while an instrument's slow trend is strong: in when {@link trendStrength} rises above `enterZ`, out when it falls below `exitZ`, and
 * between the two it stays as it is. With `stopRanges` every entry has a stop so many daily ranges away. Throws `ConfigError` on parameters
 * that cannot be meant.
 */
const momentum: StrategyFactory = (setup, given) => {
  const { enterZ, exitZ, sectorRelative, shorts, stopRanges, stopTrails, rangeDays, ...lengths } = checked(given);
  if (sectorRelative) requireSectors(setup);
  const trend = trendStrength(lengths);
  const strength = setup.feature(sectorRelative ? difference(trend, groupMean(trend, 'sector')) : trend);
  const range = stopRanges > 0 ? setup.feature(on('day', atr(rangeDays))) : undefined;
  return {
    name: 'momentum',
    generateSignals(market) {
      const signals: Signal[] = [];
      for (const instrument of market.instruments) {
        const z = market.feature(strength, instrument);
        if (Number.isNaN(z)) continue; // no bar in this slice, or not warmed up
        const { direction: held } = market.stance(instrument);
        const direction = wanted(z, held, enterZ, exitZ, shorts);
        if (direction === held) continue;
        const reason = `trend ${z.toFixed(2)}`;
        if (direction === 0 || range === undefined) {
          signals.push({ instrument, direction, strength: Math.abs(z), reason });
          continue;
        }
        const away = stopRanges * market.feature(range, instrument);
        const stopPrice = market.close(instrument) - direction * away;
        // Without a range there is no stop yet, and without a stop no entry.
        if (!(stopPrice > 0)) continue;
        const trail = stopTrails ? { trailDistance: away } : {};
        signals.push({ instrument, direction, strength: Math.abs(z), stopPrice, ...trail, reason });
      }
      return signals;
    },
  };
};

export default momentum;

/** With hysteresis: what is held, or was wished for and refused, is kept until the trend is gone. */
function wanted(z: number, held: Direction, enterZ: number, exitZ: number, shorts: boolean): Direction {
  if (z > enterZ) return 1;
  if (shorts && z < -enterZ) return -1;
  if (held === 1 && z >= exitZ) return 1;
  if (held === -1 && z <= -exitZ) return -1;
  return 0;
}

/** Without any sector there would be no trade, and nobody would know why. */
function requireSectors({ instruments, sector }: StrategySetup): void {
  if (instruments.some((instrument) => sector(instrument) !== undefined)) return;
  const what = 'strategy momentum has sectorRelative, and no symbol has a sector; give sectors to the symbols';
  throw new ConfigError('STRATEGY_PARAMETER', what, { parameter: 'sectorRelative' });
}

function checked(given: object): Readonly<MomentumParameters> {
  const parameters = parametersOf<MomentumParameters>('momentum', given, SCHEMA);
  const { fastBars, slowBars, enterZ, exitZ } = parameters;
  if (fastBars >= slowBars) {
    const what = `strategy momentum has fastBars ${fastBars} and slowBars ${slowBars}; the slower average needs more bars`;
    throw new ConfigError('STRATEGY_PARAMETER', what, { fastBars, slowBars });
  }
  if (exitZ >= enterZ) {
    const what = `strategy momentum has enterZ ${enterZ} and exitZ ${exitZ}; a position is closed at a weaker trend than it is opened at`;
    throw new ConfigError('STRATEGY_PARAMETER', what, { enterZ, exitZ });
  }
  return parameters;
}
