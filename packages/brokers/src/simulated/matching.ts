import type { Pricing } from '@tradekit/core';
import type { Stretch } from './path/bar-path.js';
import type { Resting } from './resting.js';

type TrailingStop = Extract<Pricing, { type: 'trailing-stop' }>;

/** No price: the order does not trade here. */
const NO_PRICE: number = Number.NaN;

/**
 * The price at which an order trades at an open; NaN when it does not. A gap through a stop trades at the open, and so does
 * a limit that the open is better than. A stop-limit whose stop the open has passed becomes a limit, and a stop whose rest
 * waits for volume is a market order.
 */
export function priceAtOpen(order: Resting, open: number, isSessionOpen: boolean): number {
  const { pricing, sign } = order;
  switch (pricing.type) {
    case 'market':
      return open;
    case 'market-on-open':
      return isSessionOpen ? open : NO_PRICE;
    case 'limit':
      return sign * (open - pricing.limitPrice) <= 0 ? open : NO_PRICE;
    case 'stop':
      if (sign * (open - pricing.stopPrice) >= 0) order.triggered = true;
      return order.triggered ? open : NO_PRICE;
    case 'trailing-stop':
      if (sign * (open - trailedStop(order, pricing)) >= 0) order.triggered = true;
      follow(order, open);
      return order.triggered ? open : NO_PRICE;
    case 'stop-limit':
      if (sign * (open - pricing.stopPrice) >= 0) order.triggered = true;
      return order.triggered && sign * (open - pricing.limitPrice) <= 0 ? open : NO_PRICE;
    case 'market-on-close':
    case 'limit-on-close':
      return NO_PRICE;
  }
}

/**
 * The price at which an order trades inside a bar; NaN when it does not. A limit trades when the bar trades at or through it,
 * at the limit; a stop when the bar touches it, at the stop. An order that came after the open and is beyond its price already
 * trades at the open at best. A trailing stop is met before the best price of the bar, and again after it unless the stretch is
 * known to rise or fall only.
 */
export function priceInside(order: Resting, { open, high, low }: Stretch, isMonotone: boolean): number {
  const { pricing, sign } = order;
  switch (pricing.type) {
    case 'limit':
      return insideLimit(sign, pricing.limitPrice, open, high, low);
    case 'stop':
      if (!touchesStop(sign, pricing.stopPrice, high, low)) return NO_PRICE;
      order.triggered = true;
      return worse(sign, pricing.stopPrice, open);
    case 'trailing-stop':
      return insideTrailing(order, pricing, { open, high, low }, isMonotone);
    case 'stop-limit': {
      if (order.triggered) return insideLimit(sign, pricing.limitPrice, open, high, low);
      if (!touchesStop(sign, pricing.stopPrice, high, low)) return NO_PRICE;
      order.triggered = true;
      const price = worse(sign, pricing.stopPrice, open);
      // Beyond the limit when the stop is touched: the order rests as a limit from the next bar on.
      return sign * (price - pricing.limitPrice) <= 0 ? price : NO_PRICE;
    }
    default:
      return NO_PRICE;
  }
}

/** The price at which an order at the close trades; NaN when it does not. */
export function priceAtClose(order: Resting, close: number): number {
  const { pricing, sign } = order;
  if (pricing.type === 'market-on-close') return close;
  return pricing.type === 'limit-on-close' && sign * (close - pricing.limitPrice) <= 0 ? close : NO_PRICE;
}

/** The worst price that an order accepts, after slippage. */
export function limitOf({ pricing, sign }: Resting): number {
  return 'limitPrice' in pricing ? pricing.limitPrice : sign * Number.POSITIVE_INFINITY;
}

function insideLimit(sign: 1 | -1, limit: number, open: number, high: number, low: number): number {
  const reached = sign > 0 ? low <= limit : high >= limit;
  if (!reached) return NO_PRICE;
  return sign * (open - limit) < 0 ? open : limit;
}

function insideTrailing(
  order: Resting,
  pricing: TrailingStop,
  { open, high, low }: Stretch,
  isMonotone: boolean,
): number {
  const { sign } = order;
  follow(order, open);
  const before = trailedStop(order, pricing);
  if (touchesStop(sign, before, high, low)) {
    order.triggered = true;
    return worse(sign, before, open);
  }
  follow(order, sign > 0 ? low : high);
  const after = trailedStop(order, pricing);
  if (isMonotone || !touchesStop(sign, after, high, low)) return NO_PRICE;
  order.triggered = true;
  return after;
}

/** Where a trailing stop stands. */
function trailedStop({ sign, best }: Resting, { stopPrice, trailDistance }: TrailingStop): number {
  const trailed = best + sign * trailDistance;
  return Number.isNaN(trailed) ? stopPrice : worse(-sign as 1 | -1, stopPrice, trailed);
}

/** A price was traded at. */
function follow(order: Resting, price: number): void {
  order.best = Number.isNaN(order.best) ? price : worse(-order.sign as 1 | -1, order.best, price);
}

function touchesStop(sign: 1 | -1, stop: number, high: number, low: number): boolean {
  return sign > 0 ? high >= stop : low <= stop;
}

function worse(sign: 1 | -1, a: number, b: number): number {
  return sign > 0 ? Math.max(a, b) : Math.min(a, b);
}
