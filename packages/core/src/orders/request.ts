import type { InstrumentIndex } from '../market/instrument.js';
import type { StrategyIndex } from '../strategy/strategy.js';

/** An order's number inside the engine, from 1, in the order of approval. */
export type OrderNumber = number & { readonly __brand: 'OrderNumber' };

/** The text by which a broker knows an order; unique for ever, see `clientOrderId`. */
export type ClientOrderId = string & { readonly __brand: 'ClientOrderId' };

/** Buy or sell. */
export type Side = 'buy' | 'sell';

/** How an order is priced. Prices are in dollars, on the instrument's tick. */
export type Pricing =
  | { readonly type: 'market' | 'market-on-open' | 'market-on-close' }
  | { readonly type: 'limit' | 'limit-on-close'; readonly limitPrice: number }
  | { readonly type: 'stop'; readonly stopPrice: number }
  /** A stop that stays so many dollars behind the best price since it went live, and never moves back. */
  | { readonly type: 'trailing-stop'; readonly stopPrice: number; readonly trailDistance: number }
  | { readonly type: 'stop-limit'; readonly stopPrice: number; readonly limitPrice: number };

/** `day`: ends with its session, even if it never traded. `gtc`: rests until filled or cancelled. */
export type TimeInForce = 'day' | 'gtc';

/** What an order is for. `entry` opens; `exit` and `flatten` reduce; `stop` and `target` protect; `child` belongs to an execution algorithm. */
export type OrderRole = 'entry' | 'exit' | 'flatten' | 'stop' | 'target' | 'child';

/** An order before any rule has seen it. */
export interface OrderRequest {
  readonly strategy: StrategyIndex;
  readonly instrument: InstrumentIndex;
  readonly side: Side;
  /** Shares, above zero. */
  readonly quantity: number;
  readonly pricing: Pricing;
  readonly timeInForce: TimeInForce;
  readonly role: OrderRole;
  readonly reason: string;
}

/** +1 for a buy, −1 for a sell. */
export function sideSign(side: Side): 1 | -1 {
  return side === 'buy' ? 1 : -1;
}

/** Every role but these opens or adds. */
export function isReducing(role: OrderRole): boolean {
  return role === 'exit' || role === 'flatten' || role === 'stop' || role === 'target';
}

/** A leg that protects a position and rests beside it. */
export function isLeg(role: OrderRole): boolean {
  return role === 'stop' || role === 'target';
}
