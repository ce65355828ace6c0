import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulatedCapabilities, simulatedVenue } from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  commission,
  createEngine,
  type Engine,
  memoryJournal,
  nyse,
  parseIsoDate,
  replay,
  runAsync,
  runSync,
  Sequencer,
  type SessionDay,
} from '@tradekit/core';
import { loadBars, UNIVERSE_46 } from '@tradekit/data';
import { defaultRules, fixedFraction, riskManager } from '@tradekit/risk';
import { beforeAll, describe, expect, test } from 'vitest';
import trendInWeeks from '../../examples/full-system/strategy.js';
import { delayed, fingerprint } from './transcript.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(process.env.TRADEKIT_TEST_DATA ?? join(root, '../shared/data'), 'real15');
const isThere = existsSync(folder);
if (!isThere) console.warn(`one engine on real data: skipped, there is no ${folder}`);

const CASH = 1_000_000;
const costs = commission({ bps: 2 });

function engineFor(history: BarHistory): Engine {
  return createEngine({
    universe: history.universe,
    calendar: nyse,
    strategies: [{ name: 'trend', create: trendInWeeks, weight: 1 }],
    risk: riskManager({ sizer: fixedFraction({ targetFraction: 0.04 }), rules: defaultRules() }),
    initialCash: CASH,
    capabilities: simulatedCapabilities,
    commission: costs,
  });
}

const venueFor = (history: BarHistory) => simulatedVenue(history, { initialCash: CASH, commission: costs });

describe.skipIf(!isThere)('one engine on the real 46 files, 2021 to 2024', () => {
  let history: BarHistory;
  beforeAll(() => {
    const start = parseIsoDate('2021-01-01') as SessionDay;
    const end = parseIsoDate('2024-12-31') as SessionDay;
    history = loadBars({ folder, instruments: UNIVERSE_46, calendar: nyse, start, end }).history;
  });

  test('both loops, and a replay of the journal, give the same events and decisions', async () => {
    const wanted = fingerprint();
    runSync({ engine: engineFor(history), sequencer: new Sequencer(), journal: wanted }, venueFor(history));
    const got = fingerprint();
    const journal = memoryJournal();
    const both = {
      append: (...entry: Parameters<typeof got.append>) => {
        got.append(...entry);
        journal.append(...entry);
      },
      flush: () => Promise.resolve(),
    };
    const venue = venueFor(history);
    await runAsync(
      { engine: engineFor(history), sequencer: new Sequencer(), journal: both },
      venue,
      delayed(venue, 2, 5),
    );
    expect(got.digest()).toBe(wanted.digest());
    expect(journal.entries.filter(({ event }) => event.kind === 'fill').length).toBeGreaterThan(1000);
    expect(replay(journal.entries, engineFor(history))).toEqual([]);
  });
});
