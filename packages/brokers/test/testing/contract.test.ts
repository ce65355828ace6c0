import { simulatedVenue } from '@tradekit/brokers/simulated';
import { describeBrokerContract } from '@tradekit/brokers/testing';
import {
  barGrid,
  commission,
  emptyBars,
  MINUTE_MS,
  nyse,
  parseIsoDate,
  type SessionDay,
  stock,
  type Timestamp,
  universe,
} from '@tradekit/core';

describeBrokerContract('the simulated venue', async () => {
  const two = universe([stock('AAA'), stock('BBB')]);
  const day = parseIsoDate('2021-01-04') as SessionDay;
  const sessions = nyse.sessions(day, day);
  const grid = barGrid(sessions, 15 * MINUTE_MS);
  const bars = emptyBars(grid.starts.length * two.size);
  for (const column of Object.values(bars)) column.fill(100);
  const official = new Float64Array(two.size).fill(100);
  const broker = simulatedVenue(
    { universe: two, ...grid, bars, official },
    { initialCash: 1_000_000, commission: commission({ bps: 5 }) },
  );
  const advance = async (): Promise<void> => {
    await broker.next(Number.POSITIVE_INFINITY as Timestamp);
  };
  return { broker, universe: two, advance };
});
