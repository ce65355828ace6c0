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

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(_bars: Bars, _offset: number, out: Float64Array, base: number, rows: number): void {
    const count = this.#groups.of.length;
    for (let r = 0, row = 0; r < rows; r++, row += count) this.#row(this.#at + row, out, base + row);
  }

  #row(at: number, out: Float64Array, base: number): void {
    const { of, least, isWhole } = this.#groups;
    const values = this.#values;
    const means = this.#means;
    const counts = this.#counts;
    const answers = this.#answers;
    if (isWhole) this.#sumWhole(at);
    else this.#sumGroups(at);
    for (let g = 0; g < least.length; g++) answers[g] = counts[g]! < least[g]! ? Number.NaN : means[g]!;
    if (this.#which !== 'mean') this.#deviate(at);
    if (this.#which === 'zScore') {
      for (let i = 0; i < of.length; i++) {
        const g = of[i]!;
        const answer = g < 0 || answers[g] === 0 ? Number.NaN : answers[g]!;
        out[base + i] = (values[at + i]! - means[g]!) / answer;
      }
    } else if (isWhole) {
      const answer = answers[0]!;
      for (let i = 0; i < of.length; i++) out[base + i] = Number.isNaN(values[at + i]!) ? Number.NaN : answer;
    } else {
      for (let i = 0; i < of.length; i++) {
        const g = of[i]!;
        out[base + i] = Number.isNaN(values[at + i]!) || g < 0 ? Number.NaN : answers[g]!;
      }
    }
  }

  /** Count and mean of one group that is all, in locals: sums in memory wait for each other. */
  #sumWhole(at: number): void {
    const values = this.#values;
    const size = this.#groups.of.length;
    let count = 0;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const value = values[at + i]!;
      if (Number.isNaN(value)) continue;
      count++;
      sum += value;
    }
    this.#counts[0] = count;
    this.#means[0] = sum / count;
  }

  #sumGroups(at: number): void {
    const { of } = this.#groups;
    const values = this.#values;
    const counts = this.#counts;
    const means = this.#means;
    counts.fill(0);
    means.fill(0);
    for (let i = 0; i < of.length; i++) {
      const value = values[at + i]!;
      const g = of[i]!;
      if (Number.isNaN(value) || g < 0) continue;
      counts[g] = counts[g]! + 1;
      means[g] = means[g]! + value;
    }
    for (let g = 0; g < means.length; g++) means[g] = means[g]! / counts[g]!;
  }

  /** A second pass, exact also where values differ little. */
  #deviate(at: number): void {
    const { of, least, isWhole } = this.#groups;
    const values = this.#values;
    const counts = this.#counts;
    const means = this.#means;
    const squares = this.#squares;
    squares.fill(0);
    if (isWhole) {
      const mean = means[0]!;
      let sum = 0;
      for (let i = 0; i < of.length; i++) {
        const distance = values[at + i]! - mean;
        if (!Number.isNaN(distance)) sum += distance * distance;
      }
      squares[0] = sum;
    } else {
      for (let i = 0; i < of.length; i++) {
        const value = values[at + i]!;
        const g = of[i]!;
        if (Number.isNaN(value) || g < 0) continue;
        const distance = value - means[g]!;
        squares[g] = squares[g]! + distance * distance;
      }
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
