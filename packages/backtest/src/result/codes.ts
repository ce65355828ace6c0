/**
 * Small numbers for words, so that columns can hold them. Their order is part of the digest's layout: only ever append.
 */
import type { OrderRole, OrderStatus, Pricing, TimeInForce } from '@tradekit/core';

/** Statuses by their code in `OrderColumns.status`. */
export const orderStatuses: readonly OrderStatus[] = Object.freeze<OrderStatus[]>([
  'created',
  'approved',
  'submitted',
  'accepted',
  'partially-filled',
  'filled',
  'rejected',
  'cancel-pending',
  'canceled',
  'replace-pending',
  'expired',
  'unknown',
]);

/** Roles by their code in `OrderColumns.role`. */
export const orderRoles: readonly OrderRole[] = Object.freeze<OrderRole[]>([
  'entry',
  'exit',
  'flatten',
  'stop',
  'target',
  'child',
]);

/** Pricing types by their code in `OrderColumns.pricing`. */
export const pricingTypes: readonly Pricing['type'][] = Object.freeze<Pricing['type'][]>([
  'market',
  'market-on-open',
  'market-on-close',
  'limit',
  'limit-on-close',
  'stop',
  'stop-limit',
  'trailing-stop',
]);

/** Times in force by their code in `OrderColumns.timeInForce`. */
export const timesInForce: readonly TimeInForce[] = Object.freeze<TimeInForce[]>(['day', 'gtc']);
