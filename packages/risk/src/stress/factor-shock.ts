import { RiskError } from '@tradekit/core';
import { worthOf } from './book.js';
import type { Scenario } from './scenario.js';
import { requireShock } from './sector-shock.js';

/** Options of {@link factorShock}. */
export interface FactorShockOptions {
  readonly name: string;
  readonly source: string;
  /** Move of each factor: `{ market: -0.1 }`. */
  readonly factors: Readonly<Record<string, number>>;
  /** By id, how far a share moves with each factor; a factor that is not named counts 0. A share that is not named is an error. */
  readonly exposures: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * A share's return is the sum of exposure × move over the factors: the linear factor model (B. Rosenberg, Extra-Market Components of
 * Covariance in Security Returns, 1974), what is the share's own being 0. No share falls by more than all of its price. Throws
 * `RiskError`: `STRESS_SHOCK` on a move that is no number, `STRESS_EXPOSURE` on an exposure that is none, or to a factor that does
 * not move here, and from `profits` on a position that has no exposures.
 */
export function factorShock({ name, source, factors, exposures }: FactorShockOptions): Scenario {
  for (const [factor, move] of Object.entries(factors)) requireShock(factor, move);
  const returns = new Map<string, number>();
  for (const [id, loadings] of Object.entries(exposures)) {
    let sum = 0;
    for (const [factor, loading] of Object.entries(loadings)) {
      const move = factors[factor];
      if (move === undefined || !Number.isFinite(loading)) throw exposureFault(name, id, `${loading} to "${factor}"`);
      sum += loading * move;
    }
    returns.set(id, Math.max(-1, sum));
  }
  return {
    name,
    source,
    profits: ({ positions }) =>
      positions.map((position) => {
        const shock = returns.get(position.id);
        if (shock === undefined) throw exposureFault(name, position.id, 'none');
        return worthOf(position) * shock;
      }),
  };
}

function exposureFault(name: string, id: string, exposure: string): RiskError {
  const message = `stress "${name}": the exposure of "${id}" is ${exposure}; give a number for a factor that moves`;
  return new RiskError('STRESS_EXPOSURE', message, { id });
}
