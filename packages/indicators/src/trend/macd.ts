import { type Bars, ConfigError, type FeatureKernel } from '@tradekit/core';
import { fading, type Indicator } from '../base/indicator.js';
import { type Input, overInput, type Source } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { difference } from '../combine/difference.js';
import { ema } from './ema.js';

/** Options of {@link macdLine}, {@link macdSignal} and {@link macdHistogram}. */
export interface MacdOptions {
  /** Default 12. */
  readonly fast?: number;
  /** Default 26; more than `fast`. */
  readonly slow?: number;
  /** Period of the signal line, default 9. */
  readonly signal?: number;
  /** Default `close`. */
  readonly input?: Input;
}

/**
 * MACD: the fast EMA less the slow one (Appel, 1979). Both are seeded at the same bar, the slow one's first, with simple averages;
 * bit for bit TA-Lib's MACD. Unit of the input. A bar that is missing gives NaN and leaves both averages as they were. Throws
 * `ConfigError` on periods that are no whole numbers of at least 1, and when the fast one is not the shorter.
 */
export function macdLine({ fast = 12, slow = 26, input = 'close' }: MacdOptions = {}): Indicator {
  requirePeriod('macd', fast, 1, 'fast');
  requirePeriod('macd', slow, 1, 'slow');
  if (fast >= slow) {
    const message = `macd has the fast period ${fast} and the slow period ${slow}; make the fast one the shorter`;
    throw new ConfigError('INDICATOR_PERIOD', message, { fast, slow });
  }
  return overInput(input, {
    name: 'macdLine',
    parameters: [fast, slow],
    bars: slow,
    memory: (tolerance) => slow + fading(1 - 2 / (slow + 1))(tolerance),
    create: (instruments, source) => new Kernel(fast, slow, instruments, source),
  });
}

/** Signal line of the MACD: the EMA of {@link macdLine} over `signal` bars (default 9), seeded with the mean of its first values. */
export function macdSignal({ signal = 9, ...line }: MacdOptions = {}): Indicator {
  requirePeriod('macd', signal, 1, 'signal');
  return ema({ period: signal, input: macdLine(line) });
}

/** Histogram of the MACD: {@link macdLine} less {@link macdSignal}. */
export function macdHistogram(options: MacdOptions = {}): Indicator {
  return difference(macdLine(options), macdSignal(options));
}

/** For each instrument both averages, which are sums until the seed, and the values so far. */
class Kernel implements FeatureKernel {
  readonly state: readonly [Float64Array];
  readonly #fast: number;
  readonly #slow: number;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(fast: number, slow: number, instruments: number, source: Source) {
    this.#fast = fast;
    this.#slow = slow;
    this.#instruments = instruments;
    this.#source = source;
    this.state = [new Float64Array(3 * instruments)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const cells = this.state[0];
    const slow = this.#slow;
    const fastAlpha = 2 / (this.#fast + 1);
    const slowAlpha = 2 / (slow + 1);
    const unseeded = slow - this.#fast;
    const count = this.#instruments;
    for (let i = 0, at = 0; i < count; i++, at += 3) {
      const value = values[from + i]!;
      const fastLast = cells[at]!;
      const slowLast = cells[at + 1]!;
      const seen = cells[at + 2]!;
      if (seen === slow) {
        const fastNext = fastLast + fastAlpha * (value - fastLast);
        const slowNext = slowLast + slowAlpha * (value - slowLast);
        out[base + i] = fastNext - slowNext;
        if (Number.isNaN(value)) continue;
        cells[at] = fastNext;
        cells[at + 1] = slowNext;
        continue;
      }
      out[base + i] = Number.NaN;
      if (Number.isNaN(value)) continue;
      const isSeeded = seen + 1 === slow;
      const fastSum = seen >= unseeded ? fastLast + value : 0;
      cells[at] = isSeeded ? fastSum / this.#fast : fastSum;
      cells[at + 1] = isSeeded ? (slowLast + value) / slow : slowLast + value;
      cells[at + 2] = seen + 1;
      if (isSeeded) out[base + i] = cells[at]! - cells[at + 1]!;
    }
  }
}
