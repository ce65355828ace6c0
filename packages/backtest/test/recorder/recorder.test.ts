import type { Decision } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { orderStatuses } from '../../src/index.js';
import { order, script, submit } from '../script.js';

const statusOf = (codes: Uint8Array): readonly (string | undefined)[] =>
  Array.from(codes, (code) => orderStatuses[code]);

describe('orders and fills', () => {
  it('are recorded with their last status, and fills with what belongs to them', () => {
    const { recorder, account, slice, fill, event } = script();
    slice(900, 1, [10, 20], [submit(order(1, 0, 5)), submit(order(2, 1, -3, { role: 'exit' }))]);
    event('order-update', {
      time: 900,
      order: 1,
      status: 'accepted',
      filledQuantity: 0,
      reason: '',
      venue: 'v',
    } as never);
    account.positions[0] = 2;
    fill(1, 900, 2, 10, 0.5);
    event('order-update', {
      time: 950,
      order: 2,
      status: 'expired',
      filledQuantity: 0,
      reason: '',
      venue: 'v',
    } as never);
    const { orders, fills, openOrders } = recorder.result();
    expect(statusOf(orders.status)).toEqual(['partially-filled', 'expired']);
    expect([...orders.number]).toEqual([1, 2]);
    expect([...orders.sign]).toEqual([1, -1]);
    expect([...orders.filledQuantity]).toEqual([2, 0]);
    expect([...fills.time]).toEqual([900]);
    expect([...fills.price]).toEqual([10]);
    expect([...fills.commission]).toEqual([0.5]);
    expect(openOrders).toEqual([{ number: 1, strategy: 0, instrument: 0, sign: 1, remaining: 3 }]);
  });

  it('a fill that is told twice counts once, and news of a filled order is old news', () => {
    const { recorder, slice, fill, event } = script();
    slice(900, 1, [10, 20], [submit(order(1, 0, 2))]);
    fill(1, 900, 1, 10, 0, 'x');
    fill(1, 900, 1, 10, 0, 'x');
    fill(1, 901, 1, 11, 0, 'y');
    event('order-update', {
      time: 902,
      order: 1,
      status: 'canceled',
      filledQuantity: 2,
      reason: '',
      venue: 'v',
    } as never);
    const { orders, fills } = recorder.result();
    expect([...fills.price]).toEqual([10, 11]);
    expect(statusOf(orders.status)).toEqual(['filled']);
    expect([...orders.filledQuantity]).toEqual([2]);
  });

  it('a correction changes the fill in place, and a bust leaves it with quantity 0', () => {
    const { recorder, slice, fill, event } = script();
    slice(900, 1, [10, 20], [submit(order(1, 0, 5))]);
    fill(1, 900, 3, 10, 1, 'x');
    fill(1, 901, 1, 12, 1, 'y');
    const correct = (executionId: string, quantity: number, price: number): void =>
      event('fill-corrected', { time: 950, order: 1, executionId, quantity, price, commission: 0.5 } as never);
    correct('x', 2, 10.5);
    correct('y', 0, 12);
    correct('never told', 1, 9);
    const { orders, fills } = recorder.result();
    expect([...fills.quantity]).toEqual([2, 0, 1]);
    expect([...fills.price]).toEqual([10.5, 12, 9]);
    expect([...orders.filledQuantity]).toEqual([3]);
  });

  it('every order of a group and the new order of a replace are recorded', () => {
    const { recorder, slice } = script();
    const entry = order(1, 0, 5);
    const stop = order(2, 0, -5, { role: 'stop', pricing: { type: 'stop', stopPrice: 9 }, timeInForce: 'gtc' });
    const target = order(3, 0, -5, { role: 'target', pricing: { type: 'limit', limitPrice: 12 } });
    const moved = order(4, 0, -5, { role: 'stop', pricing: { type: 'stop', stopPrice: 9.5 } });
    slice(
      900,
      1,
      [10, 20],
      [
        { kind: 'command', command: { kind: 'submit', group: { kind: 'bracket', entry, exits: [stop, target] } } },
        { kind: 'command', command: { kind: 'replace', order: stop.number, by: moved } },
        { kind: 'command', command: { kind: 'cancel', order: target.number } },
      ],
    );
    const { orders } = recorder.result();
    expect([...orders.number]).toEqual([1, 2, 3, 4]);
    expect([...orders.stopPrice]).toEqual([Number.NaN, 9, Number.NaN, 9.5]);
    expect([...orders.limitPrice]).toEqual([Number.NaN, Number.NaN, 12, Number.NaN]);
  });

  it('an order that the recorder never saw is a bug, and says so', () => {
    const { fill } = script();
    expect(() => fill(7, 900, 1, 10, 0)).toThrow('order 7 was made before the recorder listened');
  });

  it('columns grow past their first room without losing an entry', () => {
    const { recorder, slice, fill } = script();
    for (let number = 1; number <= 5000; number++) {
      slice(number, 1, [10, 20], [submit(order(number, 0, number))]);
      fill(number, number, number, 10, 0);
    }
    const { orders, fills, equity } = recorder.result();
    expect([orders.length, fills.length, equity.length]).toEqual([5000, 5000, 5000]);
    expect(fills.quantity[4999]).toBe(5000);
    expect(fills.quantity.reduce((sum, quantity) => sum + quantity, 0)).toBe((5000 * 5001) / 2);
  });
});

describe('equity', () => {
  it('begins with the state before anything happened, then has a row a slice', () => {
    const { recorder, account, slice } = script({ startTime: 100 as never });
    slice(900, 1, [10, 20]);
    account.cash = 950;
    account.equity = 1010;
    account.positions[0] = 6;
    slice(1800, 1, [10, 20]);
    const { equity } = recorder.result();
    expect([...equity.time]).toEqual([100, 900, 1800]);
    expect([...equity.cash]).toEqual([1000, 1000, 950]);
    expect([...equity.equity]).toEqual([1000, 1000, 1010]);
    expect([...equity.index]).toEqual([1, 1, 1.01]);
    expect([...equity.exposure]).toEqual([0, 0, 0]); // no fill told the recorder of the position yet
  });

  it('exposure adds longs and shorts up, at the close or at the last mark where there is no bar', () => {
    const { recorder, account, slice, fill } = script();
    slice(900, 1, [10, 20], [submit(order(1, 0, 5)), submit(order(2, 1, -10))]);
    account.positions[0] = 5;
    fill(1, 900, 5, 10, 0);
    account.positions[1] = -10;
    fill(2, 900, 10, 20, 0);
    slice(1800, 1, [12, Number.NaN]);
    expect(recorder.result().equity.exposure[1]).toBe((5 * 12 + 10 * 20) / 1000);
  });

  it("the row of a session's last slice is marked at the official close", () => {
    const { recorder, account, slice, event } = script();
    slice(900, 7, [10, 20]);
    account.equity = 1020;
    event('session-close', { time: 900, session: 7, official: Float64Array.of(11, 20) } as never);
    account.equity = 1020;
    slice(1800, 8, [11, 20]);
    event('session-close', { time: 1800, session: 9 } as never); // no slice of it was seen
    const { equity, sessions } = recorder.result();
    expect([...equity.equity]).toEqual([1020, 1020]);
    expect([...equity.session]).toEqual([7, 8]);
    expect([...sessions.day]).toEqual([7]);
    expect([...sessions.row]).toEqual([0]);
  });

  it('a deposit lifts the equity and leaves the index where it was', () => {
    const { recorder, account, slice, event } = script();
    account.equity = 1100;
    slice(900, 1, [10, 20]);
    event('adjustment', { time: 950, type: 'deposit', cash: 900, reason: 'more' } as never);
    account.equity = 2000;
    slice(1800, 1, [10, 20]);
    account.equity = 2200;
    slice(2700, 1, [10, 20]);
    const { equity, movements } = recorder.result();
    expect([...equity.index]).toEqual([1.1, 1.1, 1.1 * (2200 / 2000)]);
    expect(movements).toMatchObject([{ time: 950, type: 'deposit', cash: 900, reason: 'more' }]);
    expect(movements).toMatchObject([{ instrument: undefined, sharesBefore: 0, sharesAfter: 0 }]);
  });
});

describe('movements', () => {
  it('have every action on what was held, with its shares and its cash, and none on what was not', () => {
    const { recorder, account, event } = script();
    const act = (instrument: number, action: object, after: number): void => {
      account.positions[instrument] = after;
      event('corporate-action', { time: 15, instrument, action } as never);
    };
    event('adjustment', { time: 5, type: 'adopted', cash: 0, instrument: 0, quantity: 11, reason: 'found' } as never);
    expect(recorder.result().movements).toEqual([]); // nothing moved yet: the account says so
    account.positions[0] = 11;
    event('adjustment', { time: 6, type: 'adopted', cash: 0, instrument: 0, quantity: 11, reason: 'found' } as never);
    act(1, { type: 'dividend', perShare: 9 }, 0);
    act(0, { type: 'dividend', perShare: 0.5 }, 11);
    act(0, { type: 'split', ratio: 0.5, cashInLieu: 20 }, 5);
    act(0, { type: 'delisted', perShare: 3 }, 0);
    // 11 × 0.5; half a share of 5.5 at 20; 5 × 3.
    expect(recorder.result().movements.map((m) => [m.type, m.value, m.sharesBefore, m.sharesAfter, m.cash])).toEqual([
      ['adopted', undefined, 0, 11, 0],
      ['dividend', 0.5, 11, 11, 5.5],
      ['split', 0.5, 11, 5, 10],
      ['delisted', 3, 5, 0, 15],
    ]);
  });
});

describe('refusals', () => {
  const stance = (direction: 1 | -1, status: 'refused' | 'standing'): Decision => ({
    kind: 'stance',
    strategy: 0 as never,
    instrument: 0 as never,
    stance: { direction, status, target: 0, held: 0, entryPrice: undefined, sinceSlice: 0 },
    signal: undefined,
  });
  const refused = (rule: string, measured = 2): Decision => ({
    kind: 'refused',
    strategy: 0 as never,
    instrument: 0 as never,
    rule,
    measured,
    limit: 1,
    reason: 'too much',
  });

  it('are one row with a count for as long as the wish stands', () => {
    const { recorder, slice } = script();
    slice(1, 1, [10, 20], [stance(1, 'refused'), refused('max-gross', 2)]);
    slice(2, 1, [10, 20], [refused('max-gross', 3)]);
    slice(3, 1, [10, 20], [refused('cash-reserve')]);
    slice(4, 1, [10, 20], [refused('max-gross', 4)]);
    const rows = recorder.result().refusals;
    expect(rows.map(({ rule, count, time, lastTime, measured }) => [rule, count, time, lastTime, measured])).toEqual([
      ['max-gross', 3, 1, 4, 2],
      ['cash-reserve', 1, 3, 3, 2],
    ]);
    expect(rows[0]).toMatchObject({ direction: 1, limit: 1, reason: 'too much' });
  });

  it('begin a new row when the wish has changed or was granted', () => {
    const { recorder, slice } = script();
    slice(1, 1, [10, 20], [stance(1, 'refused'), refused('r')]);
    slice(2, 1, [10, 20], [stance(-1, 'refused'), refused('r')]);
    slice(3, 1, [10, 20], [stance(-1, 'standing')]);
    slice(4, 1, [10, 20], [stance(-1, 'refused'), refused('r')]);
    const rows = recorder.result().refusals;
    expect(rows.map(({ direction, time }) => [direction, time])).toEqual([
      [1, 1],
      [-1, 2],
      [-1, 4],
    ]);
  });
});

it('halts and their ends are kept with their time and session', () => {
  const { recorder, slice } = script();
  const measured = { measured: 0.021, limit: 0.02, releaseAfterSessions: 20 };
  const state = {
    kind: 'state',
    state: 'halted',
    until: 'next-session',
    rule: 'daily-loss',
    reason: '-2 %',
    ...measured,
  } as const;
  slice(900, 5, [10, 20], [state]);
  const { kind: _, ...kept } = state;
  expect(recorder.result().states).toEqual([{ time: 900, session: 5, ...kept }]);
});

it('a result is a value: what is recorded later does not change it', () => {
  const { recorder, slice } = script();
  slice(900, 1, [10, 20], [submit(order(1, 0, 5))]);
  const before = recorder.result();
  slice(1800, 1, [10, 20], [submit(order(2, 0, 5))]);
  expect([before.orders.length, before.orders.number.length, before.equity.time.length]).toEqual([1, 1, 1]);
  expect(recorder.result().orders.length).toBe(2);
});
