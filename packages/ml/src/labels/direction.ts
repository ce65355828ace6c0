import type { BarHistory } from '@tradekit/core';
import { requireCount } from '../error.js';
import { DOWN, FLAT, type Labels, noLabels, UP } from './labels.js';
import { openReturns } from './open-returns.js';
import { type Width, widths, widthText } from './width.js';

/** Options of {@link directionLabels}; all have a default. */
export interface DirectionOptions {
  /** Bars from the entry at the next open to the exit at an open, default 1. */
  readonly horizonBars?: number;
  /** Returns within the band are flat. Default 0.35 past volatilities of the slot, which makes about a third of each class. */
  readonly deadBand?: Width;
}

/**
 * The direction from the next open to the open `horizonBars` later: up above the dead band, down below it, flat within, its edges included.
 * Missing when the span leaves the session, when a bar is missing in it, and where the band is not known. Throws `MlError` on options out of range.
 */
export function directionLabels(history: BarHistory, options: DirectionOptions = {}): Labels {
  const { horizonBars = 1, deadBand = { kind: 'slot-volatility', multiple: 0.35 } } = options;
  requireCount('directionLabels', 'horizonBars', horizonBars);
  const labels = noLabels(`direction(${horizonBars} bars, ${widthText('directionLabels', deadBand)})`, history);
  const { classes, returns, first, last, instruments } = labels;
  const moves = openReturns(history, horizonBars);
  const bands = widths(history, deadBand, moves);
  for (let cell = 0; cell < moves.length; cell++) {
    const move = moves[cell]!;
    const band = bands[cell]!;
    if (Number.isNaN(move) || Number.isNaN(band)) continue;
    const row = Math.floor(cell / instruments);
    classes[cell] = move > band ? UP : move < -band ? DOWN : FLAT;
    returns[cell] = move;
    first[cell] = row + 1;
    last[cell] = row + 1 + horizonBars;
  }
  return labels;
}
