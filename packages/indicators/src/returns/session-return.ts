import type { Bars, FeatureInput, FeatureKernel } from '@tradekit/core';
import { formula, type Indicator, indicator } from '../base/indicator.js';
import { field } from '../base/input.js';
import { previousSession } from '../price-action/previous-session.js';
import { sessionOpen } from '../price-action/session-open.js';

/**
 * Overnight part of the return: ln(first open of the session / last close of the session before), the same on every bar of the
 * session. A missing bar gives NaN; so does a session after one without any bar.
 */
export function overnightReturn(): Indicator {
  return indicator({
    key: 'overnightReturn',
    unit: 'none',
    inputs: [sessionOpen(), previousSession('close')],
    create: ({ instruments, inputs }) => new Overnight(instruments, inputs[0]!, inputs[1]!),
  });
}

/** Remembers the last quotient of each instrument and its logarithm, only to spare logarithms of what is the same all session: that is no state. */
class Overnight implements FeatureKernel {
  readonly state: readonly [] = [];
  readonly #opens: FeatureInput;
  readonly #closes: FeatureInput;
  readonly #quotients: Float64Array;
  readonly #logs: Float64Array;

  constructor(instruments: number, opens: FeatureInput, closes: FeatureInput) {
    this.#opens = opens;
    this.#closes = closes;
    this.#quotients = new Float64Array(instruments).fill(Number.NaN);
    this.#logs = new Float64Array(instruments).fill(Number.NaN);
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(_bars: Bars, _offset: number, out: Float64Array, base: number, rows: number): void {
    const { values: opens, base: atOpen } = this.#opens;
    const { values: closes, base: atClose } = this.#closes;
    const count = this.#logs.length;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let last = this.#quotients[i]!;
      let log = this.#logs[i]!;
      for (let k = i; k < end; k += count) {
        const quotient = opens[atOpen + k]! / closes[atClose + k]!;
        if (Number.isNaN(quotient)) {
          out[base + k] = Number.NaN;
          continue;
        }
        if (quotient !== last) {
          last = quotient;
          log = Math.log(quotient);
        }
        out[base + k] = log;
      }
      this.#quotients[i] = last;
      this.#logs[i] = log;
    }
  }
}

/** Intraday part of the return so far: ln(close / first open of the session). A missing bar gives NaN. */
export function intradayReturn(): Indicator {
  const inputs = [field('close'), sessionOpen()];
  return formula({ key: 'intradayReturn', unit: 'none', inputs }, (out, base, count, [close, open]) => {
    const { values: closes, base: atClose } = close!;
    const { values: opens, base: atOpen } = open!;
    for (let i = 0; i < count; i++) out[base + i] = Math.log(closes[atClose + i]! / opens[atOpen + i]!);
  });
}
