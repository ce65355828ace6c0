/** Sizing all wishes of a slice together, and cutting what does not fit. */
import { type Refusal, type RiskContext, type Verdict, type Wish, wholeLots } from '@tradekit/core';
import { numberRefusal, refused } from './refusal.js';
import type { Addition, RiskRule } from './rules/rule.js';
import { belowOneLot, passing, rulingsOf } from './rulings.js';
import type { Sizer } from './sizing/sizer.js';

/** A wish on its way to a verdict. Shares have no sign here. */
interface Draft {
  readonly wish: Wish;
  readonly direction: 1 | -1;
  readonly lot: number;
  /** What the book holds already in the wish's direction. */
  readonly base: number;
  target: number;
  refusal: Refusal | undefined;
}

/** Sizes every wish, then lets each rule in turn cut pro rata what is added. One verdict for each wish, in their order. */
export function planWishes(
  sizer: Sizer,
  rules: readonly RiskRule[],
  wishes: readonly Wish[],
  context: RiskContext,
): readonly Verdict[] {
  const drafts = wishes.map((wish) => sized(wish, sizer, context));
  const sorted = drafts.length > 1 ? [...drafts].sort(inCanonicalOrder) : drafts;
  for (const rule of rules) cut(rule, sorted, context);
  return drafts.map(verdictOf);
}

function sized(wish: Wish, sizer: Sizer, context: RiskContext): Draft {
  const { signal, held } = wish;
  const direction = signal.direction < 0 ? -1 : 1;
  const lot = context.lot(signal.instrument);
  const base = held * direction > 0 ? Math.abs(held) : 0;
  const draft: Draft = { wish, direction, lot, base, target: 0, refusal: undefined };
  if (signal.direction === 0) return draft;
  draft.refusal = numberRefusal(signal.instrument, context);
  if (draft.refusal !== undefined) return draft;
  // A strategy's own size wins over the sizer.
  const size = wish.quantity === undefined ? sizer.size(wish, context) : wish.quantity * direction;
  draft.target = wholeLots(size, lot);
  draft.refusal = sizeRefusal(size, draft);
  return draft;
}

function sizeRefusal(size: number, { target, lot }: Draft): Refusal | undefined {
  if (!(size >= 0 && Number.isFinite(size))) {
    return refused('no-size', size, 0, `the size is ${size} shares; a finite number, 0 or more, would pass`);
  }
  if (target >= lot) return undefined;
  return refused(
    'below-one-lot',
    size,
    lot,
    `the size is ${size} shares, less than one lot; ${lot} or more would pass`,
  );
}

/** Sums over wishes in this order are the same whatever order the wishes came in. */
function inCanonicalOrder(a: Draft, b: Draft): number {
  return (
    a.wish.signal.instrument - b.wish.signal.instrument ||
    a.wish.strategy - b.wish.strategy ||
    a.direction - b.direction ||
    a.target - b.target
  );
}

function cut(rule: RiskRule, sorted: readonly Draft[], context: RiskContext): void {
  const adding = sorted.filter(({ refusal, target, base }) => refusal === undefined && target > base);
  if (adding.length === 0) return;
  const additions = adding.map((draft) => additionOf(draft, context));
  const rulings = rulingsOf(rule, additions, context);
  for (const [place, draft] of adding.entries()) {
    const ruling = rulings[place]!;
    if (ruling.kind === 'pass') continue;
    const asked = draft.target - draft.base;
    const target = wholeLots(draft.base + passing(asked, ruling), draft.lot);
    if (target < draft.lot) draft.refusal = belowOneLot(rule, ruling, asked, draft.lot);
    // No rule reduces: what the book holds already it may keep.
    else draft.target = Math.max(draft.base, target);
  }
}

function additionOf({ wish, direction, target, base }: Draft, context: RiskContext): Addition {
  const { instrument } = wish.signal;
  const worstPrice = context.worstPrice(instrument, direction > 0 ? 'buy' : 'sell');
  return { strategy: wish.strategy, instrument, direction, quantity: target - base, worstPrice };
}

function verdictOf({ refusal, direction, target }: Draft): Verdict {
  return refusal ?? { kind: 'allow', quantity: target === 0 ? 0 : direction * target };
}
