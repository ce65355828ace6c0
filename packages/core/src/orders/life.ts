/**
 * The life of an order, as one table. Fills alone make an order `partially-filled` or `filled`; everything else is reported.
 */

/** Where an order stands. `unknown`: sent, no proof of refusal or acceptance; it is looked up, never resent blindly. */
export type OrderStatus =
  | 'created'
  | 'approved'
  | 'submitted'
  | 'accepted'
  | 'partially-filled'
  | 'filled'
  | 'rejected'
  | 'cancel-pending'
  | 'canceled'
  | 'replace-pending'
  | 'expired'
  | 'unknown';

/** For every status, what can follow it. An empty row ends the order. Printed in the guide and enumerated in a test. */
export const orderLife: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = Object.freeze({
  created: ['approved'],
  approved: [
    'submitted',
    'accepted',
    'partially-filled',
    'filled',
    'rejected',
    'cancel-pending',
    'canceled',
    'expired',
    'unknown',
  ],
  submitted: [
    'accepted',
    'partially-filled',
    'filled',
    'rejected',
    'cancel-pending',
    'replace-pending',
    'canceled',
    'expired',
    'unknown',
  ],
  accepted: [
    'partially-filled',
    'filled',
    'rejected',
    'cancel-pending',
    'replace-pending',
    'canceled',
    'expired',
    'unknown',
  ],
  'partially-filled': ['filled', 'rejected', 'cancel-pending', 'replace-pending', 'canceled', 'expired', 'unknown'],
  'cancel-pending': ['accepted', 'partially-filled', 'filled', 'rejected', 'canceled', 'expired', 'unknown'],
  'replace-pending': [
    'accepted',
    'partially-filled',
    'filled',
    'rejected',
    'cancel-pending',
    'canceled',
    'expired',
    'unknown',
  ],
  unknown: ['submitted', 'accepted', 'partially-filled', 'filled', 'rejected', 'cancel-pending', 'canceled', 'expired'],
  filled: [],
  rejected: [],
  canceled: [],
  expired: [],
});

/** Whether `to` may follow `from`. News that may not is old news, and changes nothing. */
export function canFollow(from: OrderStatus, to: OrderStatus): boolean {
  return orderLife[from].includes(to);
}

/** Nothing follows this status. */
export function isFinal(status: OrderStatus): boolean {
  return status === 'filled' || status === 'rejected' || status === 'canceled' || status === 'expired';
}
