import { RiskError } from '@tradekit/core';

/** A position of a book that is put under stress. */
export interface StressPosition {
  /** Id of the instrument; unique in the book. */
  readonly id: string;
  /** GICS sector; positions without one count as one sector together. */
  readonly sector?: string | undefined;
  /** Signed shares. */
  readonly quantity: number;
  /** Mark in dollars. Above 0. */
  readonly price: number;
}

/** What is held, as a value: nothing in here moves. */
export interface StressBook {
  /** Dollars, cash and positions at the marks. Above 0. */
  readonly equity: number;
  readonly positions: readonly StressPosition[];
  /** How far the account's index lies below its peak already. From 0 to below 1, default 0. */
  readonly drawdownFraction?: number;
}

/** Signed dollars of a position. */
export function worthOf({ quantity, price }: StressPosition): number {
  return quantity * price;
}

/** The name under which a position's sector is added up. */
export function sectorOf({ sector = 'unknown' }: StressPosition): string {
  return sector;
}

/** Checks a book. Throws `RiskError` `STRESS_BOOK` on an equity that is not above 0, a quantity or price that is no number, an id twice. */
export function requireBook({ equity, positions, drawdownFraction = 0 }: StressBook): void {
  if (!(equity > 0 && Number.isFinite(equity))) throw fault(`the equity is ${equity}; give dollars above 0`);
  if (!(drawdownFraction >= 0 && drawdownFraction < 1)) {
    throw fault(`drawdownFraction is ${drawdownFraction}; give a fraction from 0 to below 1: 5 % is 0.05`);
  }
  const seen = new Set<string>();
  for (const { id, quantity, price } of positions) {
    if (seen.has(id)) throw fault(`"${id}" is listed twice; add its shares up`);
    seen.add(id);
    if (!Number.isFinite(quantity)) throw fault(`"${id}" has ${quantity} shares; give a finite number`);
    if (!(price > 0 && Number.isFinite(price))) throw fault(`"${id}" has the price ${price}; give dollars above 0`);
  }
}

function fault(what: string): RiskError {
  return new RiskError('STRESS_BOOK', `stress: ${what}`);
}
