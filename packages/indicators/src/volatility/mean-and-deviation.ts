import type { Bars, FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { type Input, keyOf, overInput, type Source } from '../base/input.js';

/** Options of {@link meanAndDeviation}, checked. */
interface Options {
  readonly period: number;
  readonly input: Input;
  /** Divides by `period` − 1. */
  readonly sample?: boolean;
  /** Also makes bands so many deviations above and below the mean. */
  readonly deviations?: number;
}

/** What the kernel makes, and the keys of its values; those of bands are empty where there are none. */
export interface MeanAndDeviation {
  readonly whole: Indicator;
  readonly mean: string;
  readonly deviation: string;
  readonly upper: string;
  readonly lower: string;
}

/** Mean (`sma`), standard deviation and bands over the same window: one kernel, since they are nearly always asked for together. */
export function meanAndDeviation({ period, input, sample = false, deviations }: Options): MeanAndDeviation {
  const mean = `sma(${period},${keyOf(input)})`;
  const deviation = `${sample ? 'sampleDeviation' : 'standardDeviation'}(${period},${keyOf(input)})`;
  const isBanded = deviations !== undefined;
  const upper = isBanded ? `upper(${mean},${deviation},${deviations})` : '';
  const lower = isBanded ? `lower(${mean},${deviation},${deviations})` : '';
  const whole = overInput(input, {
    name: sample ? 'meanAndSampleDeviation' : 'meanAndDeviation',
    parameters: isBanded ? [period, deviations] : [period],
    bars: period,
    outputs: isBanded ? [mean, deviation, upper, lower] : [mean, deviation],
    create: (instruments, source, apart) =>
      new Kernel({ period, divisor: sample ? period - 1 : period, deviations, instruments, source, apart }),
  });
  return { whole, mean, deviation, upper, lower };
}

/** What the kernel is made for. */
interface Parts {
  readonly period: number;
  readonly divisor: number;
  readonly deviations: number | undefined;
  readonly instruments: number;
  readonly source: Source;
  readonly apart: number;
}

/** Cells of an instrument before its window. */
const OWN = 6;

class Kernel implements FeatureKernel {
  /**
   * For each instrument the sum of the mean; what values are reckoned from, sums of values less that and of their squares, the last value and how many of
   * the last are equal: such a window does not deviate, whatever rounding has left of it; and the window. And the place of its next value: below 0 in
   * the first turn, −period … −1.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #period: number;
  readonly #perPeriod: number;
  readonly #perDivisor: number;
  readonly #isBanded: boolean;
  readonly #deviations: number;
  readonly #instruments: number;
  readonly #source: Source;
  readonly #apart: number;

  constructor({ period, divisor, deviations, instruments, source, apart }: Parts) {
    this.#period = period;
    this.#perPeriod = 1 / period;
    this.#perDivisor = 1 / divisor;
    this.#isBanded = deviations !== undefined;
    this.#deviations = deviations ?? 0;
    this.#instruments = instruments;
    this.#source = source;
    this.#apart = apart;
    this.state = [new Float64Array((period + OWN) * instruments), new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const cells = this.state[0];
    const places = this.state[1];
    const period = this.#period;
    const perPeriod = this.#perPeriod;
    const perDivisor = this.#perDivisor;
    const isBanded = this.#isBanded;
    const deviations = this.#deviations;
    const apart = this.#apart;
    const count = this.#instruments;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let total = cells[i]!;
      let origin = cells[i + count]!;
      let sum = cells[i + 2 * count]!;
      let square = cells[i + 3 * count]!;
      let last = cells[i + 4 * count]!;
      let alike = cells[i + 5 * count]!;
      let place = places[i]!;
      for (let k = i; k < end; k += count) {
        const value = values[from + k]!;
        let mean = Number.NaN;
        let deviation = Number.NaN;
        if (!Number.isNaN(value)) {
          alike = value === last ? alike + 1 : 1;
          last = value;
          const cell = i + (OWN + (place < 0 ? place + period : place)) * count;
          const old = cells[cell]!;
          cells[cell] = value;
          total = total - old + value;
          const comes = value - origin;
          const goes = old - origin;
          sum += comes - goes;
          square += (comes - goes) * (comes + goes);
          if (place === -1 || place + 1 === period) {
            // Made anew once a turn, reckoned from the newest value.
            origin = value;
            sum = 0;
            square = 0;
            for (let c = i + OWN * count; c < (OWN + period) * count; c += count) {
              const distance = cells[c]! - value;
              sum += distance;
              square += distance * distance;
            }
            place = 0;
          } else place++;
          if (place >= 0) {
            const scatter = square - sum * sum * perPeriod;
            mean = total / period;
            // What rounding leaves of a difference of sums is no deviation.
            deviation = alike < period && scatter > square * 1e-13 ? Math.sqrt(scatter * perDivisor) : 0;
          }
        }
        out[base + k] = mean;
        out[base + apart + k] = deviation;
        if (isBanded) {
          out[base + 2 * apart + k] = mean + deviations * deviation;
          out[base + 3 * apart + k] = mean - deviations * deviation;
        }
      }
      cells[i] = total;
      cells[i + count] = origin;
      cells[i + 2 * count] = sum;
      cells[i + 3 * count] = square;
      cells[i + 4 * count] = last;
      cells[i + 5 * count] = alike;
      places[i] = place;
    }
  }
}
