/** What a strategy may say, and whose fault it is when it says something else. */
import { RiskError, StrategyError } from '../errors.js';
import type { Signal } from '../strategy/signal.js';
import type { StrategyIndex } from '../strategy/strategy.js';
import { isoTime } from '../time/timestamp.js';
import type { Core } from './core.js';

/** Throws `StrategyError` when a signal cannot be meant: an unknown instrument, a price that is NaN. */
export function requireMeant(core: Core, s: StrategyIndex, signal: Signal): void {
  const { instrument, direction } = signal;
  if (!(instrument >= 0 && instrument < core.instruments && Number.isInteger(instrument))) {
    const name = core.running[s]!.name;
    throw strategyFault(
      core,
      name,
      `gave a signal for instrument ${instrument}; the universe has 0 to ${core.instruments - 1}, get an index from setup.index`,
    );
  }
  if (direction !== 0 && direction !== 1 && direction !== -1) {
    throw strategyFault(
      core,
      core.running[s]!.name,
      `gave the direction ${direction} for ${nameOf(core, instrument)}; give -1, 0 or 1`,
    );
  }
  if (signal.stopPrice !== undefined) requireNumber(core, s, signal, 'stopPrice', signal.stopPrice > 0);
  if (signal.trailDistance !== undefined)
    requireNumber(core, s, signal, 'trailDistance', signal.trailDistance > 0 && signal.trailDistance < Infinity);
  if (signal.targetPrice !== undefined) requireNumber(core, s, signal, 'targetPrice', signal.targetPrice > 0);
  if (signal.strength !== undefined) requireNumber(core, s, signal, 'strength', Number.isFinite(signal.strength));
  if (signal.probability !== undefined)
    requireNumber(core, s, signal, 'probability', signal.probability >= 0 && signal.probability <= 1);
}

function requireNumber(core: Core, s: StrategyIndex, signal: Signal, field: keyof Signal, isMeant: boolean): void {
  if (isMeant) return;
  const name = nameOf(core, signal.instrument);
  throw strategyFault(
    core,
    core.running[s]!.name,
    `gave the ${field} ${signal[field]} for ${name}; leave it out where there is none`,
  );
}

/** The id of an instrument. */
export function nameOf(core: Core, instrument: number): string {
  return core.options.universe.instruments[instrument]!.id;
}

/** A strategy's fault, with the slice it happened in. */
export function strategyFault(core: Core, name: string, what: string, options?: ErrorOptions): StrategyError {
  const time = isoTime(core.cursor.time);
  return new StrategyError(
    'STRATEGY_FAULT',
    `strategy "${name}" ${what} (slice of ${time})`,
    { strategy: name, time },
    options,
  );
}

/** A risk manager's fault: a quantity that is no target. */
export function meaningless(core: Core, quantity: number, instrument: string): RiskError {
  const message = `risk manager "${core.options.risk.name}" allowed ${quantity} shares of ${instrument}, which is no target in the wish's direction`;
  return new RiskError('RISK_QUANTITY', message, { risk: core.options.risk.name, quantity });
}
