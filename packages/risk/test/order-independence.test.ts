import type { Wish } from '@tradekit/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultRules, fixedFraction, riskManager } from '../src/index.js';
import { contextOf, unsized, wishFor } from './context.js';

const INSTRUMENTS = 12;
const risk = riskManager({ sizer: fixedFraction({ targetFraction: 0.04 }), rules: defaultRules() });

const line = fc.record({
  price: fc.double({ min: 5, max: 900, noNaN: true }),
  held: fc.integer({ min: -60, max: 60 }),
  openBuys: fc.integer({ min: 0, max: 20 }),
  openSells: fc.integer({ min: 0, max: 20 }),
  sector: fc.constantFrom('A', 'B', 'C', undefined),
});

const wish: fc.Arbitrary<Wish> = fc
  .record({
    instrument: fc.integer({ min: 0, max: INSTRUMENTS - 1 }),
    strategy: fc.integer({ min: 0, max: 2 }),
    quantity: fc.oneof(fc.constant(undefined), fc.integer({ min: -200, max: 200 })),
    held: fc.integer({ min: -40, max: 40 }),
  })
  .map(({ instrument, strategy, quantity, held }) => ({
    ...(quantity === undefined || quantity === 0 ? unsized(instrument, 1, 30_000) : wishFor(instrument, quantity)),
    strategy: strategy as Wish['strategy'],
    held,
  }));

const scene = fc.record({
  lines: fc.array(line, { minLength: INSTRUMENTS, maxLength: INSTRUMENTS }),
  wishes: fc.uniqueArray(wish, {
    maxLength: 20,
    selector: ({ strategy, signal }) => strategy * INSTRUMENTS + signal.instrument,
  }),
  cash: fc.double({ min: 0, max: 100_000, noNaN: true }),
  order: fc.infiniteStream(fc.nat()),
});

it('the plan does not depend on the order of the wishes, to the last bit', () => {
  fc.assert(
    fc.property(scene, ({ lines, wishes, cash, order }) => {
      const context = contextOf(lines, { cash, collarBps: 100, perShare: 0.005, perOrder: 1 });
      const planned = risk.plan(wishes, context);
      const shuffled = shuffle(wishes, order);
      const again = risk.plan(shuffled, context);
      expect(again).toEqual(shuffled.map((each) => planned[wishes.indexOf(each)]));
    }),
    { numRuns: 500 },
  );
});

it('nothing that was added takes the account past a limit, and nothing held is taken away', () => {
  fc.assert(
    fc.property(scene, ({ lines, wishes, cash }) => {
      const context = contextOf(lines, { cash, collarBps: 100, perShare: 0.005, perOrder: 1 });
      let spent = 0;
      const verdicts = risk.plan(wishes, context);
      for (const [place, { signal, held }] of wishes.entries()) {
        const verdict = verdicts[place];
        if (verdict?.kind !== 'allow') continue;
        expect(verdict.quantity * signal.direction).toBeGreaterThan(0);
        const base = held * signal.direction > 0 ? Math.abs(held) : 0;
        const added = Math.abs(verdict.quantity) - base;
        if (signal.direction < 0 || added <= 0) continue;
        const price = context.worstPrice(signal.instrument, 'buy');
        spent += added * price + context.commission(added, price);
        const worst = Math.max(0, context.held(signal.instrument) + context.openBuys(signal.instrument));
        expect((worst + added) * context.price(signal.instrument)).toBeLessThanOrEqual(5000 * (1 + 1e-9));
      }
      expect(spent).toBeLessThanOrEqual(cash + 1e-6);
    }),
    { numRuns: 500 },
  );
});

function shuffle<T>(values: readonly T[], order: Iterator<number>): readonly T[] {
  const keyed = values.map((value) => ({ value, key: order.next().value as number }));
  return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}
