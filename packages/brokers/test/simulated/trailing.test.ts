import { finerBars, openHighLowClose } from '@tradekit/brokers/simulated';
import { MINUTE_MS, type Pricing } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { type Bar, limit, MARKET, marketOf, order, replace, still, submit, trade } from './kit.js';

const trailing = (stopPrice: number, trailDistance: number): Pricing => ({
  type: 'trailing-stop',
  stopPrice,
  trailDistance,
});

/** Buys 100 at the first open; a stop at 9 that trails a dollar behind. */
const long = (entry: Pricing = MARKET, stop = trailing(9, 1)) =>
  submit({
    kind: 'bracket',
    entry: order(1, 'buy', 100, entry),
    exits: [order(2, 'sell', 100, stop, { role: 'stop' })],
  });

const fillsOf = (bars: readonly Bar[], command = long(), options = {}) =>
  trade({ bars: { A: bars } }, { slice: { 0: [command] } }, options).fills;

describe('a trailing stop', () => {
  test('follows the best price and never moves back', () => {
    // Best 10, 11, 11.2: the stop stands at 9, 10, 10.2, and the fall to 9.8 passes it.
    const bars: Bar[] = [still(10), [10.2, 11, 10.1, 11], [11, 11.2, 10.5, 10.6], [10.6, 10.7, 9.8, 10]];
    expect(fillsOf(bars)).toEqual(['1: 100@10 open 0', '2: 100@10.2 inside 3']);
  });

  test('trades at an open beyond it', () => {
    expect(fillsOf([still(10), [10.5, 11, 10.4, 11], still(9.7)])).toEqual(['1: 100@10 open 0', '2: 100@9.7 open 2']);
  });

  test('stays at its first price until the trail has come there', () => {
    expect(fillsOf([still(10), [10, 10.1, 9.6, 10]], long(MARKET, trailing(9.5, 1)))).toEqual(['1: 100@10 open 0']);
    const fall: Bar[] = [still(10), [10, 10.1, 9.4, 10]];
    expect(fillsOf(fall, long(MARKET, trailing(9.5, 1)))).toEqual(['1: 100@10 open 0', '2: 100@9.5 inside 1']);
  });

  test('of a short stays above', () => {
    const short = submit({
      kind: 'bracket',
      entry: order(1, 'sell', 100, MARKET, { role: 'entry' }),
      exits: [order(2, 'buy', 100, trailing(11, 1), { role: 'stop' })],
    });
    // Best 9: the stop comes down from 11 to 10.
    const bars: Bar[] = [still(10), [9.5, 9.6, 9, 9.2], [9.2, 10.3, 9.2, 10]];
    expect(fillsOf(bars, short)).toEqual(['1: 100@10 open 0', '2: 100@10 inside 2']);
  });

  test('counts nothing that was before its entry', () => {
    // The limit of 10 trades after the high of 12.5 or before it: nobody knows. The next bars take the stop to 10.
    const bars: Bar[] = [
      [12, 12.5, 9.9, 11],
      [11, 11, 10.2, 10.5],
      [10.5, 10.5, 9.5, 9.6],
    ];
    expect(fillsOf(bars, long(limit(10)))).toEqual(['1: 100@10 inside 0', '2: 100@10 inside 2']);
    const path = openHighLowClose;
    expect(fillsOf(bars, long(limit(10)), { path })).toEqual(['1: 100@10 inside 0', '2: 100@10 inside 2']);
  });

  test('keeps its best price when it is replaced', () => {
    const by = order(3, 'sell', 60, trailing(8, 2), { role: 'stop' });
    const { fills } = trade(
      { bars: { A: [still(10), [10.5, 12, 10.5, 12], [12, 12, 9.9, 10]] } },
      { slice: { 0: [long(MARKET, trailing(8, 2))], 2: [replace(2, by)] } },
    );
    expect(fills).toEqual(['1: 100@10 open 0', '3: 60@10 inside 2']);
  });

  test('waits as a market order where there was no volume when it was touched', () => {
    const bars: Bar[] = [still(10), [10, 10, 8, 8, 0], [8.5, 12, 8.5, 12]];
    expect(fillsOf(bars)).toEqual(['1: 100@10 open 0', '2: 100@8.5 open 2']);
  });
});

describe('inside a bar that rises and falls by more than the trail', () => {
  /** From 11, to 12 and 10.5, to 11.5: which came first? */
  const bars: Bar[] = [still(10), [11, 12, 10.5, 11.5]];
  const entry = '1: 100@10 open 0';

  test('at worst the low comes first and again after the high', () => {
    expect(fillsOf(bars)).toEqual([entry, '2: 100@11 inside 1']);
    // Below the stop that was there before, it has that price.
    expect(fillsOf([still(10), [11, 12, 9.5, 11.5]])).toEqual([entry, '2: 100@10 inside 1']);
  });

  test('by the rule of thumb the nearer extreme is the low, and the close of 11.5 stays above 11', () => {
    const path = openHighLowClose;
    expect(fillsOf(bars, long(), { path })).toEqual([entry]);
    expect(fillsOf([still(10), [11, 11.4, 10.3, 10.8]], long(), { path })).toEqual([entry, '2: 100@10.4 inside 1']);
  });

  test('finer bars tell', () => {
    const inFives = (...rows: Bar[]) => {
      const market = marketOf({ bars: { A: rows } });
      const starts = Float64Array.from(rows, (_, row) => (market.starts[0] ?? 0) + row * 5 * MINUTE_MS);
      return finerBars({ ...market, barMs: 5 * MINUTE_MS, starts, ends: starts.map((at) => at + 5 * MINUTE_MS) });
    };
    const first = [still(10), still(10), still(10)];
    const highFirst = inFives(...first, [11, 12, 11.2, 12], [12, 12, 11.5, 11.5], [11.5, 11.5, 10.5, 11.5]);
    const lowFirst = inFives(...first, [11, 11, 10.5, 10.5], [10.5, 11.4, 10.5, 11.4], [11.4, 12, 11.4, 11.5]);
    expect(fillsOf(bars, long(), { path: highFirst })).toEqual([entry, '2: 100@11 inside 1']);
    expect(fillsOf(bars, long(), { path: lowFirst })).toEqual([entry]);
  });
});
