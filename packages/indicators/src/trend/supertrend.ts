import type { FeatureKernel } from '@tradekit/core';
import { endless, type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod, requirePositive } from '../base/require.js';
import { directionOf, levelOf, type Signed } from '../base/signed.js';
import { atr } from '../volatility/atr.js';

/** Options of {@link supertrend} and {@link supertrendDirection}. */
export interface SupertrendOptions {
  /** Bars of the ATR, default 10. */
  readonly period?: number;
  /** Distance of the line in ATRs, default 3. */
  readonly multiplier?: number;
}

/**
 * Supertrend (Seban): (high + low) / 2 ± multiplier × ATR, of which the band behind the price only moves towards it; when a
 * close is beyond it, the other band takes over. Begins as an uptrend where the first close is not below the middle. In dollars.
 * A missing bar gives NaN, and so does the first one after it, which has no true range; line and direction go on. Where two
 * starts agree depends on turns of the price: no bound. Throws `ConfigError` on a period that is no whole number of at least 1 and a
 * multiplier that is not above 0.
 */
export function supertrend(options: SupertrendOptions = {}): Indicator {
  const { parameters, line } = signed(options);
  return levelOf(`supertrend(${parameters})`, line);
}

/** Direction of {@link supertrend}: 1 up (the line is below the price), −1 down. */
export function supertrendDirection(options: SupertrendOptions = {}): Indicator {
  const { parameters, line } = signed(options);
  return directionOf(`supertrendDirection(${parameters})`, line);
}

/** The line, below zero in a downtrend, and its parameters as text. */
function signed({ period = 10, multiplier = 3 }: SupertrendOptions): Signed {
  requirePeriod('supertrend', period);
  requirePositive('supertrend', 'multiplier', multiplier);
  const parameters = `${period},${multiplier}`;
  const line = indicator({
    key: `signedSupertrend(${parameters})`,
    unit: 'price',
    memory: endless,
    inputs: [atr(period)],
    create({ instruments, inputs }): FeatureKernel {
      const { values: ranges, base: at } = inputs[0]!;
      const upper = new Float64Array(instruments).fill(Number.NaN);
      const lower = new Float64Array(instruments).fill(Number.NaN);
      const closes = new Float64Array(instruments);
      const direction = new Float64Array(instruments);
      return {
        state: [upper, lower, closes, direction],
        step({ high, low, close }, offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            const width = multiplier * ranges[at + i]!;
            const price = close[offset + i]!;
            if (Number.isNaN(width + price)) {
              out[base + i] = Number.NaN;
              continue;
            }
            const middle = (high[offset + i]! + low[offset + i]!) / 2;
            const last = closes[i]!;
            // A band moves away from the price only after a close beyond it; at the first bar there is none to keep.
            if (!(middle + width >= upper[i]! && last <= upper[i]!)) upper[i] = middle + width;
            if (!(middle - width <= lower[i]! && last >= lower[i]!)) lower[i] = middle - width;
            if (direction[i] === 0) direction[i] = price < middle ? -1 : 1;
            else if (direction[i]! > 0 ? price < lower[i]! : price > upper[i]!) direction[i] = -direction[i]!;
            closes[i] = price;
            out[base + i] = direction[i]! > 0 ? lower[i]! : -upper[i]!;
          }
        },
      };
    },
  });
  return { parameters, line };
}
