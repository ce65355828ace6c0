import { isoTime, type StrategyFactory, type Timestamp } from '@tradekit/core';
import { expect, it } from 'vitest';
import { type BacktestProgress, backtest, digest, metricsOf, prepareBacktest, type RunResult } from '../src/index.js';
import { handMade } from './market.js';

/** Fills as lines that can be read. */
function lines({ fills, universe }: RunResult): readonly string[] {
  return Array.from({ length: fills.length }, (_, k) => {
    const time = isoTime((fills.time[k] ?? 0) as Timestamp).slice(5, 16);
    const side = fills.sign[k] === 1 ? 'buy' : 'sell';
    const { id } = universe.instruments[fills.instrument[k] ?? 0] ?? { id: '' };
    return `${time} ${side} ${fills.quantity[k]} ${id} @ ${fills.price[k]} − ${fills.commission[k]}`;
  });
}

it('fills at the next open, to the cent', () => {
  const result = backtest(handMade());
  expect(lines(result)).toEqual([
    '01-04T14:45 buy 10 A @ 101 − 0.1',
    '01-04T15:00 buy 5 C @ 198 − 0.05',
    '01-05T15:00 sell 10 A @ 106 − 0.1',
    '01-05T15:15 buy 3 B @ 50 − 0.03',
    '01-06T14:45 sell 5 C @ 191 − 0.05',
  ]);
  // 10,000 − 1,010.10 − 990.05 + 1,059.90 − 150.03 + 954.95.
  expect(result.finalCash).toBeCloseTo(9864.67, 9);
  // Three B at their official close of 52.
  expect(result.finalEquity).toBeCloseTo(9864.67 + 156, 9);
  expect(result.equity.equity[result.equity.length - 1]).toBe(result.finalEquity);
});

it('has a first row before any fill, and a row a slice', () => {
  const { equity, sessions } = backtest(handMade());
  expect(equity.length).toBe(1 + 12);
  expect(isoTime(equity.time[0] as Timestamp)).toBe('2021-01-04T14:30:00.000Z');
  expect([equity.cash[0], equity.equity[0]]).toEqual([10_000, 10_000]);
  expect(isoTime(equity.time[1] as Timestamp)).toBe('2021-01-04T14:45:00.000Z');
  // After the second slice: 10 A bought at 101, marked at 101.
  expect(equity.equity[2]).toBeCloseTo(9999.9, 9);
  expect([...sessions.row]).toEqual([4, 8, 12]);
});

it('closes round trips and leaves the rest open', () => {
  const { trades, positions, openOrders } = backtest(handMade());
  expect(trades.map(({ instrument, profit, barsHeld }) => [instrument, Number(profit.toFixed(9)), barsHeld])).toEqual([
    [0, 49.8, 5],
    [2, -35.1, 7],
  ]);
  expect(positions).toMatchObject([{ instrument: 1, quantity: 3, entryPrice: 50, mark: 52 }]);
  expect(positions[0]?.profit).toBeCloseTo(5.97, 9);
  expect(openOrders).toMatchObject([{ instrument: 0, sign: 1, remaining: 10 }]);
});

it('profits of round trips and open positions add up to the change of the equity', () => {
  const { trades, positions, finalEquity } = backtest(handMade());
  const sum = [...trades, ...positions].reduce((total, { profit }) => total + profit, 0);
  expect(sum).toBeCloseTo(finalEquity - 10_000, 9);
});

it('gives the metrics that a hand works out', () => {
  const metrics = metricsOf(backtest(handMade()));
  expect(metrics.totalReturn.value).toBeCloseTo(0.002067, 12);
  expect(metrics.commissionPaid.value).toBeCloseTo(0.33, 12);
  expect(metrics.winRate.value).toBe(0.5);
  expect(metrics.trades.value).toBe(2);
  expect(metrics.orders.value).toBe(6);
  expect(metrics.sessions.value).toBe(3);
});

it('gives the same digest twice, and another one at another cost', () => {
  const first = digest(backtest(handMade()));
  expect(digest(backtest(handMade()))).toBe(first);
  expect(digest(backtest(handMade({ commission: { perShare: 0.02, perOrder: 0, bps: 0 } })))).not.toBe(first);
});

it('tells of every session', () => {
  const told: BacktestProgress[] = [];
  backtest(handMade({ onProgress: (progress) => told.push(progress) }));
  expect(told.map(({ session, sessions, date }) => `${session}/${sessions} ${date}`)).toEqual([
    '1/3 2021-01-04',
    '2/3 2021-01-05',
    '3/3 2021-01-06',
  ]);
  expect(told[2]?.equity).toBeCloseTo(10_020.67, 9);
});

it('stops when asked, with what there is', () => {
  let slices = 0;
  const result = backtest(handMade({ stopping: () => ++slices === 6 }));
  expect(result.equity.length).toBe(1 + 6);
  expect(result.sessions.length).toBe(1);
  expect(result.fills.length).toBe(2);
});

it('a run that fails can still be asked for what it had', () => {
  const failing: StrategyFactory = () => ({
    name: 'failing',
    generateSignals({ slice }) {
      if (slice === 3) throw new Error('no idea');
      return [];
    },
  });
  const prepared = prepareBacktest(handMade({ strategies: [{ name: 'failing', create: failing, weight: 1 }] }));
  expect(() => prepared.run()).toThrow('strategy "failing" threw: no idea');
  expect(prepared.result().equity.length).toBe(1 + 3);
});

it('refuses a cash rate that was given in percent', () => {
  expect(() => backtest(handMade({ cashRate: 3 }))).toThrow('3 % is written 0.03');
});

it('ends when nothing is left: three times the equity in C, which falls from 198 to nothing', () => {
  const options = handMade({ initialCash: 100 });
  const { history } = options;
  const { size } = history.universe;
  for (let row = 6; row < history.starts.length; row++)
    for (const column of [history.bars.open, history.bars.high, history.bars.low, history.bars.close])
      column[row * size + 2] = 1;
  const run = prepareBacktest(options);
  // A and C cost 1,010 and 990 of 100 dollars; C at 1 leaves 100 − 985 + 10 × 5 and the commission.
  expect(() => run.run()).toThrow(/^the equity is -\d+\.\d\d dollars: nothing is left to trade with/);
  expect(run.result().equity.length).toBe(8);
});
