/** Positions that have drifted far past a limit are brought back to it. */
import { RiskError } from '../errors.js';
import { wholeLots } from '../orders/quantity.js';
import type { Trim } from '../ports/risk.js';
import type { Core } from './core.js';
import { STANDING } from './stances.js';

/** Asks the risk manager what has to shrink, and lowers the targets of every book that holds it by the same part. */
export function trim(core: Core): void {
  const trims = core.risk.trims?.(core.context);
  if (trims === undefined) return;
  for (let k = 0; k < trims.length; k++) reduceBooks(core, trims[k]!);
}

function reduceBooks(core: Core, { instrument, fraction, rule, measured, limit }: Trim): void {
  if (!(fraction >= 0 && fraction < 1)) {
    const message = `risk manager "${core.options.risk.name}" trims to the fraction ${fraction}; give one from 0 to below 1`;
    throw new RiskError('RISK_TRIM', message, { rule, fraction });
  }
  const { stances, portfolio } = core;
  for (let cell: number = instrument; cell < core.cells; cell += core.instruments) {
    const held = portfolio.held[cell]!;
    const signal = stances.signal[cell];
    if (held === 0 || signal === undefined || stances.status[cell] !== STANDING) continue;
    const kept = wholeLots(Math.abs(held) * fraction, core.lot(instrument, stances.isProtected(cell)));
    // What is being closed already goes on being closed.
    if (kept >= Math.abs(stances.target[cell]!)) continue;
    const reason = `${rule}: trimmed from ${share(measured)} to ${share(limit)}`;
    core.changeStance(cell, kept === 0 ? 0 : Math.sign(held) * kept, { ...signal, reason });
  }
}

function share(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(4))} %`;
}
