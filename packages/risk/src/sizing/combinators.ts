/** Sizers of sizers. */
import { ConfigError, type RiskContext, type Wish } from '@tradekit/core';
import { requireAmount, requireFraction } from '../options.js';
import { sharesFor } from './budget.js';
import { type AnySizer, type BookSizer, sizesOf } from './sizer.js';

/** Options of {@link capped}. */
export interface CappedOptions {
  readonly of: AnySizer;
  /** Most that a position is worth as a fraction of the strategy's budget: `0.04` is 4 %. Above 0, at most 1. */
  readonly capFraction: number;
}

/** The sizes of another sizer, none above a fraction of the budget. Throws `ConfigError` when the fraction is out of range. */
export function capped({ of, capFraction }: CappedOptions): BookSizer {
  requireFraction('capped', 'capFraction', capFraction, 1);
  return over(`capped(${of.name})`, of, (size, wish, context) => Math.min(size, sharesFor(capFraction, wish, context)));
}

/** Options of {@link scaled}. */
export interface ScaledOptions {
  readonly of: AnySizer;
  /** What sizes are multiplied by. Above 0. */
  readonly factor: number;
}

/** The sizes of another sizer, times a factor. Throws `ConfigError` unless the factor is above 0. */
export function scaled({ of, factor }: ScaledOptions): BookSizer {
  requireAmount('scaled', 'factor', factor);
  return over(`scaled(${of.name})`, of, (size) => size * factor);
}

/** The smallest of what several sizers give; one that cannot say makes it unknown. Throws `ConfigError` without a sizer. */
export function smallest(...sizers: readonly AnySizer[]): BookSizer {
  if (sizers.length === 0) throw new ConfigError('RISK_OPTION', 'smallest: give at least one sizer');
  return {
    name: `smallest(${sizers.map(({ name }) => name).join(', ')})`,
    features: sizers.flatMap(({ features }) => features ?? []),
    needs: needsOf(sizers),
    sizes(wishes, context) {
      const each = sizers.map((sizer) => sizesOf(sizer, wishes, context));
      return wishes.map((_, place) => Math.min(...each.map((sizes) => sizes[place] ?? Number.NaN)));
    },
  };
}

function over(
  name: string,
  of: AnySizer,
  change: (size: number, wish: Wish, context: RiskContext) => number,
): BookSizer {
  return {
    name,
    features: of.features ?? [],
    needs: needsOf([of]),
    sizes: (wishes, context) =>
      sizesOf(of, wishes, context).map((size, place) => change(size, wishes[place]!, context)),
  };
}

function needsOf(sizers: readonly AnySizer[]): string {
  const needs = sizers.flatMap(({ needs }) => needs ?? []);
  return needs.length > 0 ? needs.join('; ') : 'nothing besides the price';
}
