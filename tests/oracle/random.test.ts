/**
 * The engine and the oracle over random markets, wishes, costs and calendars: same fills, same cash after every slice, same
 * positions. 5,000 cases, or as many as TRADEKIT_CASES says. A counterexample is printed as plain values: keep it in
 * `counterexamples.ts` under a name, whichever of the two was wrong.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences } from './compare.js';
import { COUNTEREXAMPLES } from './counterexamples.js';
import { oracleOutcome } from './oracle.js';
import { cases } from './random.js';
import { engineOutcome } from './subject.js';

const CASES = Number(process.env.TRADEKIT_CASES ?? 5000);

describe('engine and oracle', () => {
  test(`come to the same in ${CASES} random cases`, { timeout: Math.max(300_000, CASES * 60) }, () => {
    const fills = new Map<string, number>();
    fc.assert(
      fc.property(cases, (given) => {
        const oracle = oracleOutcome(given);
        // Cases of which the rules do not say enough are drawn again: they do not count.
        fc.pre(oracle.silent.length === 0);
        for (const role of oracle.roles) fills.set(role, (fills.get(role) ?? 0) + 1);
        expect(differences(engineOutcome(given), oracle)).toEqual([]);
      }),
      { numRuns: CASES, seed: 20_210_104 },
    );
    // Nothing is proved by markets in which nothing happens.
    for (const role of ['entry', 'exit', 'stop', 'target']) expect(fills.get(role) ?? 0).toBeGreaterThan(CASES / 4);
  });

  test.each(COUNTEREXAMPLES)('$name', ({ given }) => {
    const oracle = oracleOutcome(given);
    expect(oracle.silent).toEqual([]);
    expect(oracle.fills.length).toBeGreaterThan(0);
    expect(differences(engineOutcome(given), oracle)).toEqual([]);
  });
});
