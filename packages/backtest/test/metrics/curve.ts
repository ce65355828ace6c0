import type { RunResult } from '../../src/index.js';
import { order, type Script, script, submit } from '../script.js';

const DAY = 18_631; // Monday 2021-01-04

/** A run of 1,000 dollars with one slice a session, on days in a row: its equity at each close. */
export function curve(equities: readonly number[], cashRate = 0): RunResult {
  return curveScript(equities, cashRate).recorder.result();
}

/** The same, to be gone on with. */
export function curveScript(equities: readonly number[], cashRate = 0): Script {
  const on = script({ cashRate, startTime: (DAY * 86_400_000) as never });
  for (const [place, equity] of equities.entries()) closeAt(on, place, equity);
  return on;
}

/** One more session, the `place`-th. */
export function closeAt(on: Script, place: number, equity: number): void {
  const session = DAY + place;
  on.account.equity = equity;
  on.slice((session + 0.875) * 86_400_000, session, [10, 20]);
  on.event('session-close', { time: (session + 0.875) * 86_400_000, session } as never);
}

/** Buys of A at 10 and sells at `exits`, 10 shares each, a commission of 1 on every fill. */
export function trips(on: Script, exits: readonly number[]): void {
  for (const [place, price] of exits.entries()) {
    const number = 2 * place + 1;
    on.slice(number, 1, [10, 20], [submit(order(number, 0, 10))]);
    on.fill(number, number, 10, 10, 1);
    on.slice(number + 1, 1, [price, 20], [submit(order(number + 1, 0, -10, { role: 'exit' }))]);
    on.fill(number + 1, number + 1, 10, price, 1);
  }
}
