import type { RiskContext } from '@tradekit/core';
import { additionValue, type Book, bookOf, DUST } from '../book.js';
import { type Correlations, correlationsOf } from '../correlation.js';
import { MOST_LEVERAGE, requireFraction } from '../options.js';
import { percent } from '../percent.js';
import { type Addition, pass, type RiskRule, type Ruling } from './rule.js';

/** Options of {@link maxCorrelation}. */
export interface MaxCorrelationOptions {
  /** Highest Σ w ρ of a name that is added, itself included: `0.35`. Above 0, at most 4. */
  readonly limitFraction: number;
}

/**
 * What is added must not go along too much with what is there: Σ w_j ρ_ij over the book, the addition itself among it, signed by
 * direction. Weights are fractions of the equity on the side that counts more, open buys and open sells apart. ρ is the correlation
 * of 120 session returns, shrunk by half to the mean of the pairs of the same two sectors; where two names have fewer than 20
 * sessions in common it counts as going along entirely. Throws `ConfigError` when the limit is out of range.
 */
export function maxCorrelation({ limitFraction }: MaxCorrelationOptions): RiskRule {
  requireFraction('maxCorrelation', 'limitFraction', limitFraction, MOST_LEVERAGE);
  return {
    name: 'max-correlation',
    passesUpTo: limitFraction, // |ρ| is at most 1
    limit: { value: limitFraction, to: (lower) => maxCorrelation({ limitFraction: lower }) },
    check(additions, context) {
      const known = correlationsOf(context);
      const sums = additions.map((addition) => sumOf(addition, additions, known, context));
      return additions.map(({ quantity }, place): Ruling => {
        const { there, added } = sums[place]!;
        const measured = there + added;
        const fraction = fractionOf(place, additions, sums, known, limitFraction);
        if (fraction >= 1) return pass;
        const reason = `with what is held it would come to Σwρ = ${percent(measured)} of equity, the limit is ${percent(limitFraction)}`;
        return { kind: 'cut', quantity: quantity * fraction, measured, limit: limitFraction, reason };
      });
    },
  };
}

/** Σ w ρ seen from one addition, as fractions of the equity: of what is there, and of all additions together. */
interface Sum {
  readonly there: number;
  readonly added: number;
}

function sumOf(addition: Addition, additions: readonly Addition[], known: Correlations, context: RiskContext): Sum {
  const { instrument, direction } = addition;
  const book = bookOf(context);
  let there = 0;
  for (let j = 0; j < book.isTaken.length; j++) {
    if (book.isTaken[j] === 1) there += worst(addition, j, additions, known, book);
  }
  let added = 0;
  for (const other of additions) added += along(direction, instrument, other, known) * additionValue(other, context);
  return { there: there / context.equity, added: added / context.equity };
}

/** Dollars × ρ of an instrument that has something held or working, at the worst that its orders may make of it. */
function worst(
  { instrument, direction }: Addition,
  j: number,
  additions: readonly Addition[],
  known: Correlations,
  { long, short, value, buys, sells }: Book,
): number {
  if (j === instrument) return direction > 0 ? long[j]! : short[j]!;
  const rho = known.correlation(instrument, j);
  // What is reversed in this slice is closed first, and hedges nothing any more.
  const held = isReversed(j, value[j]!, additions) ? 0 : value[j]!;
  const high = held + buys[j]!;
  const low = held - sells[j]!;
  if (Number.isNaN(rho)) return Math.max(high, -low);
  const signed = direction * rho;
  return signed * (signed >= 0 ? high : low);
}

function isReversed(j: number, held: number, additions: readonly Addition[]): boolean {
  for (const { instrument, direction } of additions) if (instrument === j && direction * held < 0) return true;
  return false;
}

/** How much a dollar of another addition counts: what goes against this one may be left undone, and counts nothing. */
function along(direction: 1 | -1, instrument: number, other: Addition, known: Correlations): number {
  if (other.instrument === instrument) return other.direction === direction ? 1 : 0;
  const rho = known.correlation(instrument, other.instrument);
  return Number.isNaN(rho) ? 1 : Math.max(0, direction * other.direction * rho);
}

/** The part of an addition that fits every addition it goes along with. One for which there is no room at all holds up nobody else. */
function fractionOf(
  place: number,
  additions: readonly Addition[],
  sums: readonly Sum[],
  known: Correlations,
  limit: number,
): number {
  let fraction = 1;
  for (const [other, { there, added }] of sums.entries()) {
    if (there + added <= limit + DUST) continue;
    const room = limit - there;
    const { direction, instrument } = additions[other]!;
    if (other === place) fraction = Math.min(fraction, room > 0 ? room / added : 0);
    else if (room > 0 && along(direction, instrument, additions[place]!, known) > 0)
      fraction = Math.min(fraction, room / added);
  }
  return fraction;
}
