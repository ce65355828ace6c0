/** What `batch` computes of a recorded market is, to the bit, what strategies read in the engine. */
import {
  type BrokerCapabilities,
  createEngine,
  emptyBars,
  everySlice,
  type FeatureHandle,
  noRisk,
  type StrategyFactory,
  type Timestamp,
} from '@tradekit/core';
import { batchAll } from '@tradekit/indicators';
import { contractCalendar, contractMarket } from '@tradekit/indicators/testing';
import { expect, test } from 'vitest';
import { catalogue } from './catalogue.js';

const able: BrokerCapabilities = {
  pricing: ['market'],
  bracket: false,
  oco: false,
  chain: false,
  replace: false,
  fractionalShares: false,
  shortSelling: false,
};

test('every indicator has the same values in the engine as in batch, all in one graph', () => {
  const specs = Object.values(catalogue).flatMap((entries) => entries.map(([spec]) => spec));
  const history = contractMarket('clean', 260);
  const { universe, bars, sessions, firstRow, ends } = history;
  // Holes: one instrument misses some bars, another a whole session.
  for (const column of Object.values(bars)) {
    for (const row of [3, 40, 41, 99]) column[row * universe.size + 1] = Number.NaN;
    for (let row = 104; row < 130; row++) column[row * universe.size + 3] = Number.NaN;
  }
  const columns = batchAll(specs, history);
  let row = 0;
  let compared = 0;
  const reader: StrategyFactory = (setup) => {
    const handles: readonly FeatureHandle[] = specs.map((spec) => setup.feature(spec));
    return {
      name: 'reader',
      generateSignals(market) {
        for (const [k, handle] of handles.entries()) {
          for (const i of market.instruments) {
            const value = market.feature(handle, i);
            if (!Object.is(value, columns[k]?.[row * universe.size + i])) {
              throw new Error(`${specs[k]?.key}, row ${row}, instrument ${i}: ${value}`);
            }
            compared++;
          }
        }
        return [];
      },
    };
  };
  const engine = createEngine({
    universe,
    calendar: contractCalendar,
    strategies: [{ name: 'reader', create: reader, weight: 1 }],
    risk: noRisk,
    initialCash: 1,
    capabilities: able,
    timetable: everySlice,
  });
  const slice = emptyBars(universe.size);
  let sequence = 0;
  for (const [k, { day, close }] of sessions.entries()) {
    for (row = firstRow[k] ?? 0; row < (firstRow[k + 1] ?? 0); row++) {
      for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
        slice[name].set(bars[name].subarray(row * universe.size, (row + 1) * universe.size));
      }
      const end = ends[row] as Timestamp;
      engine.process({ kind: 'slice', sequence: sequence++, time: end, session: day, end, bars: slice });
    }
    const official = new Float64Array(universe.size).fill(Number.NaN);
    engine.process({ kind: 'session-close', sequence: sequence++, time: close, session: day, official });
  }
  expect(compared).toBe(260 * specs.length * universe.size);
});
