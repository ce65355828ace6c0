import type { InstrumentIndex, RiskContext, StrategyIndex } from '@tradekit/core';

/** Shares that somebody wants to add to what is held and working: the part of a wish, or an order, that opens. */
export interface Addition {
  readonly strategy: StrategyIndex;
  readonly instrument: InstrumentIndex;
  /** +1 adds to the long side, −1 to the short side. */
  readonly direction: 1 | -1;
  /** Shares to add, above zero. */
  readonly quantity: number;
  /** The price that it is reckoned with: its limit, or the last mark and the collar on the worse side. A number above zero. */
  readonly worstPrice: number;
}

/** What a rule makes of an addition: all of it may pass, or only so many shares (0: none). */
export type Ruling =
  | { readonly kind: 'pass' }
  | {
      readonly kind: 'cut';
      /** Shares that may pass, 0 or more, not rounded to lots. */
      readonly quantity: number;
      /** What the rule measured with everything asked for, in the unit of `limit`. */
      readonly measured: number;
      readonly limit: number;
      /** What was measured against what, in words. */
      readonly reason: string;
    };

/** All of it. */
export const pass: Ruling = Object.freeze({ kind: 'pass' });

/**
 * One limit. The manager asks it twice: with all additions of a slice together, to cut them so that all fit, and with every
 * opening order alone, when it leaves. What reduces is never shown to a rule.
 */
export interface RiskRule {
  /** Stands in refusals, for example `max-position`. */
  readonly name: string;
  /**
   * One ruling for each addition, in their order. The additions come sorted by instrument and strategy, so a sum over them is
   * the same whatever order the wishes had. What this event has already approved is in the context (`openBuys`, `openSells`,
   * `reservedCash`). A number that is NaN must not pass.
   */
  check(additions: readonly Addition[], context: RiskContext): readonly Ruling[];
}
