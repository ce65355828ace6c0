import { ConfigError, type FeatureSpec, type InstrumentIndex, RETURN_SESSIONS, type RiskContext } from '@tradekit/core';

/** Sessions of a year. */
export const SESSIONS_A_YEAR = 252;

/** How much a share moves. */
export interface VolatilityMeasure {
  readonly name: string;
  readonly features?: readonly FeatureSpec[];
  /** Dollars that a share typically moves in one session; NaN where it is not known. */
  dollars(instrument: InstrumentIndex, context: RiskContext): number;
}

/**
 * Realised volatility: the standard deviation (n − 1) of the last session returns, times the mark. NaN while half of them or more
 * are missing. Throws `ConfigError` unless the count is 2 to 120.
 */
export function realisedVolatility({ sessions = 60 }: { readonly sessions?: number } = {}): VolatilityMeasure {
  if (!(Number.isInteger(sessions) && sessions >= 2 && sessions <= RETURN_SESSIONS)) {
    const message = `realisedVolatility: sessions is ${sessions}; give a whole number from 2 to ${RETURN_SESSIONS}`;
    throw new ConfigError('RISK_OPTION', message, { sessions });
  }
  return {
    name: `realised(${sessions})`,
    dollars: (instrument, context) => context.price(instrument) * deviation(instrument, sessions, context),
  };
}

function deviation(instrument: InstrumentIndex, sessions: number, context: RiskContext): number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let ago = sessions; ago >= 1; ago--) {
    const value = context.sessionReturn(instrument, ago);
    if (Number.isNaN(value)) continue;
    count += 1;
    const apart = value - mean;
    mean += apart / count;
    squares += apart * (value - mean);
  }
  return 2 * count > sessions && count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN;
}

/**
 * A range in dollars as the measure, for example `averageTrueRange(on('day', atr(14)))`. The feature must be one of sessions: the
 * range of a quarter hour is no session's.
 */
export function averageTrueRange(feature: FeatureSpec): VolatilityMeasure {
  return {
    name: feature.key,
    features: [feature],
    dollars: (instrument, context) => context.feature(feature, instrument),
  };
}
