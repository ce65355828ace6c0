import type { Check } from './check.js';
import type { CheckSubject } from './subject.js';

/** Closed round trips that a parameter should rest on. */
const TRADES_PER_PARAMETER = 10;

/** Counts the numbers in the strategies' parameters against the round trips: many numbers fit any past. */
export function parameterCount({ options: { strategies }, result }: CheckSubject): Check {
  const numbers = strategies.reduce((sum, { parameters }) => sum + numbersIn(parameters), 0);
  const { length } = result.trades;
  const text = `${numbers} numbers in the parameters, ${length} closed round trips`;
  if (numbers === 0) return { name: 'parameter-count', verdict: 'passed', evidence: [text] };
  const isEnough = length >= numbers * TRADES_PER_PARAMETER;
  const evidence = [isEnough ? text : `${text}: fewer than ${TRADES_PER_PARAMETER} for each`];
  return { name: 'parameter-count', verdict: isEnough ? 'passed' : 'noted', evidence };
}

function numbersIn(value: unknown): number {
  if (typeof value === 'number') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + numbersIn(inner), 0);
}
