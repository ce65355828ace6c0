import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type BarMoment, ConfigError, type FeatureSpec, on, type SessionDay } from '@tradekit/core';
import {
  atr,
  batch,
  batchAll,
  bollingerUpper,
  convergenceBars,
  difference,
  ema,
  lag,
  macdSignal,
  obv,
  obvChange,
  rsi,
  sma,
  stream,
  streamAll,
  vwap,
  wilder,
} from '@tradekit/indicators';
import { contractMarket } from '@tradekit/indicators/testing';
import { describe, expect, test } from 'vitest';

const close = Float64Array.from([1, 2, 3, 4, 8, 6]);
const bars = { open: close, high: close, low: close, close, volume: close };

describe('batch', () => {
  test('gives a column as long as the bars', () => {
    expect([...batch(sma(3), bars)]).toEqual([Number.NaN, Number.NaN, 2, 3, 5, 6]);
  });

  test('of several features gives each its own, and steps what they share once', () => {
    let steps = 0;
    const counted: FeatureSpec = {
      key: 'counted',
      unit: 'none',
      warmUpBars: 1,
      create: () => ({
        state: [],
        step(_bars, _offset, out, base) {
          steps++;
          out[base] = steps;
        },
      }),
    };
    const [a, b, c] = batchAll([lag(counted, 1), difference(counted, counted), counted], bars);
    expect(steps).toBe(6);
    expect([...(a ?? [])]).toEqual([Number.NaN, 1, 2, 3, 4, 5]);
    expect([...(b ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...(c ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('asked twice for one feature gives it twice', () => {
    const [a, b] = batchAll([sma(2), sma(2)], bars);
    expect(a).toEqual(b);
  });

  test('makes the bands and their middle with one kernel, whoever asks first, and alone with the same bits', () => {
    const specs = [bollingerUpper({ period: 3 }), sma(3), macdSignal({ fast: 1, slow: 2, signal: 2 })];
    const alone = streamAll([bollingerUpper({ period: 3 })]).state;
    expect(streamAll(specs.slice(0, 2)).state).toHaveLength(alone.length);
    for (const order of [specs, specs.toReversed()]) {
      expect(batchAll(order, bars)).toEqual(order.map((spec) => batch(spec, bars)));
    }
  });

  test('a kernel that knows one row alone reads its inputs row by row', () => {
    const doubled: FeatureSpec = {
      key: 'doubled',
      unit: 'none',
      warmUpBars: 2,
      inputs: [sma(2)],
      create: ({ inputs: [mean] }) => ({
        state: [],
        step(_bars, _offset, out, base) {
          out[base] = 2 * (mean?.values[mean.base] ?? 0);
        },
      }),
    };
    expect([...batch(doubled, bars)]).toEqual([Number.NaN, 3, 5, 7, 12, 14]);
  });

  test('one of several outputs can be read by its own kernel too, where a runner steps it', () => {
    const out = new Float64Array(1);
    const inputs = [{ values: Float64Array.from([7, 8, 9]), base: 0 }];
    const kernel = macdSignal().create({ instruments: 1, inputs, apart: 1, sector: () => undefined });
    kernel.step(bars, 0, out, 0, { session: 0 as SessionDay, minute: 15, sessionMinutes: 390 });
    expect(out[0]).toBe(8);
  });

  test('writes to columns that are given, and refuses those that do not fit', () => {
    const into = [new Float64Array(6)];
    expect(batchAll([sma(3)], bars, into)[0]).toBe(into[0]);
    expect(() => batchAll([sma(3)], bars, [new Float64Array(5)])).toThrow('give one each, of 6 cells');
    expect(() => batchAll([sma(3)], bars, [])).toThrow(ConfigError);
  });

  test('runs features of one longer timeframe over bars of that length, and refuses to mix', () => {
    expect(batch(on('day', bollingerUpper({ period: 3 })), bars)).toEqual(batch(bollingerUpper({ period: 3 }), bars));
    expect(() => batchAll([sma(3), on('day', sma(4))], bars)).toThrow(
      'feature "sma(4,close)" is of timeframe day among others of the bars; give bars of one length, or run it in the engine',
    );
  });
  test('refuses to mix timeframes also under one key', () => {
    const mixed = 'feature "sma(2,close)" is of timeframe day among others of the bars';
    expect(() => batchAll([sma(2), on('day', sma(2))], bars)).toThrow(mixed);
    expect(() => batch(difference(sma(2), on('day', sma(2))), bars)).toThrow(mixed);
  });

  test('refuses a feature that is computed of itself', () => {
    const inputs: FeatureSpec[] = [];
    const circle = { ...sma(3), key: 'circle', inputs };
    inputs.push({ ...sma(4), key: 'half', inputs: [circle] });
    expect(() => batch(circle, bars)).toThrow('feature "circle" is computed of itself; take it out of its inputs');
  });
});

describe('stream', () => {
  const bar = (price: number) => ({ open: price, high: price, low: price, close: price, volume: 10 });

  test('gives the value at each bar', () => {
    const mean = stream(sma(2));
    expect([1, 3, Number.NaN, 7].map((price) => mean.next(bar(price)))).toEqual([Number.NaN, 2, Number.NaN, 5]);
  });

  test('goes on from a state that was copied and set', () => {
    const first = stream(macdSignal());
    for (let k = 0; k < 40; k++) first.next(bar(100 + Math.sin(k)));
    const second = stream(macdSignal());
    for (const [k, part] of first.state.entries()) second.state[k]?.set(part);
    expect(second.next(bar(99))).toBe(first.next(bar(99)));
  });

  test('of several features gives all values in one array', () => {
    const both = streamAll([sma(2), rsi(1)]);
    both.next(bar(1));
    expect([...both.next(bar(3))]).toEqual([2, 100]);
  });

  test('begins sessions anew by the moments that it is given, and without them with every bar', () => {
    const at = (session: number, minute: number): BarMoment => ({
      session: session as SessionDay,
      minute,
      sessionMinutes: 390,
    });
    const session = stream(vwap());
    expect(session.next(bar(1), at(1, 15))).toBe(1);
    expect(session.next(bar(3), at(1, 30))).toBe(2);
    expect(session.next(bar(5), at(2, 15))).toBe(5);
    const days = stream(vwap());
    expect([days.next(bar(1)), days.next(bar(3))]).toEqual([1, 3]);
  });
});

describe('convergenceBars', () => {
  test('of Wilder(14) is 280, of EMA(520) 5,389', () => {
    expect(convergenceBars(wilder(14))).toBe(280);
    expect(convergenceBars(ema(520))).toBe(5389);
    expect(convergenceBars(ema(520), 1e-3)).toBe(1797);
  });

  test('of a window is its warm-up, of a window over an average both', () => {
    expect(convergenceBars(sma(20))).toBe(20);
    expect(convergenceBars(sma({ period: 20, input: ema(10) }))).toBe(convergenceBars(ema(10)) + 19);
    expect(convergenceBars(atr(14))).toBe(1 + 14 + 280);
  });

  test('never comes for a sum over all bars, but does for its change', () => {
    expect(convergenceBars(obv())).toBe(Number.POSITIVE_INFINITY);
    expect(convergenceBars(obvChange(10))).toBe(12);
    expect(convergenceBars({ key: 'mine', unit: 'none', warmUpBars: 1, create: sma(1).create })).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

test('stepping features leaves nothing on the heap', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const history = contractMarket('clean', 26 * 40);
  const specs = [sma(20), macdSignal(), atr(14), bollingerUpper(), obvChange(5), vwap()];
  const into = specs.map(() => new Float64Array(history.bars.close.length));
  const heap = (): number => {
    for (let k = 0; k < 5; k++) batchAll(specs, history, into);
    collect();
    return process.memoryUsage().heapUsed;
  };
  heap();
  // Five times 1,040 rows of 12 kernels: one number left in each would be half a megabyte, every time. What else runs in the process may
  // leave something of its own now and then, so the least of several counts.
  const growths = Array.from({ length: 5 }, () => {
    const before = heap();
    return heap() - before;
  });
  expect(Math.min(...growths)).toBeLessThan(100_000);
});
