import { RiskError } from '@tradekit/core';
import { worthOf } from './book.js';
import type { Scenario } from './scenario.js';

/** Options of {@link sectorShock}. */
export interface SectorShockOptions {
  readonly name: string;
  readonly source: string;
  /** Return of every share of a sector: `-0.2` is a fall of 20 %. Above −1 or −1 itself. */
  readonly shocks: Readonly<Record<string, number>>;
  /** Return of a share whose sector is not known. Default: such a share is an error. */
  readonly unknown?: number;
  /** Return of a share of a sector that is not in the table. Default: such a sector is an error, so that a slip is no calm. */
  readonly others?: number;
}

/**
 * Every share moves as its sector does. Throws `RiskError`: `STRESS_SHOCK` on a return that is no number or below −1, and from
 * `profits` `STRESS_SECTOR` on a position for whose sector there is no return.
 */
export function sectorShock({ name, source, shocks, unknown, others }: SectorShockOptions): Scenario {
  for (const [sector, shock] of Object.entries({ ...shocks, ...given({ unknown, others }) }))
    requireShock(sector, shock);
  const shockOf = (id: string, sector: string | undefined): number => {
    const shock = sector === undefined ? unknown : Object.hasOwn(shocks, sector) ? shocks[sector] : others;
    if (shock !== undefined) return shock;
    const what = sector === undefined ? 'has no sector' : `is of sector "${sector}"`;
    const message = `stress "${name}": "${id}" ${what}, and the scenario says nothing of that; known are ${Object.keys(shocks).join(', ')}`;
    throw new RiskError('STRESS_SECTOR', message, { id, sector });
  };
  return {
    name,
    source,
    profits: ({ positions }) => positions.map((position) => worthOf(position) * shockOf(position.id, position.sector)),
  };
}

/** Checks a return. Throws `RiskError`. */
export function requireShock(of: string, shock: number): void {
  if (shock >= -1 && Number.isFinite(shock)) return;
  const hint = shock < -1 && shock >= -100 ? `; ${shock} % is written ${shock / 100}` : '';
  throw new RiskError('STRESS_SHOCK', `stress: the return of ${of} is ${shock}; give a number of at least -1${hint}`, {
    of,
    shock,
  });
}

function given(options: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(options).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
