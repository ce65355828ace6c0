import { groupBeta, groupCorrelation, rollingBeta, rollingCorrelation } from '../../cross-asset/co-movement.js';
import { groupDeviation, groupMean, groupZScore } from '../../cross-asset/group-moments.js';
import type { Group } from '../../cross-asset/groups.js';
import { rank } from '../../cross-asset/rank.js';
import {
  breadth,
  dispersion,
  relativeStrength,
  relativeStrengthRank,
  sectorMomentum,
} from '../../cross-asset/strength.js';
import { type CatalogueEntry, family } from './family.js';

const cross = family('cross-asset');

/** The indicators of the family cross-asset. */
export const crossAssetEntries: readonly CatalogueEntry[] = [
  cross('groupMean', 'mean over market or sector', { group: 'market' }, 1, ({ group }, [input]) =>
    groupMean(input, group as Group),
  ),
  cross('groupDeviation', 'deviation over market or sector', { group: 'market' }, 1, ({ group }, [input]) =>
    groupDeviation(input, group as Group),
  ),
  cross('groupZScore', 'deviations above the group', { group: 'market' }, 1, ({ group }, [input]) =>
    groupZScore(input, group as Group),
  ),
  cross('rank', 'place in the group, 0 to 1', { group: 'market' }, 1, ({ group }, [input]) =>
    rank(input, group as Group),
  ),
  cross(
    'groupCorrelation',
    'correlation of returns with the group',
    { period: 130, group: 'market' },
    0,
    ({ period, group }) => groupCorrelation(period, group as Group),
  ),
  cross('groupBeta', 'beta of returns to the group', { period: 130, group: 'market' }, 0, ({ period, group }) =>
    groupBeta(period, group as Group),
  ),
  cross('rollingCorrelation', 'correlation of two inputs', { period: 130 }, 2, ({ period }, [a, b]) =>
    rollingCorrelation(period, a, b),
  ),
  cross('rollingBeta', 'slope of the first input on the second', { period: 130 }, 2, ({ period }, [a, b]) =>
    rollingBeta(period, a, b),
  ),
  cross('sectorMomentum', 'mean return of the sector', { bars: 26 }, 0, ({ bars }) => sectorMomentum(bars)),
  cross('relativeStrength', 'return less that of the group', { bars: 26, group: 'market' }, 0, ({ bars, group }) =>
    relativeStrength(bars, group as Group),
  ),
  cross('relativeStrengthRank', 'its rank in the group', { bars: 26, group: 'market' }, 0, ({ bars, group }) =>
    relativeStrengthRank(bars, group as Group),
  ),
  cross('breadth', 'part of the group above its average', { period: 130, group: 'market' }, 0, ({ period, group }) =>
    breadth(period, group as Group),
  ),
  cross('dispersion', 'deviation of returns over the group', { bars: 26, group: 'market' }, 0, ({ bars, group }) =>
    dispersion(bars, group as Group),
  ),
];
