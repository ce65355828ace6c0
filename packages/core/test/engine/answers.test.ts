import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brief, type Rig, requests, rig } from './rig.js';

const LONG = [{ direction: 1 as const }];
const FLAT = [{ direction: 0 as const }];

/** Buy 100 of A; the strategy goes flat while 60 are filled. Gives the rig and the number of the entry. */
function boughtHalf(): { rig: Rig; entry: number } {
  const r = rig();
  const [entry] = requests(r.slice([10], LONG));
  return { rig: r, entry: entry?.number ?? 0 };
}

describe('3.1 the order is the difference between the target and what is held and working', () => {
  test('buy 100, 60 filled, wish goes flat: cancels first, sells 60 after the proof', () => {
    const { rig: r, entry } = boughtHalf();
    r.fill(entry, 60, 10);
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 1']);
    expect(brief(r.update(entry, 'canceled', 60))).toEqual(['exit sell 60']);
    r.fill(2, 60, 11);
    expect(r.held()).toBe(0);
    expect(r.engine.account.cash).toBe(1_000_060);
  });

  test('the cancel that loses the race: the rest is filled, 100 are sold', () => {
    const { rig: r, entry } = boughtHalf();
    r.fill(entry, 60, 10);
    r.slice([10], FLAT);
    expect(brief(r.fill(entry, 40, 10))).toEqual(['exit sell 100']);
    r.update(entry, 'filled', 100);
    expect(brief(r.slice([10]))).toEqual([]);
  });

  test('never short, whatever the order of the answers', () => {
    const answers = ['accepted', 'fill 20', 'fill 40', 'canceled'] as const;
    fc.assert(
      fc.property(fc.shuffledSubarray([...answers], { minLength: 4 }), fc.nat(4), (order, flatAt) => {
        const { rig: r, entry } = boughtHalf();
        const working: { number: number; quantity: number }[] = [];
        const settle = (commands: Parameters<typeof requests>[0]): void => {
          for (const { number, quantity, side } of requests(commands)) {
            expect(side).toBe('sell');
            working.push({ number, quantity });
          }
        };
        for (const [place, answer] of [...order, 'end' as const].entries()) {
          if (place === flatAt) settle(r.slice([10], FLAT));
          if (answer === 'accepted') settle(r.update(entry, 'accepted'));
          else if (answer === 'canceled') settle(r.update(entry, 'canceled', 60));
          else if (answer !== 'end') settle(r.fill(entry, Number(answer.slice(5)), 10, answer));
          expect(r.held()).toBeGreaterThanOrEqual(0);
        }
        for (const { number, quantity } of working) settle(r.fill(number, quantity, 10));
        settle(r.slice([10]));
        expect(r.held()).toBe(0);
        expect(r.stance().target).toBe(0);
        expect(working.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(60);
      }),
    );
  });

  test('a fill told twice counts once', () => {
    const { rig: r, entry } = boughtHalf();
    r.fill(entry, 60, 10, 'x');
    r.fill(entry, 60, 10, 'x');
    expect(r.held()).toBe(60);
    expect(r.engine.account.cash).toBe(999_400);
  });
});
