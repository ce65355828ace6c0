/** B1 through the whole engine: features, strategy, stances, risk, orders, simulated venue, ledger, books. */
import { simulatedCapabilities, simulatedVenue } from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  type Commission,
  commission,
  createEngine,
  type Engine,
  everySlice,
  type Journal,
  noJournal,
  noRisk,
  type RiskManager,
  runSync,
  Sequencer,
  type Signal,
  type Strategy,
  type StrategyFactory,
} from '@tradekit/core';
import { sma } from '@tradekit/indicators';
import { b1Calendar } from './b1-market.js';

const B1_FEE: Commission = commission({ bps: 5 });
const B1_CASH = 1_000_000;

/** SMA(10) over SMA(30): long ten shares from a crossing up to a crossing down. Says only what changed. */
export const crossing: StrategyFactory = (setup): Strategy => {
  const fast = setup.feature(sma(10));
  const slow = setup.feature(sma(30));
  const above = new Int8Array(setup.instruments.length).fill(-1);
  return {
    name: 'crossing',
    positionSize: () => 10,
    generateSignals(market) {
      const signals: Signal[] = [];
      for (const instrument of market.instruments) {
        const difference = market.feature(fast, instrument) - market.feature(slow, instrument);
        if (Number.isNaN(difference)) continue;
        const now = difference > 1e-6 ? 1 : 0;
        const before = above[instrument];
        if (now !== before && before !== -1) signals.push({ instrument, direction: now, reason: 'crossing' });
        above[instrument] = now;
      }
      return signals;
    },
  };
};

/** The same wishes, said again on every bar once the first crossing has come. */
export const repeating: StrategyFactory = (setup, parameters): Strategy => {
  const once = crossing(setup, parameters);
  const said: (Signal | undefined)[] = Array.from({ length: setup.instruments.length });
  return {
    ...once,
    name: 'repeating',
    generateSignals(market) {
      for (const signal of once.generateSignals(market)) said[signal.instrument] = signal;
      return said.filter((signal) => signal !== undefined);
    },
  };
};

/** What B1 is run with. */
export interface B1Run {
  readonly create?: StrategyFactory;
  readonly risk?: RiskManager;
  readonly journal?: Journal;
  /** Default 1,000,000 dollars. */
  readonly cash?: number;
}

/** An engine for B1. */
export function b1Engine(
  history: BarHistory,
  { create = crossing, risk = noRisk, cash = B1_CASH }: B1Run = {},
): Engine {
  return createEngine({
    universe: history.universe,
    calendar: b1Calendar,
    strategies: [{ name: 'b1', create, weight: 1 }],
    risk,
    initialCash: cash,
    capabilities: simulatedCapabilities,
    timetable: everySlice,
    commission: B1_FEE,
  });
}

/** A venue for B1. */
export function b1Venue(history: BarHistory, cash: number = B1_CASH): ReturnType<typeof simulatedVenue> {
  return simulatedVenue(history, { initialCash: cash, commission: B1_FEE });
}

/** Runs B1 to its end and gives the engine. */
export function runB1(history: BarHistory, run: B1Run = {}): Engine {
  const engine = b1Engine(history, run);
  runSync({ engine, sequencer: new Sequencer(), journal: run.journal ?? noJournal }, b1Venue(history, run.cash));
  return engine;
}
