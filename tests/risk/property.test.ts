/**
 * Random histories: signals, partial fills, fills told late and out of order, rejects, cancels that are lost, gaps, splits and
 * restarts. 2,000 of them, or as many as `TRADEKIT_HISTORIES` says.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scenarios } from '../rules/model.js';
import { newTallies, run } from './histories.js';
import { makers } from './oracles.js';

const histories = Number(process.env.TRADEKIT_HISTORIES ?? 2000);

test('no approved order exceeds a limit, reductions pass and go first, a halted book never opens, and every rule is tried from both sides', () => {
  const tallies = newTallies();
  fc.assert(
    fc.property(scenarios, fc.nat(), (scenario, seed) => {
      expect(run(scenario, seed, tallies)).toEqual([]);
    }),
    { numRuns: histories, seed: 20210104 },
  );
  if (process.env.TRADEKIT_TALLIES !== undefined) console.table(Object.fromEntries(tallies));
  const untried = Object.keys(makers).filter((name) => {
    const tally = tallies.get(name);
    return tally === undefined || tally.fired === 0 || tally.nearBelow === 0 || tally.nearAbove === 0;
  });
  expect(untried).toEqual([]);
}, 3_600_000);
