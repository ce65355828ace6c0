import type { KernelSetup } from '@tradekit/core';
import { requireOneOf } from '../base/require.js';

/** Whom an instrument is compared with: all of the universe, or those of its sector. It counts itself. */
export type Group = 'market' | 'sector';

/** At least this fraction of a group must have a value. */
const LEAST_FRACTION = 0.8;

/** Which instruments belong together. */
export interface Groups {
  /** Group of each instrument; −1 for one without a sector. */
  readonly of: Int32Array;
  /** How many values a group needs. */
  readonly least: Float64Array;
  /** There is one group, and all belong to it. */
  readonly isWhole: boolean;
}

/** Throws `ConfigError` on a group that there is not. */
export function requireGroup(indicator: string, group: Group): void {
  requireOneOf(indicator, 'group', group, ['market', 'sector']);
}

/** The groups of a universe. */
export function groupsOf(group: Group, { instruments, sector }: KernelSetup): Groups {
  const names: string[] = [];
  const of = new Int32Array(instruments).map((_, i) => {
    const name = group === 'market' ? '' : sector(i);
    if (name === undefined) return -1;
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  });
  const least = Float64Array.from(names, (_, g) => LEAST_FRACTION * of.filter((own) => own === g).length);
  return { of, least, isWhole: group === 'market' };
}
