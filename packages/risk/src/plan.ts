/** Sizing all wishes of a slice together, and cutting what does not fit. */
import { type Refusal, type RiskContext, type Verdict, type Wish, wholeLots } from '@tradekit/core';
import { counting } from './granted.js';
import { numberRefusal, refused } from './refusal.js';
import type { Addition } from './rules/rule.js';
import { belowOneLot, exposureAtMost, passing, type RuleInUse, type RulesInUse } from './rulings.js';
import { type AnySizer, sizesOf } from './sizing/sizer.js';

/**
 * Who gives way when several wishes want the same room. `pro-rata`: all by the same fraction. `by-strength`: the stronger wish is
 * served whole before the weaker one is looked at; wishes of equal strength share pro rata, and one without a strength has 0.
 */
export type Competition = 'pro-rata' | 'by-strength';

/** What a plan is made with. */
export interface PlanParts {
  readonly sizer: AnySizer;
  readonly rules: RulesInUse;
  readonly competition: Competition;
}

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

/** Sizes every wish, then lets each rule in turn cut what is added. One verdict for each wish, in their order. */
export function planWishes(
  { sizer, rules, competition }: PlanParts,
  wishes: readonly Wish[],
  context: RiskContext,
): readonly Verdict[] {
  const drafts = wishes.map((wish) => draftOf(wish, context));
  const sorted = drafts.every(isInOrder) ? drafts : [...drafts].sort(inCanonicalOrder);
  size(sizer, sorted, context);
  if (competition === 'pro-rata' || sorted.length < 2) cutAll(rules, sorted, context);
  else cutByStrength(rules, sorted, context);
  return drafts.map(verdictOf);
}

function draftOf(wish: Wish, context: RiskContext): Draft {
  const { signal, held } = wish;
  const direction = signal.direction < 0 ? -1 : 1;
  const lot = context.lot(signal.instrument);
  const base = held * direction > 0 ? Math.abs(held) : 0;
  const refusal = signal.direction === 0 ? undefined : numberRefusal(signal.instrument, context);
  return { wish, direction, lot, base, target: 0, refusal };
}

/** Targets in whole lots, or why there is none. The sizer sees what is left to it together, in canonical order. */
function size(sizer: AnySizer, sorted: readonly Draft[], context: RiskContext): void {
  const left: Wish[] = [];
  for (const draft of sorted) if (isWanting(draft) && draft.wish.quantity === undefined) left.push(draft.wish);
  const sizes: readonly number[] = left.length === 0 ? [] : sizesOf(sizer, left, context);
  let next = 0;
  for (const draft of sorted) {
    if (!isWanting(draft)) continue;
    // A strategy's own size wins over the sizer.
    const { quantity } = draft.wish;
    const isOwn = quantity !== undefined;
    const shares = isOwn ? quantity * draft.direction : (sizes[next++] ?? Number.NaN);
    draft.target = wholeLots(shares, draft.lot);
    draft.refusal = sizeRefusal(shares, draft, isOwn ? undefined : sizer);
  }
}

/** Whether a draft wants a size: not one that has been refused, nor a wish to be flat. */
function isWanting({ refusal, wish }: Draft): boolean {
  return refusal === undefined && wish.signal.direction !== 0;
}

function sizeRefusal(shares: number, { target, lot }: Draft, sizer: AnySizer | undefined): Refusal | undefined {
  if (!(shares >= 0 && Number.isFinite(shares))) {
    const needs = sizer?.needs === undefined ? '' : `; sizer "${sizer.name}" needs ${sizer.needs}`;
    return refused(
      'no-size',
      shares,
      0,
      `the size is ${shares} shares; a finite number, 0 or more, would pass${needs}`,
    );
  }
  if (target >= lot) return undefined;
  return refused(
    'below-one-lot',
    shares,
    lot,
    `the size is ${shares} shares, less than one lot; ${lot} or more would pass`,
  );
}

/** Sums over wishes in this order are the same whatever order the wishes came in. */
function inCanonicalOrder(a: Draft, b: Draft): number {
  return (
    a.wish.signal.instrument - b.wish.signal.instrument ||
    a.wish.strategy - b.wish.strategy ||
    a.direction - b.direction ||
    Math.abs(a.wish.quantity ?? 0) - Math.abs(b.wish.quantity ?? 0)
  );
}

/** Wishes mostly come in canonical order already. */
function isInOrder(draft: Draft, place: number, drafts: readonly Draft[]): boolean {
  return place === 0 || inCanonicalOrder(drafts[place - 1]!, draft) <= 0;
}

function cutAll(rules: RulesInUse, drafts: readonly Draft[], context: RiskContext): void {
  let adding = drafts.every(isAdding) ? drafts : drafts.filter(isAdding);
  let additions = adding.map((draft) => additionOf(draft, context));
  for (const rule of rules.at(exposureAtMost(additions, context))) {
    if (adding.length === 0) return;
    if (!cut(rule, adding, additions, context)) continue;
    adding = adding.filter(isAdding);
    additions = adding.map((draft) => additionOf(draft, context));
  }
}

/** The strongest first: what they were given counts as working when the next are looked at. */
function cutByStrength(rules: RulesInUse, sorted: readonly Draft[], context: RiskContext): void {
  const strengths = [...new Set(sorted.map(strengthOf))].sort((a, b) => b - a);
  const granted: Addition[] = [];
  for (const strength of strengths) {
    const drafts = sorted.filter((draft) => strengthOf(draft) === strength);
    const seen = granted.length === 0 ? context : counting(context, granted);
    cutAll(rules, drafts, seen);
    for (const draft of drafts) if (isAdding(draft)) granted.push(additionOf(draft, context));
  }
}

function strengthOf({ wish }: Draft): number {
  return wish.signal.strength ?? 0;
}

function isAdding({ refusal, target, base }: Draft): boolean {
  return refusal === undefined && target > base;
}

/** Lets one rule cut. True when it did. */
function cut(rule: RuleInUse, adding: readonly Draft[], additions: readonly Addition[], context: RiskContext): boolean {
  const rulings = rule.rulingsOf(additions, context);
  let hasCut = false;
  for (let place = 0; place < adding.length; place++) {
    const draft = adding[place]!;
    const ruling = rulings[place]!;
    if (ruling.kind === 'pass') continue;
    hasCut = true;
    const asked = draft.target - draft.base;
    const target = wholeLots(draft.base + passing(asked, ruling), draft.lot);
    if (target < draft.lot) draft.refusal = belowOneLot(rule.name, ruling, asked, draft.lot);
    // No rule reduces: what the book holds already it may keep.
    else draft.target = Math.max(draft.base, target);
  }
  return hasCut;
}

function additionOf({ wish, direction, target, base }: Draft, context: RiskContext): Addition {
  const { instrument, stopPrice = Number.NaN, strength = 0 } = wish.signal;
  const worstPrice = context.worstPrice(instrument, direction > 0 ? 'buy' : 'sell');
  return { strategy: wish.strategy, instrument, direction, quantity: target - base, worstPrice, stopPrice, strength };
}

function verdictOf({ refusal, direction, target }: Draft): Verdict {
  return refusal ?? { kind: 'allow', quantity: target === 0 ? 0 : direction * target };
}
