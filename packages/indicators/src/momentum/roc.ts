import type { Bars, FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { overInput, type Period, periodOf, type Source } from '../base/input.js';
import { Past } from '../base/past.js';

/**
 * Rate of change in per cent: (value / value `period` rows ago − 1) × 100 (TA-Lib's ROC). Rows are counted on the grid, so that
 * the length never changes: NaN where either bar is missing, and where the old value is 0. Throws `ConfigError` on a period
 * that is no whole number of at least 1.
 */
export function roc(options: Period = 10): Indicator {
  const { period, input } = periodOf('roc', options);
  return overInput(input, {
    name: 'roc',
    parameters: [period],
    unit: 'none',
    bars: period + 1,
    create: (instruments, source) => new Kernel(period, instruments, source),
  });
}

class Kernel implements FeatureKernel {
  readonly state: FeatureKernel['state'];
  readonly #past: Past;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(period: number, instruments: number, source: Source) {
    this.#past = new Past(period, instruments);
    this.#instruments = instruments;
    this.#source = source;
    this.state = this.#past.state;
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const kept = this.#past.values;
    const count = this.#instruments;
    for (let r = 0, at = 0; r < rows; r++, at += count) {
      const row = this.#past.turn();
      for (let i = 0; i < count; i++) {
        const value = values[from + at + i]!;
        const old = kept[row + i]!;
        kept[row + i] = value;
        out[base + at + i] = old === 0 ? Number.NaN : (value / old - 1) * 100;
      }
    }
  }
}
