/** How far a price is from where it belongs, in units of how far it usually goes. */
import type { FeatureKernel, FeatureSpec } from '@tradekit/core';
import { bollingerPercentB, returnDeviation, vwap } from '@tradekit/indicators';

/**
 * z = ln(close ÷ VWAP of the session) ÷ (sd × √n), n being the session's bars so far and sd the standard deviation of the last
 * `deviationBars` bar-to-bar logarithmic returns. The unit is how far a random walk is from where it began; from its own average it is only
 * 1 / √3 of that, so that 2 is rarer than two deviations. Bars are counted by the clock of the market, also where the instrument had none. Without
 * unit; NaN where one of the three is.
 */
export function vwapStretch(deviationBars: number): FeatureSpec {
  const inputs = [vwap(), returnDeviation(deviationBars)];
  return {
    key: `vwapStretch(${deviationBars})`,
    unit: 'none',
    inputs,
    warmUpBars: Math.max(...inputs.map(({ warmUpBars }) => warmUpBars)),
    create({ instruments, inputs: [mean, deviation] }): FeatureKernel {
      /** Session that is counted, and its rows so far. */
      const count = new Int32Array([-1, 0]);
      return {
        state: [count],
        step({ close }, offset, out, base, { session }) {
          if (count[0] !== session) count[1] = 0;
          count[0] = session;
          count[1]! += 1;
          const scale = Math.sqrt(count[1]!);
          for (let i = 0; i < instruments; i++) {
            const usual = deviation!.values[deviation!.base + i]! * scale;
            const away = Math.log(close[offset + i]! / mean!.values[mean!.base + i]!);
            out[base + i] = usual > 0 ? away / usual : Number.NaN;
          }
        },
      };
    },
  };
}

/** Standard deviations between the close and the simple average of as many bars: 2 at the usual upper Bollinger band. Without unit. */
export function bollingerStretch(period: number): FeatureSpec {
  const percentB = bollingerPercentB({ period, deviations: 1 });
  return {
    key: `bollingerStretch(${period})`,
    unit: 'none',
    inputs: [percentB],
    warmUpBars: percentB.warmUpBars,
    create: ({ instruments, inputs: [read] }): FeatureKernel => ({
      state: [],
      // %B is 0 at the lower and 1 at the upper band, one deviation away each.
      step(_bars, _offset, out, base) {
        for (let i = 0; i < instruments; i++) out[base + i] = 2 * read!.values[read!.base + i]! - 1;
      },
    }),
  };
}
