/** What only the instruments decide about a config: which symbols there are, and whether a sector limit can be meant. */
import type { Instrument } from '@tradekit/core';
import type { RunConfig } from './config.js';
import type { RiskLimits } from './risk-content.js';

/** Most in one sector, where a config says nothing and its symbols have sectors. */
const SECTOR_FRACTION = 0.25;

/** The config as it is run: every symbol listed with its sector, and the sector limit that is kept. Resolving twice is resolving once. */
export function resolveConfig(config: RunConfig, instruments: readonly Instrument[]): RunConfig {
  const { symbols, risk } = config;
  return {
    ...config,
    symbols: symbols.everyFile ? { listed: instruments.map(listed), everyFile: false } : symbols,
    risk: 'use' in risk ? risk : resolveLimits(risk, instruments),
  };
}

function listed({ id, sector }: Instrument): RunConfig['symbols']['listed'][number] {
  return sector === undefined ? { symbol: id } : { symbol: id, sector };
}

/** The limits that are kept: {@link RiskLimits.maxSectorFraction} is there exactly when a sector is limited. */
export function resolveLimits(limits: RiskLimits, instruments: readonly Instrument[]): RiskLimits {
  // Without sectors all symbols would be one, and a limit that nobody asked for would hold the whole book.
  if (limits.maxSectorFraction !== undefined || instruments.every(hasNoSector)) return limits;
  return { ...limits, maxSectorFraction: SECTOR_FRACTION };
}

/** What a user should know about the sector limit of a run; nothing where every symbol has its sector. */
export function sectorWarnings({ risk }: RunConfig, instruments: readonly Instrument[]): readonly string[] {
  if ('use' in risk) return [];
  const without = instruments.filter(hasNoSector).map(({ id }) => id);
  if (without.length === 0) return [];
  if (without.length < instruments.length) {
    return [
      `symbols without a sector count as one sector together: ${without.join(', ')}; give each its sector in symbols`,
    ];
  }
  if (risk.maxSectorFraction !== undefined) return [];
  return [
    'no symbol has a sector, so no sector limit is kept; give sectors in symbols, or set risk.maxSectorFraction to limit all of them together',
  ];
}

function hasNoSector({ sector }: Instrument): boolean {
  return sector === undefined;
}
