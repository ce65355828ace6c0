import type { ApprovedOrder } from './approved.js';
import type { OrderNumber } from './request.js';

/**
 * Orders that belong together. `bracket`: the exits wait for the entry's complete fill and are then an `oco`.
 * `oco`: when one is filled the other is cancelled. `then`: the second leaves when the first is completely filled.
 */
export type OrderGroup =
  | { readonly kind: 'single'; readonly order: ApprovedOrder }
  | { readonly kind: 'bracket'; readonly entry: ApprovedOrder; readonly exits: readonly ApprovedOrder[] }
  | { readonly kind: 'oco'; readonly exits: readonly ApprovedOrder[] }
  | { readonly kind: 'then'; readonly first: ApprovedOrder; readonly next: OrderGroup };

/** What the engine asks of a broker. */
export type BrokerCommand =
  | { readonly kind: 'submit'; readonly group: OrderGroup }
  | { readonly kind: 'cancel'; readonly order: OrderNumber }
  | { readonly kind: 'replace'; readonly order: OrderNumber; readonly by: ApprovedOrder };

/** Every order of a group, in the order in which they may trade. */
export function ordersOf(group: OrderGroup): readonly ApprovedOrder[] {
  switch (group.kind) {
    case 'single':
      return [group.order];
    case 'bracket':
      return [group.entry, ...group.exits];
    case 'oco':
      return group.exits;
    case 'then':
      return [group.first, ...ordersOf(group.next)];
  }
}
