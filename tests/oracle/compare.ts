/** Where two outcomes differ, in words; nothing where they agree. */
import type { CaseFill, Outcome } from './case.js';

export function differences(engine: Outcome, oracle: Outcome): readonly string[] {
  const found: string[] = [];
  for (let k = 0; k < Math.max(engine.fills.length, oracle.fills.length); k++) {
    const [ours, theirs] = [engine.fills[k], oracle.fills[k]];
    if (ours === undefined || theirs === undefined || !sameFill(ours, theirs))
      found.push(`fill ${k}: engine ${told(ours)}, oracle ${told(theirs)}`);
  }
  compareRows('cash', engine.cash, oracle.cash, found);
  compareRows('equity', engine.equity, oracle.equity, found);
  for (const [s, held] of oracle.positions.entries()) {
    for (const [i, shares] of held.entries()) {
      const ours = engine.positions[s]?.[i];
      if (ours !== shares) found.push(`position of s${s} in ${i}: engine ${ours}, oracle ${shares}`);
    }
  }
  return found;
}

function compareRows(what: string, engine: readonly number[], oracle: readonly number[], found: string[]): void {
  if (engine.length !== oracle.length) found.push(`${what}: engine ${engine.length} rows, oracle ${oracle.length}`);
  for (const [row, theirs] of oracle.entries()) {
    const ours = engine[row] ?? Number.NaN;
    if (!(Math.abs(ours - theirs) < 1e-6)) found.push(`${what} after slice ${row}: engine ${ours}, oracle ${theirs}`);
  }
}

const NEAR = 1e-9;
const near = (a: number, b: number): boolean => Math.abs(a - b) <= NEAR * Math.max(1, Math.abs(a), Math.abs(b));

function sameFill(a: CaseFill, b: CaseFill): boolean {
  return (
    a.time === b.time &&
    a.strategy === b.strategy &&
    a.instrument === b.instrument &&
    a.sign === b.sign &&
    a.quantity === b.quantity &&
    near(a.price, b.price) &&
    near(a.commission, b.commission)
  );
}

function told(fill: CaseFill | undefined): string {
  if (fill === undefined) return 'none';
  const { time, strategy, instrument, sign, quantity, price, commission } = fill;
  const when = new Date(time).toISOString().slice(5, 16);
  return `${when} s${strategy} ${sign > 0 ? 'buys' : 'sells'} ${quantity} of ${instrument} at ${price} for ${commission}`;
}
