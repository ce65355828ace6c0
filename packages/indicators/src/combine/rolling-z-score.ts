import { formula, type Indicator } from '../base/indicator.js';
import { featureOf, type Period, periodOf } from '../base/input.js';
import { outputOf } from '../base/output.js';
import { meanAndDeviation } from '../volatility/mean-and-deviation.js';

/**
 * How many standard deviations (n − 1) an input is above its own mean of the last `period` values. Without deviation NaN: the
 * question has no answer. A missing bar gives NaN and is left out. Throws `ConfigError` on a period that is no whole number of at
 * least 2.
 */
export function rollingZScore(options: Period): Indicator {
  const { period, input } = periodOf('rollingZScore', options, 2);
  const { whole, mean, deviation } = meanAndDeviation({ period, input, sample: true });
  const inputs = [featureOf(input), outputOf(whole, { key: mean }), outputOf(whole, { key: deviation })];
  return formula({ key: `rollingZScore(${mean})`, unit: 'none', inputs }, (out, base, count, inputs) => {
    const { values, base: at } = inputs[0]!;
    const { values: means, base: atMean } = inputs[1]!;
    const { values: deviations, base: atDeviation } = inputs[2]!;
    for (let i = 0; i < count; i++) {
      const deviation = deviations[atDeviation + i]!;
      out[base + i] = deviation === 0 ? Number.NaN : (values[at + i]! - means[atMean + i]!) / deviation;
    }
  });
}
