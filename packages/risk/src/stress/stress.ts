import { RiskError } from '@tradekit/core';
import { requireBook, type StressBook, type StressPosition, sectorOf, worthOf } from './book.js';
import { type BookLimits, breachesOf, exposureUses, type LimitBreach } from './limits.js';
import type { Scenario } from './scenario.js';

/** What a scenario does to a symbol or a sector. */
export interface StressLine {
  /** Id of the instrument, or name of the sector; `unknown` for positions without one. */
  readonly name: string;
  /** Signed dollars before. */
  readonly value: number;
  /** Dollars won, a loss below 0. */
  readonly profit: number;
}

/** What a scenario does to a book. */
export interface StressResult {
  readonly scenario: string;
  readonly source: string;
  /** Dollars won by the whole book, a loss below 0. */
  readonly profit: number;
  /** The same as a fraction of the equity before. */
  readonly profitFraction: number;
  readonly equityAfter: number;
  /** In the order of the book. */
  readonly positions: readonly StressLine[];
  /** In the order in which the book names them. */
  readonly sectors: readonly StressLine[];
  /** Limits that are passed afterwards: positions at their new worth, the loss as that of one session. */
  readonly breaches: readonly LimitBreach[];
}

/**
 * Plays a scenario on a book: what each name, each sector and the whole win or lose, and which limits would be passed then. Where
 * nothing is left of the equity, every limit that is a part of it is. Throws `RiskError`: `STRESS_BOOK` on a book that cannot be meant,
 * `STRESS_PROFITS` when the scenario does not answer for every position with a number, and what the scenario throws.
 */
export function stress(book: StressBook, scenario: Scenario, limits: BookLimits = {}): StressResult {
  requireBook(book);
  const profits = scenario.profits(book);
  if (profits.length !== book.positions.length || !profits.every(Number.isFinite)) {
    const message = `stress "${scenario.name}" gave ${profits.length} profits for ${book.positions.length} positions; give a finite number each`;
    throw new RiskError('STRESS_PROFITS', message, { scenario: scenario.name });
  }
  const profit = profits.reduce((sum, each) => sum + each, 0);
  const positions = book.positions.map((position, k) => lineOf(position.id, position, profits[k]!));
  return {
    scenario: scenario.name,
    source: scenario.source,
    profit,
    profitFraction: profit / book.equity,
    equityAfter: book.equity + profit,
    positions,
    sectors: sectorLines(book.positions, profits),
    breaches: breachesAfter(book, profits, profit, limits),
  };
}

function lineOf(name: string, position: StressPosition, profit: number): StressLine {
  return { name, value: worthOf(position), profit };
}

function sectorLines(positions: readonly StressPosition[], profits: readonly number[]): readonly StressLine[] {
  const lines = new Map<string, StressLine>();
  for (const [k, position] of positions.entries()) {
    const name = sectorOf(position);
    const { value, profit } = lines.get(name) ?? { value: 0, profit: 0 };
    lines.set(name, { name, value: value + worthOf(position), profit: profit + profits[k]! });
  }
  return [...lines.values()];
}

function breachesAfter(
  { equity, positions, drawdownFraction = 0 }: StressBook,
  profits: readonly number[],
  profit: number,
  limits: BookLimits,
): readonly LimitBreach[] {
  const after = Math.max(0, equity + profit);
  const loss = Math.max(0, -profit / equity);
  // Each position at its new worth: one share of it stands for all.
  const worth = positions.map((position, k) => ({ ...position, quantity: worthOf(position) + profits[k]!, price: 1 }));
  return breachesOf(
    [
      ...exposureUses({ equity: after, positions: worth }),
      { limit: 'maxDailyLossFraction', measured: loss },
      { limit: 'maxDrawdownFraction', measured: Math.max(0, 1 - (1 - drawdownFraction) * (after / equity)) },
    ],
    limits,
  );
}
