import type { Direction } from '@tradekit/core';
import { rulesOf } from '@tradekit/ml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betOf, outlookOf, wantedDirection } from '../../src/strategy/wanted.js';

/** Mean returns of down, flat and up. */
const RETURNS = [-0.01, 0, 0.012];
/** A round trip costs 8 bp. */
const rules = rulesOf({ enterShare: 0.6, exitShare: 0.5, costBps: 4, shorts: true });

describe('the outlook of probabilities', () => {
  it('is the share of up in what moves, and the mean of the returns', () => {
    const { share, expected } = outlookOf(Float64Array.of(9, 0.2, 0.5, 0.3), 1, RETURNS);
    expect(share).toBeCloseTo(0.6, 12);
    expect(expected).toBeCloseTo(0.3 * 0.012 - 0.2 * 0.01, 12);
  });

  it('is even when nothing moves', () => {
    expect(outlookOf(Float64Array.of(0, 1, 0), 0, RETURNS)).toEqual({ share: 0.5, expected: 0 });
  });
});

describe('the direction', () => {
  it.each<[string, number, number, Direction, Direction]>([
    ['in where share and return are enough', 0.6, 0.0009, 0, 1],
    ['not in where the return does not pay for the round trip', 0.6, 0.0008, 0, 0],
    ['not in below the share', 0.59, 0.01, 0, 0],
    ['kept between the two shares, whatever is expected', 0.5, -0.01, 1, 1],
    ['out below the lower one', 0.49, 0.01, 1, 0],
    ['short by the same rules', 0.4, -0.0009, 0, -1],
    ['kept short', 0.5, 0, -1, -1],
    ['turned', 0.7, 0.01, -1, 1],
  ])('%s', (_, share, expected, held, wanted) => {
    expect(wantedDirection({ share, expected }, held, rules)).toBe(wanted);
  });

  it('is never short without shorts', () => {
    const outlook = fc.record({
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      expected: fc.double({ min: -1, max: 1, noNaN: true }),
    });
    fc.assert(fc.property(outlook, (own) => wantedDirection(own, 0, { ...rules, shorts: false }) !== -1));
  });

  it('rises with the share, for whatever is held', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const held = fc.constantFrom<Direction>(-1, 0, 1);
    fc.assert(
      fc.property(share, share, held, fc.double({ min: -0.1, max: 0.1, noNaN: true }), (a, b, own, expected) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        // Sold short already, an even share stays short, and a share of 0.5 held long stays long: compare the same stance.
        return (
          wantedDirection({ share: low, expected }, own, rules) <=
          wantedDirection({ share: high, expected }, own, rules)
        );
      }),
    );
  });
});

describe('the bet', () => {
  it('is worth what is expected, by the formula that kelly uses', () => {
    for (const direction of [1, -1] as const) {
      const bet = betOf({ share: 0.6, expected: 0.001 * direction }, direction, 50, RETURNS);
      const gain = direction * ((bet?.targetPrice ?? 0) / 50 - 1);
      const loss = direction * (1 - (bet?.stopPrice ?? 0) / 50);
      const probability = bet?.probability ?? 0;
      expect(probability * gain - (1 - probability) * loss).toBeCloseTo(0.001, 12);
    }
    expect(betOf({ share: 0.6, expected: 0.001 }, 1, 50, RETURNS)).toMatchObject({
      stopPrice: 49.5,
      targetPrice: 50.6,
    });
  });

  it('is none where training saw no fall', () => {
    expect(betOf({ share: 0.6, expected: 0.001 }, 1, 50, [0, 0, 0.01])).toBeUndefined();
  });
});
