/** What becomes of a stance when something other than its strategy changed its position or its entry. */

import { roundQuantity } from '../orders/quantity.js';
import type { Core } from './core.js';
import { project } from './orders.js';
import { STANDING } from './stances.js';

/** An entry ended unfilled, or was never sent: its stance wants no more than is held and working, and is over when that is nothing. */
export function dropRest(core: Core, cell: number): void {
  const { stances, portfolio, orders } = core;
  if (stances.status[cell] !== STANDING || stances.target[cell] === 0) return;
  const direction = stances.direction[cell]!;
  const { held, opening, closing } = project(orders.of(cell), portfolio.held[cell]!);
  const reached = Math.max(0, direction * roundQuantity(held + opening + closing));
  const left = direction * Math.min(reached, Math.abs(stances.target[cell]!));
  if (left === stances.target[cell]) return;
  if (left === 0) core.endStance(cell);
  else core.changeStance(cell, left);
}

/** Something other than the strategy changed its position: the stance keeps what is left, or is over. */
export function endByOthers(core: Core, cell: number): void {
  const { stances, portfolio } = core;
  const held = portfolio.held[cell]!;
  const keeps = stances.status[cell] === STANDING && held * stances.direction[cell]! > 0;
  if (keeps) core.changeStance(cell, held);
  else core.endStance(cell);
}

/** Where the broker has no pair of exits only the stop rests there: a close at or beyond the target ends the stance. */
export function takeTargets(core: Core): void {
  const { stances, portfolio, row } = core;
  for (let cell = 0; cell < core.cells; cell++) {
    const target = stances.targetPrice[cell]!;
    if (Number.isNaN(target) || Number.isNaN(stances.stopPrice[cell]!) || stances.status[cell] !== STANDING) continue;
    const held = portfolio.held[cell]!;
    if (held !== 0 && (row.close[cell % core.instruments]! - target) * held >= 0) core.endStance(cell);
  }
}
