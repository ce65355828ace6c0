/** The golden run: a published back-test, reproduced fill by fill. The data belongs to its vendor and is not in the project. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { simulatedCapabilities, simulatedVenue } from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  createEngine,
  emptyBars,
  everySlice,
  type InstrumentIndex,
  memoryJournal,
  noRisk,
  parseIsoDate,
  runSync,
  Sequencer,
  type Session,
  type SessionDay,
  stock,
  type Timestamp,
  universe,
} from '@tradekit/core';
import { sma } from '@tradekit/indicators';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../packages/brokers/test/simulated/kit.js';

const root = resolve(import.meta.dirname, '../..');
const folder = join(process.env.TRADEKIT_TEST_DATA ?? resolve(root, '../shared/data'), 'golden');
const isThere = existsSync(join(folder, '2006-day-001.txt'));
const why = isThere ? '' : ` (skipped: no data in ${folder}; set TRADEKIT_TEST_DATA)`;
const DAY = 86_400_000;

/** Daily bars on a calendar of their own dates. */
function daily(): BarHistory {
  const lines = readFileSync(join(folder, '2006-day-001.txt'), 'utf8').trim().split('\n').slice(1);
  const bars = emptyBars(lines.length);
  const sessions: Session[] = [];
  for (const [row, line] of lines.entries()) {
    const [date = '', ...numbers] = line.split(',');
    const [open = 0, high = 0, low = 0, close = 0, volume = 0] = numbers.map(Number);
    bars.open[row] = open;
    bars.high[row] = high;
    bars.low[row] = low;
    bars.close[row] = close;
    bars.volume[row] = volume;
    const day = parseIsoDate(date) ?? 0;
    sessions.push({
      day: day as SessionDay,
      date,
      open: (day * DAY + 8 * 3_600_000) as Timestamp,
      close: (day * DAY + 16 * 3_600_000) as Timestamp,
      half: false,
    });
  }
  return {
    universe: universe([stock('INDEX')]),
    barMs: 8 * 3_600_000,
    sessions,
    firstRow: Int32Array.from({ length: lines.length + 1 }, (_, row) => row),
    starts: Float64Array.from(sessions, ({ open }) => open),
    ends: Float64Array.from(sessions, ({ close }) => close),
    bars,
    official: new Float64Array(lines.length).fill(Number.NaN),
  };
}

function run() {
  const history = daily();
  const journal = memoryJournal();
  const engine = createEngine({
    universe: history.universe,
    calendar: calendarOf(history),
    strategies: [
      {
        name: 'cross',
        weight: 1,
        create: (setup) => {
          const mean = setup.feature(sma(15));
          const only = 0 as InstrumentIndex;
          let before = Number.NaN;
          return {
            name: 'cross',
            positionSize: () => 1,
            generateSignals: (market) => {
              const distance = market.close(only) - market.feature(mean, only);
              const up = before <= 0 && distance > 0;
              const down = before >= 0 && distance < 0;
              before = distance;
              if (up && market.stance(only).held === 0)
                return [{ instrument: only, direction: 1, reason: 'crossed above' }];
              return down && market.stance(only).held > 0
                ? [{ instrument: only, direction: 0, reason: 'crossed below' }]
                : [];
            },
          };
        },
      },
    ],
    risk: noRisk,
    initialCash: 10_000,
    capabilities: simulatedCapabilities,
    timetable: everySlice,
  });
  runSync({ engine, sequencer: new Sequencer(), journal }, simulatedVenue(history, { initialCash: 10_000 }));
  const sides = new Map<number, string>();
  const prices = { buy: [] as number[], sell: [] as number[] };
  for (const { event, decisions } of journal.entries) {
    for (const decision of decisions) {
      if (decision.kind !== 'command' || decision.command.kind !== 'submit') continue;
      const { group } = decision.command;
      if (group.kind === 'single') sides.set(group.order.number, group.order.request.side);
    }
    if (event.kind === 'fill') prices[sides.get(event.order) === 'buy' ? 'buy' : 'sell'].push(event.price);
  }
  return { engine, prices };
}

describe.skipIf(!isThere)(`the golden run: 2006, SMA(15), one share${why}`, () => {
  test('12 buys and 11 sells at the listed prices, value 10,284.10, cash 6,164.16', () => {
    const published = JSON.parse(readFileSync(join(folder, 'backtrader_2006_sma15.json'), 'utf8')) as {
      readonly buy_exec: readonly number[];
      readonly sell_exec: readonly number[];
    };
    const { engine, prices } = run();
    expect([prices.buy.length, prices.sell.length]).toEqual([12, 11]);
    expect(prices.buy).toEqual(published.buy_exec);
    expect(prices.sell).toEqual(published.sell_exec);
    expect(engine.account.equity.toFixed(2)).toBe('10284.10');
    expect(engine.account.cash.toFixed(2)).toBe('6164.16');
  });
});
