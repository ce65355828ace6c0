/** How far a price must go to count: a fraction, or a multiple of what the same time of day has done before. */
import type { BarHistory } from '@tradekit/core';
import { requireAboveZero, requireBetween, requireCount } from '../error.js';

/** A width that is the same everywhere. */
export interface FixedWidth {
  readonly kind: 'fixed';
  /** As a fraction: `0.001` is 10 basis points. Not negative. */
  readonly fraction: number;
}

/** A width in units of the past volatility of the slot: the root mean square of the returns that earlier sessions had at the same time of day. */
export interface SlotWidth {
  readonly kind: 'slot-volatility';
  /** How many of these units. */
  readonly multiple: number;
  /** Sessions before this one that are looked at, default 60. */
  readonly sessions?: number;
  /** How many of them must have a return; with fewer there is no width and no label. Default 20, or all where `sessions` is less. */
  readonly minSessions?: number;
}

/** A {@link FixedWidth} or a {@link SlotWidth}. */
export type Width = FixedWidth | SlotWidth;

/** Throws `MlError` when a number of a width is out of range; gives its text. */
export function widthText(of: string, width: Width): string {
  if (width.kind === 'fixed') {
    requireBetween(of, 'fraction', width.fraction, 0, 1);
    return `${width.fraction}`;
  }
  const { multiple, sessions = 60, minSessions = Math.min(20, sessions) } = width;
  requireAboveZero(of, 'multiple', multiple);
  requireCount(of, 'sessions', sessions);
  requireCount(of, 'minSessions', minSessions);
  requireBetween(of, 'minSessions', minSessions, 1, sessions);
  return `${multiple} slot volatilities of ${minSessions} to ${sessions} sessions`;
}

/**
 * The width at each cell, NaN where it is not known. `returns` are those of the horizon, at the cell of their decision. The slot is counted in rows from the
 * session's open, and only sessions before that of the cell are looked at: their returns had all ended.
 */
export function widths(history: BarHistory, width: Width, returns: Float64Array): Float64Array {
  if (width.kind === 'fixed') return new Float64Array(returns.length).fill(width.fraction);
  const { multiple, sessions: window = 60, minSessions = Math.min(20, window) } = width;
  const { universe, sessions, firstRow } = history;
  const { size } = universe;
  const out = new Float64Array(returns.length).fill(Number.NaN);
  for (let k = 1; k < sessions.length; k++) {
    const slots = firstRow[k + 1]! - firstRow[k]!;
    for (let slot = 0; slot < slots; slot++) {
      for (let i = 0; i < size; i++) {
        let sum = 0;
        let count = 0;
        for (let past = Math.max(0, k - window); past < k; past++) {
          const row = firstRow[past]! + slot;
          if (row >= firstRow[past + 1]!) continue; // a half day has fewer slots
          const value = returns[row * size + i]!;
          if (Number.isNaN(value)) continue;
          sum += value * value;
          count++;
        }
        if (count < minSessions) continue;
        out[(firstRow[k]! + slot) * size + i] = multiple * Math.sqrt(sum / count);
      }
    }
  }
  return out;
}
