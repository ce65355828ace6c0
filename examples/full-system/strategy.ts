import { ConfigError, type Signal, type StrategyFactory } from '@tradekit/core';
import { ema, returnDeviation } from '@tradekit/indicators';

/** Bars of fifteen sessions: the scale on which z is measured. */
const HORIZON_BARS = 390;

/**
 * Bars for timing, weeks for holding: z = (EMA130(ln close) − EMA520(ln close)) / (sd130 × √390), where sd130 is the deviation of
 * the last 130 bar-to-bar returns. Long above `enterZ`, flat below `exitZ`, no shorts. In-sample: see the README.
 */
const trendInWeeks: StrategyFactory = (setup, parameters) => {
  const { enterZ, exitZ } = thresholds(parameters);
  const fast = setup.feature(ema({ period: 130, input: 'log-close' }));
  const slow = setup.feature(ema({ period: 520, input: 'log-close' }));
  const deviation = setup.feature(returnDeviation(130));
  const scale = Math.sqrt(HORIZON_BARS);
  return {
    name: 'trend-in-weeks',
    generateSignals(market) {
      const signals: Signal[] = [];
      for (const instrument of market.instruments) {
        const rise = market.feature(fast, instrument) - market.feature(slow, instrument);
        const z = rise / (market.feature(deviation, instrument) * scale);
        if (Number.isNaN(z)) continue; // no bar in this slice, or not warmed up
        const { direction } = market.stance(instrument);
        if (direction === 0 && z > enterZ) signals.push({ instrument, direction: 1, strength: z, reason: 'z is high' });
        else if (direction === 1 && z < exitZ) signals.push({ instrument, direction: 0, reason: 'z is low' });
      }
      return signals;
    },
  };
};

function thresholds({ enterZ = 0.5, exitZ = 0.2 }: Readonly<Record<string, unknown>>): {
  enterZ: number;
  exitZ: number;
} {
  if (typeof enterZ === 'number' && typeof exitZ === 'number' && enterZ > exitZ) return { enterZ, exitZ };
  throw new ConfigError(
    'Z_THRESHOLDS',
    `enterZ is ${enterZ} and exitZ is ${exitZ}; give two numbers, enterZ the higher`,
  );
}

export default trendInWeeks;
