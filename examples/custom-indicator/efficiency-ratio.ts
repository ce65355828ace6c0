import { ConfigError, type FeatureSpec } from '@tradekit/core';

/**
 * Efficiency ratio (Kaufman, Smarter Trading, 1995): how far the close has come in `period` bars, divided by the way that it went; 1 for a
 * straight line, 0 for a walk that came back. Without unit. NaN where the instrument did not move at all, and where it has no bar: a missing bar is left
 * out, and the window is the last `period` changes between bars that there were. Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function efficiencyRatio(period: number): FeatureSpec {
  if (!(Number.isInteger(period) && period >= 1)) {
    throw new ConfigError(
      'EFFICIENCY_PERIOD',
      `efficiencyRatio has the period ${period}; give a whole number of at least 1`,
    );
  }
  return {
    key: `efficiencyRatio(${period})`,
    unit: 'none',
    warmUpBars: period + 1,
    create({ instruments }) {
      // The last period + 1 closes of each instrument, in a ring, and how many there were.
      const length = period + 1;
      const closes = new Float64Array(instruments * length);
      const seen = new Int32Array(instruments);
      return {
        state: [closes, seen],
        step({ close }, offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            const value = close[offset + i] ?? Number.NaN;
            out[base + i] = Number.NaN;
            if (Number.isNaN(value)) continue;
            const count = seen[i] ?? 0;
            closes[i * length + (count % length)] = value;
            seen[i] = count + 1;
            if (count < period) continue;
            let way = 0;
            let before = closes[i * length + ((count + 1) % length)] ?? Number.NaN;
            const first = before;
            for (let k = 2; k <= length; k++) {
              const next = closes[i * length + ((count + k) % length)] ?? Number.NaN;
              way += Math.abs(next - before);
              before = next;
            }
            if (way > 0) out[base + i] = Math.abs(value - first) / way;
          }
        },
      };
    },
  };
}
