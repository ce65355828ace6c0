import { describe, expect, test } from 'vitest';
import { type Bar, cancel, limit, MARKET, order, replace, single, still, stop, submit, trade } from './kit.js';

const A = (...bars: Bar[]) => ({ bars: { A: bars } });
const leg = (number: number, quantity: number, price: number, role: 'stop' | 'target') =>
  order(number, 'sell', quantity, role === 'stop' ? stop(price) : limit(price), { role });
const exits = (quantity = 100) => [leg(2, quantity, 9, 'stop'), leg(3, quantity, 11, 'target')];
const oco = () => submit({ kind: 'oco', exits: exits() });
const bracket = (entry = order(1, 'buy', 100)) => submit({ kind: 'bracket', entry, exits: exits() });

describe('oco', () => {
  test('stop and target in one bar: the stop trades, whichever of the two was listed first', () => {
    for (const legs of [exits(), exits().reverse()]) {
      const { fills, updates } = trade(A([10, 11, 9, 10]), { slice: { 0: [submit({ kind: 'oco', exits: legs })] } });
      expect(fills).toEqual(['2: 100@9 inside 0']);
      expect(updates).toEqual(['3 canceled 0: the other exit was filled']);
    }
  });

  test('the target alone is touched: the stop ends', () => {
    const { fills, updates } = trade(A([10, 11, 9.5, 10], [10, 12, 8, 10]), { slice: { 0: [oco()] } });
    expect(fills).toEqual(['3: 100@11 inside 0']);
    expect(updates).toEqual(['2 canceled 0: the other exit was filled']);
  });

  test('an open beyond the target trades there, before the bar falls to the stop', () => {
    expect(trade(A([11.5, 12, 8, 9]), { slice: { 0: [oco()] } }).fills).toEqual(['3: 100@11.5 open 0']);
  });

  test('a replaced leg stays one of the pair', () => {
    const { fills, updates } = trade(A(still(10), [10, 10, 9.5, 10], [10, 12, 8, 10]), {
      slice: { 0: [oco()], 1: [replace(2, leg(4, 100, 9.5, 'stop'))] },
    });
    expect(fills).toEqual(['4: 100@9.5 inside 1']);
    expect(updates).toEqual(['2 canceled 0: replaced', '3 canceled 0: the other exit was filled']);
  });

  test('both legs replaced at once: still a pair', () => {
    const { fills, updates } = trade(A(still(10), [10, 12, 10, 10], [10, 12, 8, 10]), {
      slice: { 0: [oco()], 1: [replace(2, leg(4, 60, 9.5, 'stop')), replace(3, leg(5, 60, 12, 'target'))] },
    });
    expect(fills).toEqual(['5: 60@12 inside 1']);
    expect(updates).toEqual([
      '2 canceled 0: replaced',
      '3 canceled 0: replaced',
      '4 canceled 0: the other exit was filled',
    ]);
  });

  test('one leg cancelled: the other goes on', () => {
    const { fills } = trade(A(still(10), [10, 12, 10, 10]), { slice: { 0: [oco()], 1: [cancel(2)] } });
    expect(fills).toEqual(['3: 100@11 inside 1']);
  });
});

describe('bracket', () => {
  test('an entry at the open: the stop may trade in the rest of that bar', () => {
    expect(trade(A([10, 10, 9, 9.5]), { slice: { 0: [bracket()] } }).fills).toEqual([
      '1: 100@10 open 0',
      '2: 100@9 inside 0',
    ]);
  });

  test('an entry at the open: the target may trade in the rest of that bar', () => {
    expect(trade(A([10, 11, 10, 11]), { slice: { 0: [bracket()] } }).fills).toEqual([
      '1: 100@10 open 0',
      '3: 100@11 inside 0',
    ]);
  });

  test('an entry at the open, and the bar touches both: the stop', () => {
    expect(trade(A([10, 11, 9, 10]), { slice: { 0: [bracket()] } }).fills).toEqual([
      '1: 100@10 open 0',
      '2: 100@9 inside 0',
    ]);
  });

  test('an entry inside the bar: the stop may trade in it', () => {
    const { fills } = trade(A([10, 10, 9, 9.5]), { slice: { 0: [bracket(order(1, 'buy', 100, limit(9.5)))] } });
    expect(fills).toEqual(['1: 100@9.5 inside 0', '2: 100@9 inside 0']);
  });

  test('an entry inside the bar: the target may not trade in it, and may in the next', () => {
    const { fills } = trade(A([10, 12, 9.5, 10], [10, 11, 10, 10]), {
      slice: { 0: [bracket(order(1, 'buy', 100, limit(9.5)))] },
    });
    expect(fills).toEqual(['1: 100@9.5 inside 0', '3: 100@11 inside 1']);
  });

  test('an entry that ends takes its legs with it', () => {
    const { fills, updates } = trade(A(still(10), [10, 12, 8, 10]), {
      slice: { 0: [bracket(order(1, 'buy', 100, limit(5)))], 1: [cancel(1)] },
    });
    expect(fills).toEqual([]);
    expect(updates).toEqual([
      '1 canceled 0: asked for',
      '2 canceled 0: the entry ended',
      '3 canceled 0: the entry ended',
    ]);
  });

  test('a leg that was replaced while it waited goes live with the entry', () => {
    const { fills } = trade(A(still(10), [9.5, 9.5, 8.5, 9]), {
      slice: { 0: [bracket(order(1, 'buy', 100, limit(9.5)))], 1: [replace(2, leg(4, 100, 8.5, 'stop'))] },
    });
    expect(fills).toEqual(['1: 100@9.5 open 1', '4: 100@8.5 inside 1']);
  });

  test('a short bracket: stop above, target below', () => {
    const legs = [order(2, 'buy', 100, stop(11), { role: 'stop' }), order(3, 'buy', 100, limit(9), { role: 'target' })];
    const group = submit({ kind: 'bracket', entry: order(1, 'sell', 100, MARKET, { role: 'entry' }), exits: legs });
    expect(trade(A([10, 11, 9, 10]), { slice: { 0: [group] } }).fills).toEqual([
      '1: 100@10 open 0',
      '2: 100@11 inside 0',
    ]);
    expect(trade(A([10, 10, 9, 10]), { slice: { 0: [group] } }).fills).toEqual([
      '1: 100@10 open 0',
      '3: 100@9 inside 0',
    ]);
  });
});

describe('then', () => {
  const reversal = (timeInForce: 'day' | 'gtc' = 'gtc') =>
    submit({
      kind: 'then',
      first: order(2, 'sell', 100, MARKET, { timeInForce }),
      next: { kind: 'single', order: order(3, 'sell', 100, MARKET, { role: 'entry', timeInForce }) },
    });
  const long = single(order(1, 'buy', 100));

  test('3.2 both are filled at the same open, the closing one first', () => {
    const { fills } = trade(A(still(10), still(11)), { slice: { 0: [long], 1: [reversal()] } });
    expect(fills).toEqual(['1: 100@10 open 0', '2: 100@11 open 1', '3: 100@11 open 1']);
  });

  test('the second ends with the first', () => {
    const { fills, updates } = trade(
      { bars: { A: [still(10), undefined, still(12)], B: [still(5), still(5), still(5)] }, sessions: [2, 1] },
      { slice: { 0: [long], 1: [reversal('day')] } },
    );
    expect(fills).toEqual(['1: 100@10 open 0']);
    expect(updates).toEqual(['2 expired 0: the session ended', '3 expired 0: the session ended']);
  });

  test('a bracket as the second: its legs work from that open on', () => {
    const short = order(3, 'sell', 100, MARKET, { role: 'entry' });
    const legs = [order(4, 'buy', 100, stop(12), { role: 'stop' }), order(5, 'buy', 100, limit(9), { role: 'target' })];
    const group = submit({
      kind: 'then',
      first: order(2, 'sell', 100),
      next: { kind: 'bracket', entry: short, exits: legs },
    });
    const { fills } = trade(A(still(10), [11, 12, 11, 11]), { slice: { 0: [long], 1: [group] } });
    expect(fills).toEqual(['1: 100@10 open 0', '2: 100@11 open 1', '3: 100@11 open 1', '4: 100@12 inside 1']);
  });
});

describe('cancel and replace', () => {
  test('a cancel of an order that is not there is answered with a rejection', () => {
    expect(trade(A(still(10)), { slice: { 1: [cancel(7)] } }).updates).toEqual(['7 rejected 0: no such order']);
  });

  test('a replacement of an order that is not there is rejected', () => {
    expect(trade(A(still(10)), { slice: { 1: [replace(7, order(8, 'buy', 1))] } }).updates).toEqual([
      '8 rejected 0: the order to replace is done',
    ]);
  });

  test('a cancelled order tells what it has filled', () => {
    const { updates } = trade(A(still(10)), { slice: { 0: [single(order(1, 'buy', 100, limit(9)))], 1: [cancel(1)] } });
    expect(updates).toEqual(['1 canceled 0: asked for']);
  });
});
