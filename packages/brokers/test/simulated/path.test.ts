import { finerBars, openHighLowClose } from '@tradekit/brokers/simulated';
import { type BarHistory, type BrokerCommand, MINUTE_MS } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { type Bar, limit, MARKET, type Market, marketOf, order, single, stop, submit, trade } from './kit.js';

const A = (...bars: Bar[]): Market => ({ bars: { A: bars } });

/** A pair of exits of 100 shares that rests before the first bar: stop 9, target 11. */
const exits: BrokerCommand = submit({
  kind: 'oco',
  exits: [order(1, 'sell', 100, stop(9), { role: 'stop' }), order(2, 'sell', 100, limit(11), { role: 'target' })],
});

/** A buy at the stop 10.5 with its exits behind it. */
const bracket: BrokerCommand = submit({
  kind: 'bracket',
  entry: order(1, 'buy', 100, stop(10.5)),
  exits: [order(2, 'sell', 100, stop(9), { role: 'stop' }), order(3, 'sell', 100, limit(11), { role: 'target' })],
});

const fillsOf = (market: Market, command: BrokerCommand, options = {}) =>
  trade(market, { slice: { 0: [command] } }, options).fills;

/** The same market in bars of five minutes: three for each. */
function inFives(...bars: Bar[]): BarHistory {
  const rows = bars.length;
  const whole = marketOf({ bars: { A: bars }, sessions: [rows] });
  const start = whole.starts[0] ?? 0;
  const starts = Float64Array.from({ length: rows }, (_, row) => start + row * 5 * MINUTE_MS);
  return { ...whole, barMs: 5 * MINUTE_MS, starts, ends: starts.map((at) => at + 5 * MINUTE_MS) };
}

describe('stop and target in one bar', () => {
  test('by default the stop trades, whatever the bar', () => {
    expect(fillsOf(A([10, 11.5, 8.5, 10]), exits)).toEqual(['1: 100@9 inside 0']);
  });

  test('by the rule of thumb the nearer extreme comes first: 11.2 lies nearer to 10 than 8.5', () => {
    const options = { path: openHighLowClose };
    expect(fillsOf(A([10, 11.2, 8.5, 10]), exits, options)).toEqual(['2: 100@11 inside 0']);
    expect(fillsOf(A([10, 11.8, 8.5, 10]), exits, options)).toEqual(['1: 100@9 inside 0']);
  });

  test('with five-minute bars the one that was touched first trades', () => {
    const market = A([10, 11.5, 8.5, 10]);
    const targetFirst = finerBars(inFives([10, 11.5, 10, 11], [11, 11, 8.5, 9], [9, 10, 9, 10]));
    const stopFirst = finerBars(inFives([10, 10.5, 8.5, 9], [9, 11.5, 9, 11], [11, 11, 10, 10]));
    expect(fillsOf(market, exits, { path: targetFirst })).toEqual(['2: 100@11 inside 0']);
    expect(fillsOf(market, exits, { path: stopFirst })).toEqual(['1: 100@9 inside 0']);
  });

  test('inside one five-minute bar it is the stop again, and a gap between two of them is a gap', () => {
    const both = finerBars(inFives([10, 11.5, 8.5, 10], [10, 10, 10, 10], [10, 10, 10, 10]));
    expect(fillsOf(A([10, 11.5, 8.5, 10]), exits, { path: both })).toEqual(['1: 100@9 inside 0']);
    const gap = finerBars(inFives([10, 10, 10, 10], [8.6, 8.7, 8.5, 8.6], [9, 11.5, 9, 10]));
    expect(fillsOf(A([10, 11.5, 8.5, 10]), exits, { path: gap })).toEqual(['1: 100@8.6 inside 0']);
  });
});

describe('an entry and its exits in one bar', () => {
  // 10 up to 11.2, then down to 8.5: entry at 10.5 on the way up, the target at 11 after it.
  test('by default the stop after the entry trades, and the target never does', () => {
    expect(fillsOf(A([10, 11.2, 8.5, 10]), bracket)).toEqual(['1: 100@10.5 inside 0', '2: 100@9 inside 0']);
    expect(fillsOf(A([10, 11.2, 9.5, 10]), bracket)).toEqual(['1: 100@10.5 inside 0']);
  });

  test('by the rule of thumb the target trades on the same way up, at its price', () => {
    const options = { path: openHighLowClose };
    expect(fillsOf(A([10, 11.2, 8.5, 10]), bracket, options)).toEqual(['1: 100@10.5 inside 0', '3: 100@11 inside 0']);
  });

  test('on the way down first, the stop lies behind: entry and target on the way up', () => {
    const options = { path: openHighLowClose };
    expect(fillsOf(A([10, 11.2, 9.5, 11]), bracket, options)).toEqual(['1: 100@10.5 inside 0', '3: 100@11 inside 0']);
  });

  test('with finer bars the target may trade in a later one, not in that of the entry', () => {
    const later = finerBars(inFives([10, 10.6, 10, 10.6], [10.6, 11.2, 10.5, 11], [11, 11, 8.5, 10]));
    expect(fillsOf(A([10, 11.2, 8.5, 10]), bracket, { path: later })).toEqual([
      '1: 100@10.5 inside 0',
      '3: 100@11 inside 0',
    ]);
    const same = finerBars(inFives([10, 11.2, 10, 10.6], [10.6, 10.6, 10, 10], [10, 10, 8.5, 10]));
    expect(fillsOf(A([10, 11.2, 8.5, 10]), bracket, { path: same })).toEqual([
      '1: 100@10.5 inside 0',
      '2: 100@9 inside 0',
    ]);
  });
});

describe('orders that arrive late', () => {
  const path = (...bars: Bar[]) => finerBars(inFives(...bars), { delayMinutes: 5 });
  const market = single(order(1, 'buy', 100, MARKET));

  test('trade at the open of the bar five minutes later, or of the next one that traded', () => {
    const finer = path([10, 10, 10, 10], [10.2, 10.3, 10.1, 10.3], [10.3, 10.4, 10.3, 10.4]);
    expect(fillsOf(A([10, 10.4, 10, 10.4]), market, { path: finer })).toEqual(['1: 100@10.2 open 0']);
    const hole = path([10, 10, 10, 10], undefined, [10.3, 10.4, 10.3, 10.4]);
    expect(fillsOf(A([10, 10.4, 10, 10.4]), market, { path: hole })).toEqual(['1: 100@10.3 open 0']);
  });

  test('miss what happened before: a stop that was touched in the first minutes only', () => {
    const finer = path([10, 10, 8.5, 10], [10, 10, 9.5, 10], [10, 10, 10, 10]);
    expect(fillsOf(A([10, 10, 8.5, 10]), exits, { path: finer })).toEqual([]);
  });
});

describe('finer bars that do not fit', () => {
  test('a bar that they lack whole is taken as the worst case has it', () => {
    const finer = finerBars(inFives(undefined, undefined, undefined));
    expect(fillsOf(A([10, 11.5, 8.5, 10]), exits, { path: finer })).toEqual(['1: 100@9 inside 0']);
    const late = finerBars(inFives(undefined, undefined, undefined), { delayMinutes: 5 });
    expect(fillsOf(A([10, 11.5, 8.5, 10]), single(order(1, 'buy', 1)), { path: late })).toEqual(['1: 1@10 open 0']);
  });

  test('other instruments, other lengths and odd delays are refused', () => {
    const run = (path: ReturnType<typeof finerBars>) => () => fillsOf(A([10, 10, 10, 10]), exits, { path });
    expect(run(finerBars(marketOf({ bars: { B: [[1, 1, 1, 1]] } })))).toThrow('of other instruments');
    expect(run(finerBars(marketOf(A([1, 1, 1, 1]))))).toThrow('bars of 15 minutes do not divide bars of 15');
    expect(run(finerBars(inFives([1, 1, 1, 1]), { delayMinutes: 7 }))).toThrow('a delay of 7 minutes');
  });
});
