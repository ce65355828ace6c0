import type { Bars, FeatureHandle, FeatureSpec, MarketView, StrategySetup } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { rig } from './rig.js';

/** Every object and number that can be reached from a value: own and inherited properties, getters, and methods called with each place. */
function reach(
  root: unknown,
  calls: readonly (readonly unknown[])[],
): { readonly objects: ReadonlySet<object>; readonly numbers: ReadonlySet<number> } {
  const objects = new Set<object>();
  const numbers = new Set<number>();
  const queue: unknown[] = [root];
  while (queue.length > 0) {
    const value = queue.pop();
    if (typeof value === 'number') numbers.add(value);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || objects.has(value)) continue;
    if (BUILT_IN.has(value)) continue;
    objects.add(value);
    for (
      let owner: object | null = value;
      owner !== null && !BUILT_IN.has(owner);
      owner = Object.getPrototypeOf(owner) as object | null
    ) {
      for (const key of Reflect.ownKeys(owner)) {
        if (key === 'constructor' || key === 'caller' || key === 'arguments' || key === 'callee') continue;
        let member: unknown;
        try {
          member = (value as Record<PropertyKey, unknown>)[key];
        } catch {
          continue; // a getter that refuses gives nothing away
        }
        queue.push(member);
        if (typeof member !== 'function') continue;
        for (const call of calls) {
          try {
            queue.push((member as (...args: unknown[]) => unknown).apply(value, [...call]));
          } catch {
            // a method that refuses gives nothing away
          }
        }
      }
    }
  }
  return { objects, numbers };
}

const BUILT_IN = new Set<object>([Object.prototype, Function.prototype, Array.prototype]);

/** Marks every column that a strategy could get hold of. */
function columns({ objects }: { readonly objects: ReadonlySet<object> }): readonly object[] {
  return [...objects].filter((value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer);
}

/** A kernel that keeps every bars object it was ever given. */
function greedy(kept: Bars[]): FeatureSpec {
  const step = (bars: Bars, offset: number, out: Float64Array, base: number): void => {
    kept.push(bars);
    for (let i = 0; i < 2; i++) out[base + i] = bars.close[offset + i] ?? Number.NaN;
  };
  return { key: 'greedy', unit: 'price', warmUpBars: 1, create: () => ({ state: [], step }) };
}

const CALLS = [[], [0], [1], [7], [-1], ['A'], [0, 0], [0, 1]];
/** Closes of slice k are 1001 + k and 2001 + k: a number tells its slice. */
const slicesIn = (numbers: ReadonlySet<number>): readonly number[] =>
  [...numbers].filter((n) => n > 1000 && n < 3000).map((n) => (n % 1000) - 1);

describe('look-ahead is impossible by construction', () => {
  test('nothing reachable from a view, a setup or a kernel is a column of later bars, or a number of a later slice', () => {
    const kept: Bars[] = [];
    const setups: StrategySetup[] = [];
    const handles: FeatureHandle[] = [];
    const reached: { readonly slices: readonly number[]; readonly columns: number }[] = [];
    const r = rig({
      instruments: ['A', 'B'],
      strategies: [
        {
          onSetup(setup) {
            setups.push(setup);
            handles.push(setup.feature(greedy(kept)));
          },
          generateSignals(market) {
            const all = reach([market, setups, handles], CALLS);
            reached.push({ slices: slicesIn(all.numbers), columns: columns(all).length });
            return [];
          },
        },
      ],
    });
    for (let k = 0; k < 4; k++) r.slice([1001 + k, 2001 + k]);
    expect(reached).toHaveLength(4);
    for (const [slice, { slices, columns }] of reached.entries()) {
      expect(columns).toBe(0);
      expect(slices).toContain(slice);
      expect(Math.max(...slices)).toBe(slice);
    }
    // What a kernel keeps is one row, of the slice that closed last.
    expect(new Set(kept).size).toBe(1);
    expect([...(kept[0]?.close ?? [])]).toEqual([1004, 2004]);
  });

  test('a view and a setup cannot be changed', () => {
    let view: MarketView | undefined;
    let setup: StrategySetup | undefined;
    const r = rig({
      strategies: [
        {
          onSetup(given) {
            setup = given;
          },
          generateSignals(market) {
            view = market;
            return [];
          },
        },
      ],
    });
    r.slice([10]);
    expect(Object.isFrozen(view)).toBe(true);
    expect(Object.isFrozen(setup)).toBe(true);
  });

  test('a feature asked for after the first slice is refused', () => {
    let setup: StrategySetup | undefined;
    const r = rig({
      strategies: [
        {
          onSetup(given) {
            setup = given;
          },
        },
      ],
    });
    r.slice([10]);
    expect(() => setup?.feature(greedy([]))).toThrow('feature "greedy" was asked for after the start');
  });
});
