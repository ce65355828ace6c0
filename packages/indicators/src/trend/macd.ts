import { type Bars, ConfigError, type FeatureKernel } from '@tradekit/core';
import { fading, type Indicator, type Memory } from '../base/indicator.js';
import { averaging, type Input, keyOf, overInput, type Source } from '../base/input.js';
import { outputOf } from '../base/output.js';
import { requirePeriod } from '../base/require.js';

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

type Periods = Required<Omit<MacdOptions, 'input'>>;

/** What the kernel makes, with the keys of what each is: an average and a difference. */
interface Macd {
  readonly periods: Periods;
  readonly whole: Indicator;
  readonly line: string;
  readonly signal: string;
  readonly histogram: string;
}

/** One kernel for all three: they are nearly always asked for together, and cost little more than the line alone. */
function macd({ fast = 12, slow = 26, signal = 9, input = 'close' }: MacdOptions): Macd {
  requirePeriod('macd', fast, 1, 'fast');
  requirePeriod('macd', slow, 1, 'slow');
  requirePeriod('macd', signal, 1, 'signal');
  if (fast >= slow) {
    const message = `macd has the fast period ${fast} and the slow period ${slow}; make the fast one the shorter`;
    throw new ConfigError('INDICATOR_PERIOD', message, { fast, slow });
  }
  const periods = { fast, slow, signal };
  const line = `macdLine(${fast},${slow},${keyOf(input)})`;
  const average = `ema(${signal},${line})`;
  const histogram = `difference(${line},${average})`;
  const whole = overInput(input, {
    name: 'macd',
    parameters: [fast, slow, signal],
    bars: slow,
    memory: (tolerance) => slow + fading(1 - 2 / (slow + 1))(tolerance),
    outputs: [line, average, histogram],
    create: (instruments, source, apart) => new Kernel(periods, instruments, source, apart),
  });
  return { periods, whole, line, signal: average, histogram };
}

/**
 * MACD: the fast EMA less the slow one (Appel, 1979). Both are seeded at the same bar, the slow one's first, with simple averages;
 * bit for bit TA-Lib's MACD. Unit of the input. A bar that is missing gives NaN and leaves both averages as they were. Throws
 * `ConfigError` on periods that are no whole numbers of at least 1, and when the fast one is not the shorter.
 */
export function macdLine(options: MacdOptions = {}): Indicator {
  const { whole, line } = macd(options);
  return outputOf(whole, { key: line });
}

/** Signal line of the MACD: the EMA of {@link macdLine} over `signal` bars (default 9), seeded with the mean of its first values. */
export function macdSignal(options: MacdOptions = {}): Indicator {
  const { whole, signal, periods } = macd(options);
  return outputOf(whole, { key: signal, ...afterSignal(whole, periods) });
}

/** Histogram of the MACD: {@link macdLine} less {@link macdSignal}. */
export function macdHistogram(options: MacdOptions = {}): Indicator {
  const { whole, histogram, periods } = macd(options);
  return outputOf(whole, { key: histogram, ...afterSignal(whole, periods) });
}

/** What the signal adds to the lengths of the line. */
function afterSignal(whole: Indicator, { signal }: Periods): { readonly bars: number; readonly memory: Memory } {
  return { bars: signal, memory: averaging(whole, signal, 1 - 2 / (signal + 1)) };
}

/** For each instrument both averages, which are sums until the seed, and the values so far; the signal, and the lines so far. */
class Kernel implements FeatureKernel {
  readonly state: readonly [Float64Array];
  readonly #fast: number;
  readonly #slow: number;
  readonly #signal: number;
  // Made once: of a stream every bar is a call.
  readonly #fastAlpha: number;
  readonly #slowAlpha: number;
  readonly #signalAlpha: number;
  readonly #instruments: number;
  readonly #source: Source;
  readonly #apart: number;

  constructor({ fast, slow, signal }: Periods, instruments: number, source: Source, apart: number) {
    this.#fast = fast;
    this.#slow = slow;
    this.#signal = signal;
    this.#fastAlpha = 2 / (fast + 1);
    this.#slowAlpha = 2 / (slow + 1);
    this.#signalAlpha = 2 / (signal + 1);
    this.#instruments = instruments;
    this.#source = source;
    this.#apart = apart;
    this.state = [new Float64Array(5 * instruments)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const cells = this.state[0];
    const fast = this.#fast;
    const slow = this.#slow;
    const signal = this.#signal;
    const fastAlpha = this.#fastAlpha;
    const slowAlpha = this.#slowAlpha;
    const signalAlpha = this.#signalAlpha;
    const apart = this.#apart;
    const count = this.#instruments;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let fastAverage = cells[i]!;
      let slowAverage = cells[i + count]!;
      let seen = cells[i + 2 * count]!;
      let average = cells[i + 3 * count]!;
      let lines = cells[i + 4 * count]!;
      for (let k = i; k < end; k += count) {
        const value = values[from + k]!;
        let line = Number.NaN;
        let smooth = Number.NaN;
        if (!Number.isNaN(value)) {
          if (seen === slow) {
            fastAverage += fastAlpha * (value - fastAverage);
            slowAverage += slowAlpha * (value - slowAverage);
          } else {
            seen++;
            slowAverage += value;
            if (seen > slow - fast) fastAverage += value;
            if (seen === slow) {
              fastAverage /= fast;
              slowAverage /= slow;
            }
          }
          if (seen === slow) {
            line = fastAverage - slowAverage;
            if (lines === signal) average += signalAlpha * (line - average);
            else {
              lines++;
              average += line;
              if (lines === signal) average /= signal;
            }
            if (lines === signal) smooth = average;
          }
        }
        out[base + k] = line;
        out[base + apart + k] = smooth;
        out[base + 2 * apart + k] = line - smooth;
      }
      cells[i] = fastAverage;
      cells[i + count] = slowAverage;
      cells[i + 2 * count] = seen;
      cells[i + 3 * count] = average;
      cells[i + 4 * count] = lines;
    }
  }
}
