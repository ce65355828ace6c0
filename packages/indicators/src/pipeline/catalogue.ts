/** Every indicator by name, so that features can be written in a file. */
import { combinatorEntries } from './entries/combinators.js';
import { crossAssetEntries } from './entries/cross-asset.js';
import type { CatalogueEntry } from './entries/family.js';
import { momentumEntries } from './entries/momentum.js';
import { priceActionEntries } from './entries/price-action.js';
import { returnEntries } from './entries/returns.js';
import { trendEntries } from './entries/trend.js';
import { volatilityEntries } from './entries/volatility.js';
import { volumeEntries } from './entries/volume.js';

const ENTRIES: readonly CatalogueEntry[] = [
  ...trendEntries,
  ...momentumEntries,
  ...volatilityEntries,
  ...volumeEntries,
  ...priceActionEntries,
  ...crossAssetEntries,
  ...returnEntries,
  ...combinatorEntries,
];

/** The indicators that a feature can name, by name. */
export const catalogue: ReadonlyMap<string, CatalogueEntry> = new Map(ENTRIES.map((entry) => [entry.name, entry]));
