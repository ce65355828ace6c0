import type { ApprovedOrder, InstrumentIndex } from '@tradekit/core';

/** The broker's desk: which orders its terms forbid, and what a night costs. */
export interface AccountDesk {
  /** Why an order is not taken; `undefined`: it is. */
  faultOf(order: ApprovedOrder): string | undefined;
  /** Shares of an order that may trade now, at most what is wanted; the rest waits. */
  most(instrument: InstrumentIndex, sign: 1 | -1, wanted: number): number;
  /** A fill; `quantity` is signed. Called before the account has it. */
  filled(instrument: InstrumentIndex, quantity: number, price: number, session: number): void;
  /** The session at a place has closed: interest and fees until the next one. */
  closed(session: number): void;
}

/** A desk without terms: the null object. */
export const noTerms: AccountDesk = Object.freeze<AccountDesk>({
  faultOf: () => undefined,
  most: (_instrument, _sign, wanted) => wanted,
  filled: () => undefined,
  closed: () => undefined,
});
