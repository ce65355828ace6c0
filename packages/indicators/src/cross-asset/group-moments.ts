import type { Bars, FeatureInput, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf, unitOf } from '../base/input.js';
import { type Group, type Groups, groupsOf, requireGroup } from './groups.js';

type Moment = 'mean' | 'deviation' | 'zScore';

/**
 * Mean or deviation (n − 1) of an input over a group, or how many deviations an instrument is above the mean, all in the same row. Needs
 * values of at least 80 % of the group.
 */
function moment(which: Moment, input: Input, group: Group): Indicator {
  requireGroup(which, group);
  return indicator({
    key: `${group}.${which}(${keyOf(input)})`,
    unit: which === 'zScore' ? 'none' : unitOf(input),
    inputs: [featureOf(input)],
    create: (setup) => new Kernel(which, groupsOf(group, setup), setup.inputs[0]!),
  });
}

class Kernel implements FeatureKernel {
  readonly state: readonly [] = [];
  readonly #which: Moment;
  readonly #groups: Groups;
  readonly #values: Float64Array;
  readonly #at: number;
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  /** Sums of the squares around the means. */
  readonly #squares: Float64Array;
  /** What the group answers: mean or deviation. */
  readonly #answers: Float64Array;

  constructor(which: Moment, groups: Groups, input: FeatureInput) {
    this.#which = which;
    this.#groups = groups;
    this.#values = input.values;
    this.#at = input.base;
    this.#counts = new Float64Array(groups.least.length);
    this.#means = new Float64Array(groups.least.length);
    this.#squares = new Float64Array(groups.least.length);
    this.#answers = new Float64Array(groups.least.length);
  }

  step(_bars: Bars, _offset: number, out: Float64Array, base: number): void {
    const { of, least } = this.#groups;
    const values = this.#values;
    const at = this.#at;
    const answers = this.#answers;
    const isScore = this.#which === 'zScore';
    this.#sum();
    const means = this.#means;
    const counts = this.#counts;
    for (let g = 0; g < least.length; g++) {
      means[g] = means[g]! / counts[g]!;
      answers[g] = counts[g]! < least[g]! ? Number.NaN : means[g]!;
    }
    if (this.#which !== 'mean') this.#deviate();
    for (let i = 0; i < of.length; i++) {
      const value = values[at + i]!;
      const g = of[i]!;
      if (Number.isNaN(value) || g < 0) out[base + i] = Number.NaN;
      else if (!isScore) out[base + i] = answers[g]!;
      else out[base + i] = answers[g] === 0 ? Number.NaN : (value - means[g]!) / answers[g]!;
    }
  }

  /** Counts and sums. Of one group in locals: sums in memory wait for each other. */
  #sum(): void {
    const { of, isWhole } = this.#groups;
    const values = this.#values;
    const at = this.#at;
    const counts = this.#counts;
    const sums = this.#means;
    if (isWhole) {
      let count = 0;
      let sum = 0;
      for (let i = 0; i < of.length; i++) {
        const value = values[at + i]!;
        if (Number.isNaN(value)) continue;
        count++;
        sum += value;
      }
      counts[0] = count;
      sums[0] = sum;
      return;
    }
    counts.fill(0);
    sums.fill(0);
    for (let i = 0; i < of.length; i++) {
      const value = values[at + i]!;
      const g = of[i]!;
      if (Number.isNaN(value) || g < 0) continue;
      counts[g] = counts[g]! + 1;
      sums[g] = sums[g]! + value;
    }
  }

  /** A second pass, exact also where values differ little. */
  #deviate(): void {
    const { of, least } = this.#groups;
    const values = this.#values;
    const at = this.#at;
    const counts = this.#counts;
    const means = this.#means;
    const squares = this.#squares;
    squares.fill(0);
    for (let i = 0; i < of.length; i++) {
      const value = values[at + i]!;
      const g = of[i]!;
      if (Number.isNaN(value) || g < 0) continue;
      const distance = value - means[g]!;
      squares[g] = squares[g]! + distance * distance;
    }
    for (let g = 0; g < least.length; g++) {
      const isKnown = counts[g]! >= 2 && counts[g]! >= least[g]!;
      this.#answers[g] = isKnown ? Math.sqrt(squares[g]! / (counts[g]! - 1)) : Number.NaN;
    }
  }
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
