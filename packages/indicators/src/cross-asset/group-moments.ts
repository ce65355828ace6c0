import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf, unitOf } from '../base/input.js';
import { requireOneOf } from '../base/require.js';
import { type Group, groupsOf } from './groups.js';

type Moment = 'mean' | 'deviation' | 'zScore';

/**
 * Mean or deviation (n − 1) of an input over a group, or how many deviations an instrument is above the mean, all in the same row. Needs
 * values of at least 80 % of the group.
 */
function moment(which: Moment, input: Input, group: Group): Indicator {
  requireOneOf(which, 'group', group, ['market', 'sector']);
  return indicator({
    key: `${group}.${which}(${keyOf(input)})`,
    unit: which === 'zScore' ? 'none' : unitOf(input),
    inputs: [featureOf(input)],
    create(setup): FeatureKernel {
      const { of, least } = groupsOf(group, setup);
      const { values, base: at } = setup.inputs[0]!;
      const size = of.length;
      const groups = least.length;
      const counts = new Float64Array(groups);
      const means = new Float64Array(groups);
      /** Sums of the squares around the means; in the end what the group answers: mean or deviation. */
      const squares = new Float64Array(groups);
      const answers = new Float64Array(groups);
      const needsSquares = which !== 'mean';
      /** Two passes, exact also where values differ little. */
      const measure = (): void => {
        counts.fill(0);
        means.fill(0);
        for (let i = 0; i < size; i++) {
          const value = values[at + i]!;
          const g = of[i]!;
          if (Number.isNaN(value) || g < 0) continue;
          counts[g] = counts[g]! + 1;
          means[g] = means[g]! + value;
        }
        for (let g = 0; g < groups; g++) {
          means[g] = means[g]! / counts[g]!;
          answers[g] = counts[g]! < least[g]! ? Number.NaN : means[g]!;
        }
        if (!needsSquares) return;
        squares.fill(0);
        for (let i = 0; i < size; i++) {
          const value = values[at + i]!;
          const g = of[i]!;
          if (Number.isNaN(value) || g < 0) continue;
          const distance = value - means[g]!;
          squares[g] = squares[g]! + distance * distance;
        }
        for (let g = 0; g < groups; g++) {
          const isKnown = counts[g]! >= 2 && counts[g]! >= least[g]!;
          answers[g] = isKnown ? Math.sqrt(squares[g]! / (counts[g]! - 1)) : Number.NaN;
        }
      };
      return {
        state: [],
        step(_bars, _offset, out, base) {
          measure();
          for (let i = 0; i < size; i++) {
            const value = values[at + i]!;
            const g = of[i]!;
            if (Number.isNaN(value) || g < 0) out[base + i] = Number.NaN;
            else if (which !== 'zScore') out[base + i] = answers[g]!;
            else out[base + i] = answers[g] === 0 ? Number.NaN : (value - means[g]!) / answers[g]!;
          }
        },
      };
    },
  });
}

/**
 * Mean of an input over all instruments of the universe (default) or over those of the own sector, itself included, in the same row. NaN where the
 * instrument has no value itself, where fewer than 80 % of the group have one, and of a sector for an instrument without one. Unit of the input:
 * average returns, not prices.
 */
export function groupMean(input: Input, group: Group = 'market'): Indicator {
  return moment('mean', input, group);
}

/** Standard deviation (n − 1) of an input over a group in the same row: how far instruments lie apart. NaN as for {@link groupMean}, and of one alone. */
export function groupDeviation(input: Input, group: Group = 'market'): Indicator {
  return moment('deviation', input, group);
}

/** How many {@link groupDeviation}s an instrument's value is above the {@link groupMean}; NaN where there is no deviation. */
export function groupZScore(input: Input, group: Group = 'market'): Indicator {
  return moment('zScore', input, group);
}
