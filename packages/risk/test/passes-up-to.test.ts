/** A rule that is not asked, because its limit is far away, would have passed everything: the same verdicts, to the last bit. */
import type { RiskContext } from '@tradekit/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  buyingPower,
  fixedQuantity,
  maxCluster,
  maxCorrelation,
  maxGross,
  maxLeverage,
  maxNet,
  maxPosition,
  maxPositions,
  maxSector,
  type RiskRule,
  riskManager,
} from '../src/index.js';
import { contextOf, entry, wishFor } from './context.js';

const INSTRUMENTS = 6;
const fraction = fc.double({ min: 0.01, max: 1, noNaN: true });
const rules: fc.Arbitrary<readonly RiskRule[]> = fc
  .record({ limitFraction: fraction, correlation: fc.constantFrom(0.3, 0.7), count: fc.integer({ min: 1, max: 6 }) })
  .chain(({ limitFraction, correlation, count }) =>
    fc.shuffledSubarray([
      maxPosition({ limitFraction }),
      maxSector({ limitFraction }),
      maxGross({ limitFraction }),
      maxNet({ limitFraction }),
      maxLeverage({ limit: 4 * limitFraction }),
      buyingPower({ longMarginFraction: limitFraction, shortMarginFraction: 0.4 }),
      maxCorrelation({ limitFraction }),
      maxCluster({ limitFraction, correlation }),
      maxPositions({ limit: count }),
    ]),
  );

const line = fc.record({
  price: fc.double({ min: 5, max: 200, noNaN: true }),
  held: fc.oneof(fc.constant(0), fc.integer({ min: -300, max: 300 })),
  openBuys: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 })),
  openSells: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 })),
  sector: fc.constantFrom('A', 'B', undefined),
  returns: fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 18, maxLength: 24 }),
});
const scene = fc.record({
  rules,
  lines: fc.array(line, { minLength: INSTRUMENTS, maxLength: INSTRUMENTS }),
  equity: fc.constantFrom(20_000, 100_000, 1_000_000),
  collarBps: fc.constantFrom(0, 100),
  wishes: fc.array(
    fc.record({
      instrument: fc.integer({ min: 0, max: INSTRUMENTS - 1 }),
      quantity: fc.integer({ min: 1, max: 300 }),
      isLong: fc.boolean(),
      strength: fc.constantFrom(0, 1, 2),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  competition: fc.constantFrom('pro-rata' as const, 'by-strength' as const),
});

/** Always asked. */
const asked = ({ passesUpTo: _, ...rule }: RiskRule): RiskRule => rule;
const unbounded = (context: RiskContext): RiskContext => ({
  ...context,
  positionsAtMost: Number.POSITIVE_INFINITY,
  exposureAtMost: Number.POSITIVE_INFINITY,
});

it('in plan and in approve', () => {
  let verdicts = 0;
  let refusals = 0;
  fc.assert(
    fc.property(scene, ({ rules, lines, equity, collarBps, wishes, competition }) => {
      const sizer = fixedQuantity(1);
      const usual = riskManager({ sizer, rules, competition });
      const thorough = riskManager({ sizer, rules: rules.map(asked), competition });
      const context = contextOf(lines, { equity, collarBps });
      const wanted = wishes.map(({ instrument, quantity, isLong, strength }) => {
        const wish = wishFor(instrument, isLong ? quantity : -quantity);
        return { ...wish, signal: { ...wish.signal, strength } };
      });
      const planned = usual.plan(wanted, context);
      expect(planned).toEqual(thorough.plan(wanted, unbounded(context)));
      for (const { instrument, quantity, isLong } of wishes) {
        const request = entry(instrument, isLong ? quantity : -quantity);
        expect(usual.approve(request, context)).toEqual(thorough.approve(request, unbounded(context)));
      }
      verdicts += planned.length;
      refusals += planned.filter(({ kind }) => kind === 'refused').length;
    }),
    { numRuns: 2000 },
  );
  // Both sides were seen.
  expect(refusals).toBeGreaterThan(verdicts / 20);
  expect(refusals).toBeLessThan(verdicts * 0.95);
});
