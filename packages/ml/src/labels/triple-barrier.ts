import type { BarHistory, Bars } from '@tradekit/core';
import { requireCount } from '../error.js';
import { DOWN, FLAT, type Labels, noLabels, UP } from './labels.js';
import { openReturns } from './open-returns.js';
import { type Width, widths, widthText } from './width.js';

/** Options of {@link tripleBarrierLabels}; all have a default. */
export interface TripleBarrierOptions {
  /** Bars from the entry to the last exit, both at opens. Default 13. */
  readonly horizonBars?: number;
  /** How far above the entry the upper barrier is. Default 1 past volatility of the slot over the horizon. */
  readonly upper?: Width;
  /** How far below the entry the lower barrier is. Default as `upper`. */
  readonly lower?: Width;
}

/**
 * Which of two prices is reached first after an entry at the next open (M. López de Prado, Advances in Financial Machine Learning, 2018, 3.4): up,
 * down, or flat when neither is within the horizon. The return is that at the barrier, at the open of a bar that begins beyond it, and of a flat one at the
 * open after the horizon. A bar that reaches both counts as down: the worse for who is long. Missing when the *whole* horizon is not in the session
 * without a hole, whether or not a barrier was reached before: else the bars before a close would know only moves, and no rest. Missing also where a width is zero.
 * Throws `MlError` on options out of range.
 */
export function tripleBarrierLabels(history: BarHistory, options: TripleBarrierOptions = {}): Labels {
  const { horizonBars = 13, upper = { kind: 'slot-volatility', multiple: 1 }, lower = upper } = options;
  const of = 'tripleBarrierLabels';
  requireCount(of, 'horizonBars', horizonBars);
  const text = `triple-barrier(${horizonBars} bars, up ${widthText(of, upper)}, down ${widthText(of, lower)})`;
  const labels = noLabels(text, history);
  const moves = openReturns(history, horizonBars);
  const above = widths(history, upper, moves);
  const below = widths(history, lower, moves);
  const { instruments } = labels;
  for (let cell = 0; cell < moves.length; cell++) {
    if (Number.isNaN(moves[cell]!) || !(above[cell]! > 0 && below[cell]! > 0)) continue;
    const row = Math.floor(cell / instruments);
    const entry = history.bars.open[cell + instruments]!;
    const touch = touchOf(history.bars, {
      cell: cell + instruments,
      step: instruments,
      bars: horizonBars,
      high: entry * (1 + above[cell]!),
      low: entry * (1 - below[cell]!),
    });
    labels.classes[cell] = touch === undefined ? FLAT : touch.side;
    labels.returns[cell] = touch === undefined ? moves[cell]! : touch.price / entry - 1;
    labels.first[cell] = row + 1;
    labels.last[cell] = row + 1 + (touch === undefined ? horizonBars : touch.after);
  }
  return labels;
}

interface Path {
  /** Cell of the bar of the entry. */
  readonly cell: number;
  readonly step: number;
  readonly bars: number;
  readonly high: number;
  readonly low: number;
}

interface Touch {
  readonly side: number;
  readonly price: number;
  /** Bars after that of the entry. */
  readonly after: number;
}

function touchOf({ open, high: highs, low: lows }: Bars, { cell, step, bars, high, low }: Path): Touch | undefined {
  for (let after = 0; after < bars; after++) {
    const at = cell + after * step;
    // The open comes before the rest of its bar; at the entry it is the entry itself.
    if (lows[at]! <= low && !(after > 0 && open[at]! >= high)) {
      return { side: DOWN, price: after > 0 ? Math.min(open[at]!, low) : low, after };
    }
    if (highs[at]! >= high) return { side: UP, price: after > 0 ? Math.max(open[at]!, high) : high, after };
  }
  return undefined;
}
