import { stock, universe } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { order, type Script, script, submit } from '../script.js';

const SPLIT = { type: 'split', ratio: 2, cashInLieu: 0 } as const;

/** 10 A of sector X and 20 B of sector Y, bought before anything is measured, in an equity of 10,000. */
function holding(): Script {
  const instruments = universe([stock('A', 'X'), stock('B', 'Y')]);
  const on = script({ universe: instruments });
  on.account.equity = 10_000;
  on.event('slice', { time: 0, end: 0, session: 1, bars: empty() } as never, [
    submit(order(1, 0, 10)),
    submit(order(2, 1, 20)),
  ]);
  on.account.positions[0] = 10;
  on.account.positions[1] = 20;
  on.fill(1, 0, 10, 100, 0);
  on.fill(2, 0, 20, 50, 0);
  return on;
}

function empty(): object {
  const none = Float64Array.of(Number.NaN, Number.NaN);
  return { open: none, high: none, low: none, close: none, volume: none };
}

const close = (on: Script, session: number): void =>
  on.event('session-close', { session, official: Float64Array.of(Number.NaN, Number.NaN) } as never);

describe('the exposures of a session', () => {
  it('are the highest over its slices, of the equity then', () => {
    const on = holding();
    on.slice(1, 1, [100, 50]); // 1,000 and 1,000 of 10,000
    on.slice(2, 1, [120, 40]); // 1,200 and 800
    on.account.equity = 5000;
    on.slice(3, 1, [100, 45]); // 1,000 and 900 of 5,000
    close(on, 1);
    const { exposures } = on.recorder.result();
    expect(exposures).toMatchObject({ position: [0.2], sector: [0.2], gross: [0.38], net: [0.38], positions: [2] });
    expect(exposures.held[0]).toEqual(Float64Array.of(10, 20));
    expect(exposures.mark[0]).toEqual(Float64Array.of(100, 45));
  });

  it('begin anew with the next session, at the official close too', () => {
    const on = holding();
    on.slice(1, 1, [100, 50]);
    on.account.marks[0] = 130;
    close(on, 1);
    on.slice(2, 2, [90, 50]);
    close(on, 2);
    const { position, gross } = on.recorder.result().exposures;
    expect(position).toEqual([0.13, 0.1]);
    expect(gross).toEqual([0.23, 0.19]);
  });

  it('a short book is as large, and leans the other way', () => {
    const on = holding();
    on.account.positions[1] = -20;
    on.event('adjustment', { type: 'adopted', cash: 0, instrument: 1, quantity: -40, reason: 'x' } as never);
    on.slice(1, 1, [100, 60]);
    close(on, 1);
    const { gross, net } = on.recorder.result().exposures;
    expect([gross[0], net[0]]).toEqual([0.22, expect.closeTo(0.02, 12)]);
  });

  it('without an equity above 0 they are no number', () => {
    const on = holding();
    on.account.equity = 0;
    on.slice(1, 1, [100, 50]);
    close(on, 1);
    expect(on.recorder.result().exposures.gross).toEqual([Number.NaN]);
  });

  it('a result is a value: what is recorded later does not change it', () => {
    const on = holding();
    on.slice(1, 1, [100, 50]);
    close(on, 1);
    const { exposures } = on.recorder.result();
    on.slice(2, 2, [100, 50]);
    close(on, 2);
    expect(exposures.held).toHaveLength(1);
  });
});

describe('session returns', () => {
  it('go from close to close; a session without a bar and the one after it have none', () => {
    const on = holding();
    const closes: readonly (readonly [number, number])[] = [
      [100, 50],
      [110, Number.NaN],
      [99, 50],
      [99, 55],
    ];
    for (const [k, prices] of closes.entries()) {
      on.slice(k + 1, k + 1, prices);
      close(on, k + 1);
    }
    const { sessionReturn } = on.recorder.result().exposures;
    expect(sessionReturn.map(([a]) => a)).toEqual([Number.NaN, expect.closeTo(0.1, 12), expect.closeTo(-0.1, 12), 0]);
    expect(sessionReturn.map(([, b]) => b)).toEqual([Number.NaN, Number.NaN, Number.NaN, expect.closeTo(0.1, 12)]);
  });

  it('have splits and dividends taken out', () => {
    const on = holding();
    on.slice(1, 1, [100, 50]);
    close(on, 1);
    on.account.positions[0] = 20;
    on.event('corporate-action', { instrument: 0, action: SPLIT } as never);
    on.event('corporate-action', { instrument: 1, action: { type: 'dividend', perShare: 1 } } as never);
    on.slice(2, 2, [51, 49]);
    close(on, 2);
    // 51 ÷ (100 ÷ 2), 49 ÷ (50 − 1)
    expect([...(on.recorder.result().exposures.sessionReturn[1] ?? [])]).toEqual([expect.closeTo(0.02, 12), 0]);
  });
});

it('a refusal has the mark at which it was refused', () => {
  const on = script();
  on.slice(
    1,
    1,
    [10, 20],
    [{ kind: 'refused', strategy: 0, instrument: 1, rule: 'r', measured: 1, limit: 0, reason: '' } as never],
  );
  expect(on.recorder.result().refusals[0]?.mark).toBe(20);
});
