/** Stamps beside the grid of the bars. */
import { MINUTE_MS } from '@tradekit/core';
import { greatestCommonDivisor, SESSION_GRID_MINUTES } from '../csv/source.js';
import { changeRow, dropRows } from './ledger.js';
import { requireKnown, requireNumber, requireOneOf } from './parameters.js';
import type { CleaningStep } from './step.js';

const NAME = 'grid';

/** Parameters of {@link gridStep}. */
export interface GridParameters {
  /** `snap` moves a stamp that is near to the grid onto it, and drops one that is not. Default `drop`. */
  readonly action?: 'drop' | 'snap';
  /** How far from the grid a stamp may be to be moved, in seconds. Default 60. */
  readonly toleranceSeconds?: number;
}

/**
 * Bars whose start is not on the grid of their length, counted from midnight; for lengths that do not divide the half hour, on which
 * sessions open, on the grid that both share. Throws `ConfigError` `CLEANING_PARAMETER`.
 */
export function gridStep(parameters: GridParameters = {}): CleaningStep {
  requireKnown(NAME, parameters, ['action', 'toleranceSeconds']);
  const { action = 'drop', toleranceSeconds = 60 } = parameters;
  requireOneOf(NAME, 'action', action, ['drop', 'snap']);
  requireNumber(NAME, 'toleranceSeconds', toleranceSeconds, 0);
  const toleranceMs = action === 'snap' ? toleranceSeconds * 1000 : 0;
  return {
    name: NAME,
    run(bars, { barMinutes, ledger }) {
      const gridMs = greatestCommonDivisor(barMinutes, SESSION_GRID_MINUTES) * MINUTE_MS;
      const { start } = bars.columns;
      const dropped: number[] = [];
      const perMs = 1 / gridMs;
      for (let row = 0; row < bars.rows; row++) {
        const time = start[row]!;
        const onGrid = Math.round(time * perMs) * gridMs;
        if (onGrid === time) continue;
        if (Math.abs(time - onGrid) <= toleranceMs) {
          changeRow(bars, ledger, NAME, row, { start: onGrid }, reason(time - onGrid));
        } else dropped.push(row);
      }
      dropRows(bars, ledger, NAME, dropped, (row) => {
        const time = start[row]!;
        return reason(time - Math.round(time * perMs) * gridMs);
      });
    },
  };
}

function reason(offMs: number): string {
  return `the stamp is ${Math.abs(offMs) / 1000} seconds ${offMs < 0 ? 'before' : 'after'} the grid`;
}
