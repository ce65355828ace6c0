import { formula, type Indicator } from '../base/indicator.js';
import { field } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { difference } from '../combine/difference.js';
import { logReturn } from '../returns/log-return.js';
import { sma } from '../trend/sma.js';
import { groupDeviation, groupMean } from './group-moments.js';
import type { Group } from './groups.js';
import { rank } from './rank.js';

/**
 * Sector momentum: mean log return over `bars` rows of the instruments of the own sector, itself included. NaN for an instrument without a sector, where
 * it has no return itself, and where fewer than 80 % of the sector have one. Throws `ConfigError` on a length that is no whole number of
 * at least 1.
 */
export function sectorMomentum(bars: number): Indicator {
  requirePeriod('sectorMomentum', bars, 1, 'length');
  return groupMean(logReturn(bars), 'sector');
}

/** Relative strength: log return over `bars` rows less that of the market (default) or of the sector. NaN and errors as for {@link sectorMomentum}. */
export function relativeStrength(bars: number, group: Group = 'market'): Indicator {
  requirePeriod('relativeStrength', bars, 1, 'length');
  return difference(logReturn(bars), groupMean(logReturn(bars), group));
}

/** Rank of the {@link relativeStrength} among all instruments or in the sector, 0 the weakest, 1 the strongest; see {@link rank}. */
export function relativeStrengthRank(bars: number, group: Group = 'market'): Indicator {
  requirePeriod('relativeStrengthRank', bars, 1, 'length');
  return rank(logReturn(bars), group);
}

/**
 * Breadth: fraction of the instruments of the market (default) or of the sector whose close is above its simple average of `period` bars. NaN as for
 * {@link groupMean}. Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function breadth(period: number, group: Group = 'market'): Indicator {
  const average = sma(period);
  const inputs = [field('close'), average];
  const isAbove = formula({ key: `above(${average.key})`, unit: 'none', inputs }, (out, base, count, prices) => {
    const { values: closes, base: at } = prices[0]!;
    const { values: means, base: atMean } = prices[1]!;
    for (let i = 0; i < count; i++) {
      const distance = closes[at + i]! - means[atMean + i]!;
      out[base + i] = Number.isNaN(distance) ? Number.NaN : distance > 0 ? 1 : 0;
    }
  });
  return groupMean(isAbove, group);
}

/** Dispersion: standard deviation (n − 1) of the log returns over `bars` rows among the instruments of the market (default) or the sector. NaN as for {@link groupMean}. */
export function dispersion(bars: number, group: Group = 'market'): Indicator {
  requirePeriod('dispersion', bars, 1, 'length');
  return groupDeviation(logReturn(bars), group);
}
