import { simulatedVenue } from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  createEngine,
  MINUTE_MS,
  runSync,
  Sequencer,
  type StrategySlot,
  type SynchronousVenue,
  type Timeframe,
  timeframeMs,
} from '@tradekit/core';
import type { BacktestOptions } from '../backtest.js';
import { type Witness, witnesses } from './witness.js';

/**
 * Runs a system over a market and answers what each strategy was shown and what it said. `beforeSlice` is called with the
 * number of rows that have ended, before anybody hears of the last of them.
 */
export function observe(
  options: BacktestOptions,
  market: BarHistory,
  strategies: readonly StrategySlot[],
  beforeSlice: (rows: number) => void = () => undefined,
): readonly Witness[] {
  const { slots, heard } = witnesses(strategies, market.starts.length, market.universe.size, barsIn(market));
  const venue = simulatedVenue(market, options);
  const { universe, barMs } = market;
  const engine = createEngine({ ...options, strategies: slots, universe, barMs, capabilities: venue.capabilities });
  let rows = 0;
  const watched: SynchronousVenue = {
    get issued() {
      return venue.issued;
    },
    send: (commands) => venue.send(commands),
    answer: () => venue.answer(),
    step(until) {
      const step = venue.step(until);
      if (step?.kind === 'slice') {
        rows += 1;
        beforeSlice(rows);
      }
      return step;
    },
  };
  const journal = { append: () => undefined, flush: () => Promise.resolve() };
  runSync({ engine, sequencer: new Sequencer(), journal }, watched);
  return heard;
}

/** How many bars of the market one of a timeframe has; a day and a week at their longest. */
function barsIn({ barMs }: BarHistory): (timeframe: Timeframe | undefined) => number {
  const day = (390 * MINUTE_MS) / barMs;
  return (timeframe) => {
    if (timeframe === undefined) return 1;
    if (timeframe === 'week') return 5 * day;
    return timeframe === 'day' ? day : (timeframeMs(timeframe) ?? barMs) / barMs;
  };
}
