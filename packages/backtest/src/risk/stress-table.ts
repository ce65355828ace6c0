/** What would become of the last book in a handful of scenarios. */
import { RiskError } from '@tradekit/core';
import {
  type CovarianceMatrix,
  covarianceShock,
  crisis2008,
  factorShock,
  type Scenario,
  type StressResult,
  sectorShock,
  stress,
  year2022,
} from '@tradekit/risk';
import type { RunResult } from '../result/run-result.js';
import { betasOf } from './betas.js';
import { correlationsOf } from './closing-books.js';
import type { KeptLimits } from './kept-limits.js';
import type { LastBook } from './last-book.js';

/** A scenario that was played on the last book, or why it could not be. */
export type StressRow = StressResult | { readonly scenario: string; readonly source: string; readonly reason: string };

/** A bad session is one in a hundred. */
const CONFIDENCE = 0.99;

/** Every scenario on a book. */
export function stressTable(book: LastBook, result: RunResult, limits: KeptLimits = {}): readonly StressRow[] {
  return [year2022(), crisis2008(), sectorGap(book), marketFall(book, result), ...badSessions(book, result)].map(
    (scenario) => {
      try {
        return stress(book, scenario, limits);
      } catch (error) {
        if (!(error instanceof RiskError)) throw error;
        return { scenario: scenario.name, source: scenario.source, reason: error.message };
      }
    },
  );
}

/** −20 % in the sector of which most is held, longs and shorts added up. */
function sectorGap({ positions }: LastBook): Scenario {
  const held = new Map<string, number>();
  for (const { sector = '', quantity, price } of positions)
    held.set(sector, (held.get(sector) ?? 0) + Math.abs(quantity * price));
  const [[largest] = ['']] = [...held].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const isUnknown = largest === '';
  return sectorShock({
    name: isUnknown ? '−20 % in every name' : `−20 % in ${largest}`,
    source: isUnknown
      ? 'a gap; no sectors are known, so that it meets all of them'
      : 'a gap in the sector of which most is held; all others stand still',
    shocks: isUnknown ? {} : { [largest]: -0.2 },
    others: 0,
    unknown: isUnknown ? -0.2 : 0,
  });
}

/** The market falls by 10 %, every share by its beta to the universe in equal parts. */
function marketFall({ session, instruments, positions }: LastBook, { exposures }: RunResult): Scenario {
  const betas = betasOf(exposures.sessionReturn.slice(0, session + 1));
  const known = positions.flatMap(({ id }, k) => {
    const beta = betas[instruments[k]!] ?? Number.NaN;
    return Number.isFinite(beta) ? [[id, { market: beta }] as const] : [];
  });
  return factorShock({
    name: 'market −10 %',
    source: 'each share by its beta of 120 sessions to the universe in equal parts',
    factors: { market: -0.1 },
    exposures: Object.fromEntries(known),
  });
}

/** The worst session of a hundred: as the returns of 120 sessions have it, with correlation 1, with twice the volatility, with both. */
function badSessions({ session, instruments }: LastBook, result: RunResult): readonly Scenario[] {
  const known = correlationsOf(result)(session + 1);
  const covariance: CovarianceMatrix = instruments.map((i) =>
    instruments.map((j) => known.correlation(i, j) * known.volatility(i) * known.volatility(j)),
  );
  const shock = (name: string, source: string, more: { correlation?: number; volatilityFactor?: number }): Scenario =>
    covarianceShock({ name, source, covariance, confidence: CONFIDENCE, ...more });
  return [
    shock('a bad session', 'one in a hundred, normal, by the shrunk covariance of 120 sessions', {}),
    shock('correlation 1', 'the same with every correlation 1: nothing spreads any more', { correlation: 1 }),
    shock('volatility × 2', 'the same with twice the volatility', { volatilityFactor: 2 }),
    shock('both', 'correlation 1 and twice the volatility', { correlation: 1, volatilityFactor: 2 }),
  ];
}
