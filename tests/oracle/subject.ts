/** The system under test: a case put through `backtest`, by its public surface. */
import { backtest } from '@tradekit/backtest';
import { participation, type SlippageModel, slippageBps, slippages, volumeShare } from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  barGrid,
  commission,
  emptyBars,
  everySlice,
  type FeatureSpec,
  type InstrumentIndex,
  isoDate,
  noRisk,
  type RiskManager,
  type Session,
  type Signal,
  type StrategyFactory,
  sessionDay,
  sessionTimetable,
  stock,
  type Timestamp,
  type TradingCalendar,
  universe,
} from '@tradekit/core';
import { BAR_MS, type Case, type CaseWish, FIRST_DAY, INITIAL_CASH, inOrder, type Outcome, openOf } from './case.js';

const NAMES = ['A', 'B', 'C', 'D', 'E'];

/** What the engine makes of a case; with another risk manager where one is given. */
export function engineOutcome(given: Case, risk: RiskManager = riskOf(given)): Outcome {
  const history = historyOf(given);
  const slippage = slippageOf(given);
  const result = backtest({
    history,
    calendar: calendarOf(history.sessions),
    strategies: given.wishes.map((script, s) => ({
      name: `s${s}`,
      create: scripted(`s${s}`, script),
      weight: 1 / given.wishes.length,
    })),
    risk,
    initialCash: INITIAL_CASH,
    timetable: given.timetable === undefined ? everySlice : sessionTimetable(given.timetable),
    commission: commission(defined(given.commission ?? {})),
    ...(given.retryRefused === undefined ? {} : { retryRefused: given.retryRefused }),
    ...(slippage === undefined ? {} : { slippage }),
  });
  const { fills, equity, positions } = result;
  const column = <T>(length: number, at: (k: number) => T): T[] => Array.from({ length }, (_, k) => at(k));
  const number = (values: ArrayLike<number>, k: number): number => values[k] ?? Number.NaN;
  return {
    fills: inOrder(
      column(fills.length, (k) => ({
        time: number(fills.time, k),
        strategy: number(fills.strategy, k),
        instrument: number(fills.instrument, k),
        sign: number(fills.sign, k),
        quantity: number(fills.quantity, k),
        price: number(fills.price, k),
        commission: number(fills.commission, k),
      })),
    ),
    // Row 0 is the account before anything happened.
    cash: column(equity.length - 1, (k) => number(equity.cash, k + 1)),
    equity: column(equity.length - 1, (k) => number(equity.equity, k + 1)),
    positions: given.wishes.map((_, s) =>
      given.bars.map((_, i) => positions.find((held) => held.strategy === s && held.instrument === i)?.quantity ?? 0),
    ),
  };
}

function historyOf({ bars, sessions, official = [], actions = [] }: Case): BarHistory {
  const ids = bars.map((_, i) => NAMES[i] ?? '');
  const instruments = universe(ids.map((id) => stock(id)));
  const days = sessions.map((count, k): Session => {
    const open = openOf(k) as Timestamp;
    const day = sessionDay(FIRST_DAY + k);
    return { day, date: isoDate(day), open, close: (open + count * BAR_MS) as Timestamp, half: false };
  });
  const grid = barGrid(days, BAR_MS);
  const columns = emptyBars(grid.starts.length * ids.length);
  for (const [i, rows] of bars.entries()) {
    for (const [row, bar] of rows.entries()) {
      if (bar === null) continue;
      const cell = row * ids.length + i;
      [columns.open[cell], columns.high[cell], columns.low[cell], columns.close[cell], columns.volume[cell]] = bar;
    }
  }
  const closes = new Float64Array(days.length * ids.length).fill(Number.NaN);
  for (const [i, prices] of official.entries()) {
    for (const [k, price] of prices.entries()) closes[k * ids.length + i] = price ?? Number.NaN;
  }
  return {
    universe: instruments,
    ...grid,
    bars: columns,
    official: closes,
    actions: actions.map(({ session, instrument, action }) => ({
      session: sessionDay(FIRST_DAY + session),
      instrument: ids[instrument] ?? '',
      action,
    })),
  };
}

function calendarOf(sessions: readonly Session[]): TradingCalendar {
  return {
    name: 'case',
    session: (day) => sessions.find((session) => session.day === day),
    sessions: (first, last) => sessions.filter(({ day }) => day >= first && day <= last),
  };
}

/** The size travels in the reason: the same signal has the same size whenever the engine asks. */
function scripted(name: string, script: readonly (readonly CaseWish[])[]): StrategyFactory {
  return () => ({
    name,
    positionSize: ({ reason }) => Number(reason),
    generateSignals: ({ slice }) => (script[slice] ?? []).map(signalOf),
  });
}

function signalOf({ instrument, direction, shares = 0, stop, target, trail }: CaseWish): Signal {
  return {
    instrument: instrument as InstrumentIndex,
    direction,
    reason: String(shares),
    ...(stop === undefined ? {} : { stopPrice: stop }),
    ...(target === undefined ? {} : { targetPrice: target }),
    ...(trail === undefined ? {} : { trailDistance: trail }),
  };
}

function slippageOf({ slippageBps: bps, participation: part, volumeShare: share }: Case): SlippageModel | undefined {
  if (share !== undefined) return volumeShare(share);
  if (bps === undefined && part === undefined) return undefined;
  return slippages(slippageBps(bps ?? 0), ...(part === undefined ? [] : [participation(part)]));
}

/** No rules; only the halt of the case, on its slice. A kernel is stepped once a slice, so it can count them. */
function riskOf({ haltAt }: Case): RiskManager {
  if (haltAt === undefined) return noRisk;
  let slices = 0;
  let done = false;
  const counter: FeatureSpec = {
    key: 'slices',
    unit: 'none',
    warmUpBars: 1,
    create: () => ({
      state: [],
      step: (_bars, _offset, out, base) => {
        slices += 1;
        out[base] = slices;
      },
    }),
  };
  return {
    ...noRisk,
    features: [counter],
    watch() {
      if (done || slices !== haltAt + 1) return undefined;
      done = true;
      return { state: 'halted', flatten: true, until: 'next-session', rule: 'case', reason: 'the case says so' };
    },
  };
}

/** Without the keys whose value is `undefined`. */
function defined<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
