/** What a name gets does not depend on where it stands in a config. */
import type { Wish } from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buyingPower,
  cashReserve,
  fixedQuantity,
  maxCorrelation,
  maxGross,
  maxNet,
  maxPosition,
  maxPositions,
  maxSector,
  riskManager,
} from '../src/index.js';
import { contextOf, type Line, wishFor } from './context.js';

const stronger = (instrument: number, quantity: number, strength: number): Wish => {
  const wish = wishFor(instrument, quantity);
  return { ...wish, signal: { ...wish.signal, strength } };
};

const INSTRUMENTS = 8;
const rules = [
  maxPosition({ limitFraction: 0.05 }),
  maxSector({ limitFraction: 0.12 }),
  maxCorrelation({ limitFraction: 0.2 }),
  maxNet({ limitFraction: 0.2 }),
  maxGross({ limitFraction: 0.3 }),
  buyingPower(),
  maxPositions({ limit: 6 }),
  cashReserve(),
];
const row = fc.record({
  price: fc.integer({ min: 5, max: 900 }),
  held: fc.integer({ min: -60, max: 60 }),
  openBuys: fc.integer({ min: 0, max: 20 }),
  openSells: fc.integer({ min: 0, max: 20 }),
  sector: fc.constantFrom('A', 'B', 'C'),
  returns: fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 20, maxLength: 20 }),
  quantity: fc.integer({ min: -150, max: 150 }),
  strength: fc.constantFrom(0, 1, 2),
});

interface Row extends Line {
  readonly quantity: number;
  readonly strength: number;
}

/** The plan of a market whose instruments stand in another order, told in the first one's. */
function planOf(rows: readonly Row[], order: readonly number[], competition: 'pro-rata' | 'by-strength') {
  const placed = order.flatMap((place) => {
    const found = rows[place];
    return found === undefined ? [] : [{ ...found, place }];
  });
  const lines = placed.map(({ returns = [], ...line }) => ({
    lot: 0.001,
    ...line,
    returns: returns.map((value) => value / 1000),
  }));
  const wishes = placed.flatMap(({ quantity, strength, place }, i) =>
    // Sizes differ, so that no two wishes tie for a last place: that tie goes by id.
    quantity === 0 ? [] : [{ place, wish: stronger(i, quantity + Math.sign(quantity) * place * 0.001, strength) }],
  );
  const verdicts = riskManager({ sizer: fixedQuantity(1), rules, competition }).plan(
    wishes.map(({ wish }) => wish),
    contextOf(lines, { cash: 40_000, collarBps: 100, perOrder: 1 }),
  );
  return wishes
    .map(({ place }, k) => {
      const verdict = verdicts[k];
      return { place, comes: verdict?.kind === 'allow' ? verdict.quantity.toFixed(2) : verdict?.rule };
    })
    .sort((a, b) => a.place - b.place);
}

describe.each(['pro-rata', 'by-strength'] as const)('%s', (competition) => {
  it('gives every name the same, whatever the order of symbols', () => {
    const order = fc.shuffledSubarray([...Array(INSTRUMENTS).keys()], { minLength: INSTRUMENTS });
    fc.assert(
      fc.property(fc.array(row, { minLength: INSTRUMENTS, maxLength: INSTRUMENTS }), order, (rows, shuffled) => {
        expect(planOf(rows, shuffled, competition)).toEqual(planOf(rows, [...rows.keys()], competition));
      }),
      { numRuns: 500 },
    );
  });
});
