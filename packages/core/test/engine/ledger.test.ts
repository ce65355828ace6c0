import { wholeLots } from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Portfolio } from '../../src/engine/portfolio.js';

/** Dollars as whole ten-thousandths of a cent, so that the reference below is exact. */
const SCALE = 1_000_000;
const exact = (dollars: number): bigint => BigInt(Math.round(dollars * SCALE));

type Step =
  | {
      readonly kind: 'fill';
      readonly strategy: number;
      readonly shares: number;
      readonly cents: number;
      readonly fee: number;
    }
  | { readonly kind: 'correct'; readonly nth: number; readonly shares: number; readonly cents: number }
  | { readonly kind: 'split'; readonly ratio: number; readonly cents: number }
  | { readonly kind: 'dividend'; readonly cents: number }
  | { readonly kind: 'deposit'; readonly cents: number }
  | { readonly kind: 'mark'; readonly cents: number };

const strategy = fc.nat(2);
const shares = fc.integer({ min: -500, max: 500 }).filter((n) => n !== 0);
const cents = fc.integer({ min: 1, max: 100_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('fill' as const), strategy, shares, cents, fee: fc.nat(500) }),
  },
  fc.record({ kind: fc.constant('correct' as const), nth: fc.nat(50), shares: fc.nat(500), cents }),
  fc.record({ kind: fc.constant('split' as const), ratio: fc.constantFrom(2, 3, 4, 7, 1.5, 0.1), cents }),
  fc.record({ kind: fc.constant('dividend' as const), cents: fc.nat(300) }),
  fc.record({ kind: fc.constant('deposit' as const), cents: fc.integer({ min: -50_000, max: 50_000 }) }),
  fc.record({ kind: fc.constant('mark' as const), cents }),
);

/** The same ledger in whole numbers: shares a book, cash in millionths of a dollar. */
class ExactLedger {
  cash: bigint;
  readonly held: bigint[] = [0n, 0n, 0n];
  constructor(cash: number) {
    this.cash = exact(cash);
  }
  trade(book: number, quantity: number, price: number, fee: number): void {
    this.cash -= BigInt(quantity) * exact(price) + exact(fee);
    this.held[book] = (this.held[book] ?? 0n) + BigInt(quantity);
  }
}

describe('the ledger', () => {
  test('equals exact decimal arithmetic to the cent, and books add up to the account', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const portfolio = new Portfolio(3, 1, 100_000);
        const reference = new ExactLedger(100_000);
        const fills: { strategy: number; quantity: number; price: number; fee: number }[] = [];
        let markCents = 0;
        for (const now of steps) {
          switch (now.kind) {
            case 'fill': {
              const fill = { strategy: now.strategy, quantity: now.shares, price: now.cents / 100, fee: now.fee / 100 };
              fills.push(fill);
              portfolio.fill(fill.strategy, 0, fill.quantity, fill.price, fill.fee);
              reference.trade(fill.strategy, fill.quantity, fill.price, fill.fee);
              break;
            }
            case 'correct': {
              // A correction takes the old fill back and books the new one: here by the same two calls.
              const old = fills[now.nth];
              if (old === undefined) break;
              const quantity = Math.sign(old.quantity) * now.shares;
              portfolio.fill(old.strategy, 0, -old.quantity, old.price, -old.fee);
              reference.trade(old.strategy, -old.quantity, old.price, -old.fee);
              if (quantity !== 0) {
                portfolio.fill(old.strategy, 0, quantity, now.cents / 100, old.fee);
                reference.trade(old.strategy, quantity, now.cents / 100, old.fee);
              }
              fills[now.nth] = { ...old, quantity, price: now.cents / 100 };
              break;
            }
            case 'split': {
              portfolio.act(0, { type: 'split', ratio: now.ratio, cashInLieu: now.cents / 100 }, 1);
              // Whole account: ratio as a fraction of tenths; the odd fraction is paid in cash.
              const tenths = BigInt(Math.round(now.ratio * 10));
              const total = reference.held.reduce((sum, held) => sum + held, 0n) * tenths;
              reference.cash += ((total % 10n) * exact(now.cents / 100)) / 10n;
              for (let book = 0; book < 3; book++) reference.held[book] = BigInt(portfolio.held[book] ?? 0);
              expect(reference.held.reduce((sum, held) => sum + held, 0n)).toBe(total / 10n);
              markCents = Math.round(markCents / now.ratio);
              break;
            }
            case 'dividend':
              portfolio.act(0, { type: 'dividend', perShare: now.cents / 100 }, 1);
              for (const held of reference.held) reference.cash += held * exact(now.cents / 100);
              break;
            case 'deposit':
              portfolio.adjustCash(now.cents / 100, undefined, true);
              reference.cash += exact(now.cents / 100);
              break;
            case 'mark': {
              markCents = now.cents;
              portfolio.markTo(Float64Array.of(now.cents / 100));
              const shares = reference.held.reduce((sum, held) => sum + held, 0n);
              const equity = Number(reference.cash + shares * exact(now.cents / 100)) / SCALE;
              expect(Math.abs(portfolio.equity - equity)).toBeLessThan(0.005);
            }
          }
          expect(Math.abs(portfolio.cash - Number(reference.cash) / SCALE)).toBeLessThan(0.005);
          expect(portfolio.held.reduce((sum, held) => sum + held, 0)).toBe(portfolio.position[0]);
          const books = portfolio.bookCash.reduce((sum, cash) => sum + cash, 0);
          expect(Math.abs(portfolio.initialCash + portfolio.unallocated + books - portfolio.cash)).toBeLessThan(0.005);
          for (let book = 0; book < 3; book++) expect(portfolio.held[book]).toBe(Number(reference.held[book]));
        }
        return markCents >= 0;
      }),
      { numRuns: 500 },
    );
  });

  test('realises against the average cost: buy 100 at 10 and 100 at 12, sell 150 at 13: 150 × (13 − 11) = 300', () => {
    const portfolio = new Portfolio(1, 1, 10_000);
    portfolio.fill(0, 0, 100, 10, 1);
    portfolio.fill(0, 0, 100, 12, 1);
    expect(portfolio.entryPrice[0]).toBe(11);
    portfolio.fill(0, 0, -150, 13, 1);
    expect(portfolio.realised[0]).toBe(300);
    expect(portfolio.cash).toBe(10_000 - 1000 - 1200 + 1950 - 3);
    expect(portfolio.entryPrice[0]).toBe(11);
  });

  test('a fill through zero realises the old side and enters the new one at its own price', () => {
    const portfolio = new Portfolio(1, 1, 10_000);
    portfolio.fill(0, 0, 100, 10, 0);
    portfolio.fill(0, 0, -130, 11, 0);
    expect(portfolio.realised[0]).toBe(100);
    expect(portfolio.held[0]).toBe(-30);
    expect(portfolio.entryPrice[0]).toBe(11);
  });

  test('4.4 a deposit is no profit: the index stays where it was', () => {
    const portfolio = new Portfolio(1, 1, 10_000);
    portfolio.fill(0, 0, 100, 10, 0);
    portfolio.markTo(Float64Array.of(11));
    expect(portfolio.index).toBe(1.01);
    portfolio.adjustCash(5000, undefined, true);
    portfolio.markTo(Float64Array.of(11));
    expect(portfolio.equity).toBe(15_100);
    expect(portfolio.index).toBe(1.01);
    expect(portfolio.flowsSinceClose).toBe(5000);
  });

  test('4.5 two books of 1.5 new shares make three: the larger fraction, then the first book, gets the share, paid in cash', () => {
    const portfolio = new Portfolio(2, 1, 0);
    portfolio.fill(0, 0, 1, 10, 0);
    portfolio.fill(1, 0, 1, 10, 0);
    portfolio.act(0, { type: 'split', ratio: 1.5, cashInLieu: 6 }, 1);
    expect([...portfolio.held]).toEqual([2, 1]);
    expect(portfolio.position[0]).toBe(3);
    expect([...portfolio.bookCash]).toEqual([-13, -7]);
    expect(portfolio.cash).toBe(-20);
  });

  test('rounds toward zero to whole lots, and forgives binary dust', () => {
    expect(wholeLots(2.9999999999999996, 1)).toBe(3);
    expect(wholeLots(-2.5, 1)).toBe(-2);
    expect(wholeLots(0.3 / 0.1, 0.1)).toBe(3);
  });
});
