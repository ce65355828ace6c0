import { Numbered } from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const item = (number: number) => ({ number });

describe('items by number', () => {
  test('an item put where its number was passed over is there, and stays when others go', () => {
    const items = new Numbered<{ number: number }>();
    for (const number of [3, 4, 6, 7]) items.put(number, item(number));
    items.delete(3);
    items.delete(4);
    items.put(5, item(5));
    items.delete(6);
    items.delete(7);
    expect(items.get(5)).toEqual(item(5));
    expect(items.values()).toEqual([item(5)]);
  });

  test('a lower number may come after a higher one into an empty list', () => {
    const items = new Numbered<{ number: number }>();
    items.put(6, item(6));
    items.put(5, item(5));
    expect([items.get(5), items.get(6)]).toEqual([item(5), item(6)]);
  });

  test('whatever is put and taken out, in any order, it holds what a map holds', () => {
    const step = fc.record({ number: fc.integer({ min: 1, max: 600 }), isPut: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const items = new Numbered<{ number: number }>();
        const model = new Map<number, { number: number }>();
        for (const { number, isPut } of steps) {
          if (isPut) {
            items.put(number, item(number));
            model.set(number, item(number));
          } else {
            items.delete(number);
            model.delete(number);
          }
          expect(items.get(number)).toEqual(model.get(number));
        }
        expect(items.values()).toEqual([...model.values()].sort((a, b) => a.number - b.number));
      }),
      { numRuns: 500 },
    );
  });
});
