/** Falls of the past, by GICS sector. Public facts of indexes; a share of a sector is taken to move as the sector did. */
import type { Scenario } from './scenario.js';
import { sectorShock } from './sector-shock.js';

/**
 * Calendar year 2022, when rates rose: total returns of the S&P 500 and its sectors, as S&P Dow Jones Indices published them, to a
 * tenth of a percent. Energy rose; a book that was long of it alone gains.
 */
const RETURNS_2022 = {
  'Communication Services': -0.399,
  'Consumer Discretionary': -0.37,
  'Information Technology': -0.282,
  'Real Estate': -0.261,
  Materials: -0.123,
  Financials: -0.105,
  Industrials: -0.055,
  'Health Care': -0.02,
  'Consumer Staples': -0.006,
  Utilities: 0.016,
  Energy: 0.657,
} as const;
const INDEX_2022 = -0.181;

/**
 * 2007-10-09 to 2009-03-09, from peak to trough: price returns of the S&P 500 and its sectors, as Standard & Poor's published them.
 * Communication Services were Telecommunication Services then, and Real Estate was a part of Financials.
 */
const RETURNS_2008 = {
  Financials: -0.8262,
  'Real Estate': -0.8262,
  Industrials: -0.6515,
  Materials: -0.5955,
  'Consumer Discretionary': -0.5801,
  'Information Technology': -0.5295,
  'Communication Services': -0.5072,
  Energy: -0.4676,
  Utilities: -0.4587,
  'Health Care': -0.3988,
  'Consumer Staples': -0.3123,
} as const;
const INDEX_2008 = -0.5678;

/** The year 2022 over again, at once. A share without a sector, or of one that is no GICS sector, moves as the S&P 500. */
export function year2022(): Scenario {
  const source = 'total returns of the S&P 500 sectors in 2022 (S&P Dow Jones Indices), at once';
  return sectorShock({ name: 'the year 2022', source, shocks: RETURNS_2022, unknown: INDEX_2022, others: INDEX_2022 });
}

/** The bear market of 2007 to 2009 over again, at once. A share without a sector, or of one that is no GICS sector, moves as the S&P 500. */
export function crisis2008(): Scenario {
  const source = 'price returns of the S&P 500 sectors from 2007-10-09 to 2009-03-09 (Standard & Poor’s), at once';
  return sectorShock({
    name: 'the fall of 2007–09',
    source,
    shocks: RETURNS_2008,
    unknown: INDEX_2008,
    others: INDEX_2008,
  });
}
