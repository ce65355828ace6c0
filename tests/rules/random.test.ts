/** Random markets, strategies and venues: what must hold after every event, whatever happens. */
import {
  type InstrumentIndex,
  recover,
  replay,
  runAsync,
  runSync,
  Sequencer,
  type StrategyIndex,
} from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delayed, transcript } from '../engine/transcript.js';
import { partsOf, type Scenario, scenarios, watched } from './model.js';

function synchronous(scenario: Scenario): readonly string[] {
  const { makeEngine, makeVenue } = partsOf(scenario);
  const journal = transcript();
  runSync({ engine: makeEngine(), sequencer: new Sequencer(), journal }, makeVenue());
  return journal.lines;
}

async function asynchronous(scenario: Scenario, turns: number, batch: number): Promise<readonly string[]> {
  const { makeEngine, makeVenue } = partsOf(scenario);
  const journal = transcript();
  const venue = makeVenue();
  await runAsync({ engine: makeEngine(), sequencer: new Sequencer(), journal }, venue, delayed(venue, turns, batch));
  return journal.lines;
}

describe('random runs', () => {
  test('no book crosses zero, books and venue agree, nothing rests against itself, nothing opens while halted, reductions work, positions are covered', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect((await watched(scenario)).broken).toEqual([]);
      }),
      { numRuns: 1000, seed: 20210104 },
    );
  });

  test('1.3 the asynchronous loop gives the events and decisions of the synchronous one', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.nat(2), fc.constantFrom(1, 2, 1000), async (scenario, turns, batch) => {
        expect(await asynchronous(scenario, turns, batch)).toEqual(synchronous(scenario));
      }),
      { numRuns: 150, seed: 20210104 },
    );
  });

  test('1.1 times never decrease and sequences have no gap; a replay of the journal differs nowhere', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { journal } = await watched(scenario);
        let time = Number.NEGATIVE_INFINITY;
        for (const [place, { event }] of journal.entries.entries()) {
          expect(event.sequence).toBe(place);
          expect(event.time).toBeGreaterThanOrEqual(time);
          time = event.time;
        }
        expect(replay(journal.entries, partsOf(scenario).makeEngine())).toEqual([]);
      }),
      { numRuns: 300, seed: 20210104 },
    );
  });

  test('6 recovered to any place in its journal, an engine has the same account and decides the rest as before', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.double({ min: 0, max: 1, noNaN: true }), async (scenario, where) => {
        const { journal, engine } = await watched(scenario);
        const cut = Math.round(where * journal.entries.length);
        const { makeEngine, history } = partsOf({ ...scenario, haltAt: undefined });
        const recovered = makeEngine();
        recover(journal.entries.slice(0, cut), recovered);
        if (scenario.haltAt === undefined) expect(replay(journal.entries.slice(cut), recovered)).toEqual([]);
        else recover(journal.entries.slice(cut), recovered);
        expect(recovered.account.cash).toBe(engine.account.cash);
        expect(recovered.account.equity).toBe(engine.account.equity);
        for (let s = 0; s < scenario.wishes.length; s++) {
          for (let i = 0; i < history.universe.size; i++) {
            const stance = (of: typeof engine) => of.account.stance(s as StrategyIndex, i as InstrumentIndex);
            expect(stance(recovered)).toEqual(stance(engine));
          }
        }
      }),
      { numRuns: 300, seed: 20210104 },
    );
  });
});
