import type { Resting } from './resting.js';

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
 * trades at the open at best.
 */
export function priceInside(order: Resting, open: number, high: number, low: number): number {
  const { pricing, sign } = order;
  switch (pricing.type) {
    case 'limit':
      return insideLimit(sign, pricing.limitPrice, open, high, low);
    case 'stop':
      if (!touchesStop(sign, pricing.stopPrice, high, low)) return NO_PRICE;
      order.triggered = true;
      return worse(sign, pricing.stopPrice, open);
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

function touchesStop(sign: 1 | -1, stop: number, high: number, low: number): boolean {
  return sign > 0 ? high >= stop : low <= stop;
}

function worse(sign: 1 | -1, a: number, b: number): number {
  return sign > 0 ? Math.max(a, b) : Math.min(a, b);
}
