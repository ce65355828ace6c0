/** How the shares of a sector move: how much, and with what. */

/**
 * Daily volatility and loadings on unit-variance factors. The product of two sectors' loadings is the correlation of their
 * shares' daily returns, and what the squares leave to 1 is the share's own.
 */
export interface SectorModel {
  /** Standard deviation of daily returns of the middle share, in %. */
  readonly dailyVolatilityPercent: number;
  readonly market: number;
  /** Growth against value. */
  readonly growth: number;
  /** Cyclical against defensive. */
  readonly cyclical: number;
  /** Share of the overnight variance that earnings gaps make, 0 … 1. */
  readonly earningsShare: number;
  /** What only shares of this sector have in common. */
  readonly sector: number;
}

/** By GICS name. Loadings fitted by least squares to mean correlations inside and between sectors, 46 US stocks, 2021–2024. */
const SECTORS: ReadonlyMap<string, SectorModel> = new Map([
  ['Information Technology', sector(2.2, 0.56, 0.34, -0.09, 0.2, 0.36)],
  ['Communication Services', sector(1.85, 0.51, 0.19, -0.04, 0.1, 0.36)],
  ['Consumer Discretionary', sector(2.0, 0.55, 0.23, -0.14, 0.08, 0.36)],
  ['Consumer Staples', sector(1.18, 0.46, -0.04, -0.39, 0.3, 0.33)],
  ['Health Care', sector(1.4, 0.38, -0.1, -0.28, 0.33, 0.33)],
  ['Financials', sector(1.5, 0.7, -0.05, 0.06, 0.33, 0.3)],
  ['Industrials', sector(1.72, 0.64, -0.03, 0.1, 0.18, 0.3)],
  ['Energy', sector(1.7, 0.5, -0.28, 0.23, 0.72, 0.08)],
  ['Materials', sector(1.65, 0.7, -0.2, 0.27, 0.11, 0.3)],
]);

/** What is taken for a sector that is not in the list, and for shares without one. */
const AVERAGE_SECTOR = sector(1.6, 0.55, 0, 0, 0.25, 0.33);

/** The model of a sector by its GICS name; a middle one for any other name and for `undefined`. */
export function sectorModel(name: string | undefined): SectorModel {
  return SECTORS.get(name ?? '') ?? AVERAGE_SECTOR;
}

function sector(
  dailyVolatilityPercent: number,
  market: number,
  growth: number,
  cyclical: number,
  own: number,
  earningsShare: number,
): SectorModel {
  return { dailyVolatilityPercent, market, growth, cyclical, sector: own, earningsShare };
}
