/** What is fixed about an instrument for the whole of a synthetic market, drawn once from its own stream. */

import { exactExp } from './exact-math.js';
import type { SyntheticInstrument } from './options.js';
import { RandomStream } from './random.js';
import { type SectorModel, sectorModel } from './sectors.js';

const SESSIONS_A_YEAR = 252;
/** Mean simple return a year of the middle share. */
const OVERNIGHT_DRIFT = 0.055;
const INTRADAY_DRIFT = 0.05;
const DRIFT_SPREAD = 0.02;
/** Largest share of variance that common factors may have. */
const LARGEST_COMMON_SHARE = 0.93;

/** The constants of one instrument. Volatilities and drifts are fractions per session. */
export interface InstrumentProfile {
  readonly id: string;
  readonly sector: string | undefined;
  readonly startPrice: number;
  /** Shares of a session without surprises. */
  readonly sessionShares: number;
  readonly intradayVolatility: number;
  readonly overnightVolatility: number;
  /** Share of the overnight variance that earnings gaps make, 0 … 1. */
  readonly earningsShare: number;
  /** Place of the first earnings night in the quarter, in sessions. */
  readonly earningsPhase: number;
  readonly overnightDrift: number;
  readonly intradayDrift: number;
  /** Loadings on the factors; see {@link SectorModel}. */
  readonly loadings: Loadings;
}

/** Loadings of one instrument on unit-variance factors: all five squares add up to 1. */
interface Loadings {
  readonly market: number;
  readonly growth: number;
  readonly cyclical: number;
  readonly sector: number;
  readonly own: number;
}

/** Draws the constants of an instrument. They depend on the seed and on the instrument alone. */
export function instrumentProfile(seed: number, { id, sector }: SyntheticInstrument): InstrumentProfile {
  const random = new RandomStream(seed, 'instrument', id, 'profile');
  const model = sectorModel(sector);
  const spread = (middle: number, deviation: number, least: number, most: number): number =>
    Math.min(most, Math.max(least, middle + deviation * random.normal()));
  const volatility = (model.dailyVolatilityPercent / 100) * exactExp(spread(0, 0.22, -0.7, 0.7));
  const overnightShare = spread(0.35, 0.065, 0.15, 0.55);
  const startPrice = Math.round(14_000 * exactExp(spread(0, 0.75, -1.8, 1.6))) / 100;
  const dollarVolume = 6.5e8 * exactExp(skewed(random.normal()));
  return {
    id,
    sector,
    startPrice,
    sessionShares: dollarVolume / startPrice,
    intradayVolatility: volatility * Math.sqrt(1 - overnightShare),
    overnightVolatility: volatility * Math.sqrt(overnightShare),
    earningsShare: spread(model.earningsShare, 0.08, 0.05, 0.55),
    earningsPhase: Math.floor(63 * random.uniform()),
    overnightDrift: spread(OVERNIGHT_DRIFT, DRIFT_SPREAD, -0.02, 0.12) / SESSIONS_A_YEAR,
    intradayDrift: spread(INTRADAY_DRIFT, DRIFT_SPREAD, -0.02, 0.12) / SESSIONS_A_YEAR,
    loadings: loadings(
      {
        ...model,
        // Without a sector there is no sector factor: its share of the variance is the instrument's own.
        sector: sector === undefined ? 0 : model.sector,
        growth: model.growth + spread(0, 0.18, -0.4, 0.4),
        cyclical: model.cyclical + spread(0, 0.14, -0.4, 0.4),
      },
      spread(1, 0.12, 0.6, 1.4),
    ),
  };
}

/** Log of dollar volume over its middle: a few names trade many times as much, none much less. */
function skewed(normal: number): number {
  return normal < 0 ? Math.max(-1.6, 0.55 * normal) : Math.min(3.5, 1.4 * normal);
}

function loadings(model: SectorModel, attachment: number): Loadings {
  const { market, growth, cyclical, sector } = model;
  const square = market * market + growth * growth + cyclical * cyclical + sector * sector;
  const scale = Math.min(attachment, Math.sqrt(LARGEST_COMMON_SHARE / square));
  return {
    market: scale * market,
    growth: scale * growth,
    cyclical: scale * cyclical,
    sector: scale * sector,
    own: Math.sqrt(1 - scale * scale * square),
  };
}
