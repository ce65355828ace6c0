/** Words that the rule tests share: wishes, positions in short, and the rig of the engine's own tests. */
import type { BrokerCommand } from '@tradekit/core';
import { brief, type Rig, type RigOptions, rig, type Say } from '../../packages/core/test/engine/rig.js';

export {
  able,
  brief,
  hundred,
  type Rig,
  type RigOptions,
  requests,
  rig,
  type Say,
} from '../../packages/core/test/engine/rig.js';

export const LONG: readonly Say[] = [{ direction: 1 }];
export const SHORT: readonly Say[] = [{ direction: -1 }];
export const FLAT: readonly Say[] = [{ direction: 0 }];
/** Long with a stop at 9 and a target at 12; slices close at 10. */
export const GUARDED: readonly Say[] = [{ direction: 1, stopPrice: 9, targetPrice: 12 }];

/** Holds 100 A, bought at 10 by order 1. */
export function holding(options: RigOptions = {}): Rig {
  const r = rig(options);
  r.slice([10], LONG);
  r.fill(1, 100, 10);
  return r;
}

/** Holds 100 A, bought at 10 by order 1; order 2 is its stop at 9, order 3 its target at 12. */
export function guarded(options: RigOptions = {}): Rig {
  const r = rig(options);
  r.slice([10], GUARDED);
  r.fill(1, 100, 10);
  return r;
}

/** What so many slices at 10, with the same wish, make the engine send. */
export function repeated(r: Rig, slices: number, wish: readonly Say[], close = 10): readonly string[] {
  const sent: string[] = [];
  for (let k = 0; k < slices; k++) sent.push(...brief(r.slice([close], wish)));
  return sent;
}

/** The client order ids of all orders that commands submit. */
export function ids(commands: readonly BrokerCommand[]): readonly string[] {
  return commands.flatMap((command) => {
    if (command.kind !== 'submit') return command.kind === 'replace' ? [command.by.id] : [];
    const { group } = command;
    return group.kind === 'single'
      ? [group.order.id]
      : group.kind === 'bracket'
        ? [group.entry.id, ...group.exits.map(({ id }) => id)]
        : [];
  });
}
