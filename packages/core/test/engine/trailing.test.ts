import { type BrokerCommand, ordersOf, type Pricing, recover } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { able, brief, type Rig, type RigOptions, rig, type Say } from './rig.js';

/** The pricing of the stop among commands. */
function stopOf(commands: readonly BrokerCommand[]): Pricing | undefined {
  for (const command of commands) {
    if (command.kind === 'cancel') continue;
    const orders = command.kind === 'replace' ? [command.by] : ordersOf(command.group);
    const leg = orders.find(({ request }) => request.role === 'stop');
    if (leg !== undefined) return leg.request.pricing;
  }
  return undefined;
}

const trailing = (stopPrice: number, trailDistance: number): Pricing => ({
  type: 'trailing-stop',
  stopPrice,
  trailDistance,
});

/** Long 100 from 10, the stop (order 2) a dollar behind; then closes of 11 and 12. */
function trailed(options: RigOptions = {}, say: Partial<Say> = { trailDistance: 1 }): Rig {
  const r = rig(options);
  r.slice([10], [{ direction: 1, ...say }]);
  r.fill(1, 100, 10);
  for (const price of [10, 11, 12]) r.slice([price]);
  return r;
}

const split = {
  kind: 'corporate-action',
  instrument: 0 as never,
  action: { type: 'split', ratio: 2, cashInLieu: 0 },
} as const;

describe('a wish with a trailing stop', () => {
  test('leaves as a bracket; without a price of its own the stop begins that far from the last close', () => {
    const commands = rig().slice([10], [{ direction: 1, trailDistance: 1 }]);
    expect(brief(commands)).toEqual(['bracket entry buy 100 + stop sell 100']);
    expect(stopOf(commands)).toEqual(trailing(9, 1));
    expect(stopOf(rig().slice([10], [{ direction: -1, trailDistance: 1 }]))).toEqual(trailing(11, 1));
    expect(stopOf(rig().slice([10], [{ direction: 1, stopPrice: 9.5, trailDistance: 1 }]))).toEqual(trailing(9.5, 1));
  });

  test('is the venue’s to move: nothing is sent as the price rises', () => {
    expect(brief(trailed().slice([13]))).toEqual([]);
  });

  test('said again, with whatever stop, it goes on trailing', () => {
    const r = trailed();
    expect(brief(r.slice([12], [{ direction: 1 }]))).toEqual([]);
    expect(brief(r.slice([12], [{ direction: 1, stopPrice: 10.5, trailDistance: 1 }]))).toEqual([]);
  });

  test('with another distance it is replaced, and stands no farther than it stood', () => {
    const wider = trailed().slice([12], [{ direction: 1, trailDistance: 3 }]);
    expect(brief(wider)).toEqual(['replace 2: 100']);
    expect(stopOf(wider)).toEqual(trailing(11, 3));
  });

  test('a plain stop may begin to trail', () => {
    const r = trailed({}, { stopPrice: 9 });
    expect(stopOf(r.slice([12], [{ direction: 1, trailDistance: 0.5 }]))).toEqual(trailing(11.5, 0.5));
    const wide = trailed({}, { stopPrice: 9 });
    expect(stopOf(wide.slice([12], [{ direction: 1, stopPrice: 9, trailDistance: 0.5 }]))).toEqual(trailing(9, 0.5));
    expect(brief(trailed({}, {}).slice([12], [{ direction: 1, trailDistance: 0.5 }]))).toEqual(['stop sell 100']);
  });

  test('a resize down gives the rest a stop that stands where the old one stood', () => {
    const r = trailed({ strategies: [{ positionSize: ({ strength }) => 100 * (strength ?? 1) }] });
    expect(brief(r.slice([12], [{ direction: 1, strength: 0.5 }]))).toEqual(['cancel 2']);
    r.update(2, 'canceled');
    const commands = r.fill(3, 50, 12);
    expect(brief(commands)).toEqual(['stop sell 50']);
    expect(stopOf(commands)).toEqual(trailing(11, 1));
  });

  test('a split halves where it stands and how far it stays behind', () => {
    const r = trailed();
    expect(brief(r.take(split))).toEqual(['cancel 2']);
    const commands = r.update(2, 'canceled');
    expect(brief(commands)).toEqual(['stop sell 200']);
    expect(stopOf(commands)).toEqual(trailing(5.5, 0.5));
  });

  test('stands where it stood after a restart', () => {
    const again = rig();
    recover(trailed().journal.entries, again.engine);
    expect(brief(again.take(split))).toEqual(['cancel 2']);
    expect(stopOf(again.update(2, 'canceled'))).toEqual(trailing(5.5, 0.5));
  });

  test('of a short it follows the lows', () => {
    const r = rig();
    r.slice([10], [{ direction: -1, trailDistance: 1 }]);
    r.fill(1, 100, 10);
    for (const price of [10, 9, 8, 9]) r.slice([price]);
    expect(stopOf(r.slice([9], [{ direction: -1, trailDistance: 2 }]))).toEqual(trailing(9, 2));
  });

  test('a new stance begins with a stop of its own', () => {
    const r = trailed();
    r.slice([12], [{ direction: 0 }]);
    r.update(2, 'canceled');
    r.fill(3, 100, 12);
    expect(stopOf(r.slice([12], [{ direction: 1, trailDistance: 4 }]))).toEqual(trailing(8, 4));
  });

  test('refused and tried again it begins anew', () => {
    const r = rig({ instruments: ['A', 'B'], retryRefused: 'every-slice' });
    r.slice([Number.NaN, 5], [{ direction: 1, trailDistance: 1 }]);
    expect(stopOf(r.slice([7, 5]))).toEqual(trailing(6, 1));
  });

  test('is refused where the broker has none', () => {
    const r = rig({ capabilities: { ...able, pricing: ['market', 'limit', 'stop'] } });
    expect(brief(r.slice([10], [{ direction: 1, trailDistance: 1 }]))).toEqual([]);
    expect(r.decisions()).toContainEqual(expect.objectContaining({ kind: 'refused', rule: 'trailing-stop' }));
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'a distance of %s is the strategy’s fault',
    (trailDistance) => {
      expect(() => rig().slice([10], [{ direction: 1, trailDistance }])).toThrow(
        expect.objectContaining({
          code: 'STRATEGY_FAULT',
          message: expect.stringContaining(`trailDistance ${trailDistance}`),
        }),
      );
    },
  );
});
