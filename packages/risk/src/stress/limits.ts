/** How much of each limit a book uses. */
import { type StressBook, sectorOf, worthOf } from './book.js';

/** Limits on a book, under the names that they have in a config; what is left out is no limit. Fractions are of the equity: `0.05` is 5 %. */
export interface BookLimits {
  readonly maxPositionFraction?: number | undefined;
  readonly maxSectorFraction?: number | undefined;
  readonly maxGrossFraction?: number | undefined;
  readonly maxNetFraction?: number | undefined;
  /** A multiple of the equity. */
  readonly maxLeverage?: number | undefined;
  /** Instruments held. */
  readonly maxPositions?: number | undefined;
  readonly maxDailyLossFraction?: number | undefined;
  readonly maxDrawdownFraction?: number | undefined;
}

/** What a limit is measured against. */
export interface LimitUse {
  /** Key of {@link BookLimits}. */
  readonly limit: keyof BookLimits;
  /** In the unit of the limit. */
  readonly measured: number;
  /** Which symbol or sector, where it is one of several. */
  readonly of?: string;
}

/** A limit that is passed. */
export interface LimitBreach extends LimitUse {
  readonly allowed: number;
}

/** Sums in another order differ by less. */
const DUST = 1e-9;

/** How much of each limit on positions a book uses: held shares at their marks, the largest position and sector by name. */
export function exposureUses({ equity, positions }: StressBook): readonly LimitUse[] {
  const sectors = new Map<string, number>();
  let [gross, net, count] = [0, 0, 0];
  let largest: { readonly id: string; readonly value: number } | undefined;
  for (const position of positions) {
    const value = worthOf(position);
    const size = Math.abs(value);
    gross += size;
    net += value;
    if (value !== 0) count += 1;
    if (size > (largest?.value ?? 0)) largest = { id: position.id, value: size };
    sectors.set(sectorOf(position), (sectors.get(sectorOf(position)) ?? 0) + size);
  }
  const [sector, most] = [...sectors].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  return [
    { limit: 'maxPositionFraction', measured: (largest?.value ?? 0) / equity, ...named(largest?.id) },
    { limit: 'maxSectorFraction', measured: most / equity, ...named(most > 0 ? sector : undefined) },
    { limit: 'maxGrossFraction', measured: gross / equity },
    { limit: 'maxNetFraction', measured: Math.abs(net) / equity },
    { limit: 'maxLeverage', measured: gross / equity },
    { limit: 'maxPositions', measured: count },
  ];
}

/** The uses that lie beyond their limit. A loss breaches where it reaches its limit, as it halts there. */
export function breachesOf(uses: readonly LimitUse[], limits: BookLimits): readonly LimitBreach[] {
  return uses.flatMap((use) => {
    const allowed = limits[use.limit];
    if (allowed === undefined) return [];
    const isLoss = use.limit === 'maxDailyLossFraction' || use.limit === 'maxDrawdownFraction';
    const isBeyond = isLoss ? !(use.measured < allowed - DUST) : !(use.measured <= allowed + DUST);
    return isBeyond ? [{ ...use, allowed }] : [];
  });
}

function named(of: string | undefined): { readonly of?: string } {
  return of === undefined ? {} : { of };
}
