/** One instrument has one direction. */
import type { Refusal } from '../ports/risk.js';
import type { Core, PendingWish } from './core.js';
import { no } from './refusal.js';

/** What stands against a direction: no book opens against another's position or wish. */
export function otherDirection(
  core: Core,
  strategy: number,
  instrument: number,
  direction: number,
): Refusal | undefined {
  if (core.running.length === 1) return undefined;
  for (let other = 0; other < core.running.length; other++) {
    if (other === strategy) continue;
    const cell = other * core.instruments + instrument;
    const held = core.portfolio.held[cell]!;
    const opposed = held * direction < 0 ? held : lastingTarget(core, cell);
    if (opposed * direction < 0) {
      return no('one-direction', opposed, 0, `"${core.running[other]!.name}" is on the other side of this instrument`);
    }
  }
  return undefined;
}

/** What a book is on its way to, unless its strategy has just asked for something else. */
function lastingTarget({ wishes, stances }: Core, cell: number): number {
  const isGivenUp = wishes.length > 0 && wishes.some((wish) => wish.cell === cell && !wish.resizes);
  return isGivenUp ? 0 : stances.target[cell]!;
}

/** Of two wishes of one slice that are against each other the earlier strategy's is refused. */
export function againstLater(core: Core, wish: PendingWish, left: readonly PendingWish[]): Refusal | undefined {
  const { instrument, direction } = wish.signal;
  const other = left.find(({ signal }) => signal.instrument === instrument && signal.direction === -direction);
  if (other === undefined) return undefined;
  const reason = `"${core.running[other.strategy]!.name}" wants the other side of this instrument in the same slice`;
  return no('one-direction', other.signal.direction, 0, reason);
}
