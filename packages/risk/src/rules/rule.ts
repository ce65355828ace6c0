import type { FeatureSpec, InstrumentIndex, RiskContext, StrategyIndex, Tightening } from '@tradekit/core';

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
  /** Stop of the wish, NaN where it has none. */
  readonly stopPrice: number;
  /** How much it is wanted, 0 where the strategy does not say. Of an order 0: it has no rivals. */
  readonly strength: number;
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

/** By count, the answer when so many additions pass. */
const passes: (readonly Ruling[])[] = [];

/** The answer when all additions pass, by far the most common one: a list that is made once for each count. */
export function allPass({ length }: readonly Addition[]): readonly Ruling[] {
  for (let count = passes.length; count <= length; count++) passes.push(Object.freeze(Array(count).fill(pass)));
  return passes[length]!;
}

/** Nothing of it, with what was measured against what. */
export function refuse(measured: number, limit: number, reason: string): Ruling {
  return { kind: 'cut', quantity: 0, measured, limit, reason };
}

/** Instruments that hold too much together. */
export interface Excess {
  readonly instruments: readonly InstrumentIndex[];
  /** The part of each that may stay. */
  readonly fraction: number;
  readonly measured: number;
  readonly limit: number;
}

/**
 * One limit. The manager asks `check` twice: with all additions of a slice together, to cut them so that all fit, and with every
 * opening order alone, when it leaves. What reduces is never shown to a rule.
 */
export interface RiskRule {
  /** Stands in refusals, for example `max-position`. */
  readonly name: string;
  /** Features that it reads through `context.feature`. */
  readonly features?: readonly FeatureSpec[];
  /**
   * Of a limit on exposure: while everything held, working and added comes to no more than this fraction of the equity, it passes
   * everything and is not asked. Default: always asked.
   */
  readonly passesUpTo?: number;
  /**
   * A limit that a `tighten` command may lower: what holds now, in the rule's own unit, and the same rule with another one. `to`
   * throws `ConfigError` on a limit that cannot be meant. Default: none.
   */
  readonly limit?: {
    /** What holds now. */
    readonly value: number;
    /** The same rule with another limit. */
    readonly to: (value: number) => RiskRule;
  };
  /**
   * Of a limit on exposure: groups of what is held that stand beyond `factor` times the limit, with the part of each that is within the
   * limit itself. Default: drift only blocks adding.
   */
  excess?(factor: number, context: RiskContext): readonly Excess[];
  /**
   * One ruling for each addition, in their order. The additions come sorted by instrument and strategy, so a sum over them is
   * the same whatever order the wishes had. What this event has already approved is in the context (`openBuys`, `openSells`,
   * `reservedCash`). A number that is NaN must not pass.
   */
  check(additions: readonly Addition[], context: RiskContext): readonly Ruling[];
  /** Asked on slices, fills and commands, before anything is decided: a tighter state of trading, or nothing. */
  watch?(context: RiskContext): Tightening | undefined;
}

/** A rule that looks at every addition by itself. */
export function eachAlone(
  name: string,
  judge: (addition: Addition, context: RiskContext) => Ruling,
  features: readonly FeatureSpec[] = [],
): RiskRule {
  return { name, features, check: (additions, context) => eachOf(additions, context, judge) };
}

/** One ruling for each addition, without a list of its own while all of them pass. */
export function eachOf(
  additions: readonly Addition[],
  context: RiskContext,
  judge: (addition: Addition, context: RiskContext, additions: readonly Addition[]) => Ruling,
): readonly Ruling[] {
  for (let k = 0; k < additions.length; k++) {
    if (judge(additions[k]!, context, additions) !== pass)
      return additions.map((addition) => judge(addition, context, additions));
  }
  return allPass(additions);
}
