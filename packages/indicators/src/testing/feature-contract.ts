import { type BarHistory, emptyBars, type FeatureSpec, type KernelState } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { convergenceBars } from '../base/indicator.js';
import { batch } from '../run/batch.js';
import { stream } from '../run/stream.js';
import { contractMarket, type MarketKind } from './market.js';
import { firstDifference, graphOf, momentOf, rowOf, runFrom, withCell } from './runs.js';

/** What is particular to a feature. */
export interface FeatureContractOptions {
  /** It reads values of other instruments too. Default: every instrument is by itself. */
  readonly isCrossAsset?: boolean;
  /** `warmUpBars` is the earliest bar at which there can be a value: it waits for an event, or has values only at times. */
  readonly isSparse?: boolean;
  /** Tests that cannot hold, each with the reason, which is printed. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[];
}

const KINDS: readonly MarketKind[] = ['clean', 'constant', 'one-tick', 'million', 'zero-volume'];
/** A session and a bit, in which a hole or a wrong bar is tried at every bar. */
const TRIED = 30;
/** Bars by which the second of two kernels begins later. */
const LATER = 31;

const isFound = (value: number | undefined): boolean => value !== undefined && !Number.isNaN(value);

/** Runs the contract of a feature over markets of its own. */
export function describeFeatureContract(
  name: string,
  spec: FeatureSpec,
  { isCrossAsset = false, isSparse = false, skip = [] }: FeatureContractOptions = {},
): void {
  const claim = (title: string, check: () => void): void => {
    const skipped = skip.find((entry) => entry.test === title);
    if (skipped === undefined) test(title, check);
    else test.skip(`${title} (${skipped.reason})`, () => undefined);
  };
  const rows = spec.warmUpBars + 3 * TRIED;
  const markets = new Map<MarketKind, BarHistory>();
  const market = (kind: MarketKind): BarHistory => {
    const made = markets.get(kind) ?? contractMarket(kind, rows);
    markets.set(kind, made);
    return made;
  };
  const { size } = market('clean').universe;
  const rowsWith = (values: Float64Array): readonly number[] =>
    [...values.keys()].filter((cell) => isFound(values[cell])).map((cell) => Math.floor(cell / size));

  describe(`the feature contract: ${name}`, () => {
    claim('has its first value at bar warmUpBars, and none before', () => {
      const first = rowsWith(batch(spec, market('clean')))[0] ?? Number.POSITIVE_INFINITY;
      if (isSparse) expect(first).toBeGreaterThanOrEqual(spec.warmUpBars - 1);
      else expect(first).toBe(spec.warmUpBars - 1);
    });

    claim('gives in batch, bit for bit, what it gives row by row without a look at what follows', () => {
      for (const kind of KINDS) {
        const history = market(kind);
        expect(firstDifference(batch(spec, history), runFrom(spec, history, 0))).toBe(-1);
      }
    });

    claim('gives in a stream of one instrument what it gives in batch', () => {
      if (isCrossAsset) return;
      const history = market('clean');
      const column = batch(spec, history);
      for (let i = 0; i < size; i++) {
        const one = stream(spec);
        const own = Float64Array.from(history.ends, (_, row) =>
          one.next(barOf(history, row, i), momentOf(history, row)),
        );
        expect(
          firstDifference(
            own,
            column.filter((_, cell) => cell % size === i),
          ),
        ).toBe(-1);
      }
    });

    claim('goes on bit for bit after its state was saved and restored, at every bar', () => {
      const history = market('clean');
      const saved = graphOf(spec, history);
      const restored = graphOf(spec, contractMarket('million', 26));
      const bars = emptyBars(size);
      for (let row = 0; row < history.ends.length; row++) {
        copyState(saved.state, restored.state);
        const moment = momentOf(history, row);
        saved.step(rowOf(history, row, bars), 0, moment);
        restored.step(bars, 0, moment);
        const [a, b] = [saved.asked[0], restored.asked[0]];
        expect(b?.values.slice(b.base, b.base + size)).toEqual(a?.values.slice(a.base, a.base + size));
        expect(restored.state).toEqual(saved.state);
      }
    });

    claim('gives NaN at a hole at any bar, and recovers within warmUpBars bars', () => {
      const history = market('clean');
      const clean = batch(spec, history);
      for (let hole = spec.warmUpBars; hole < spec.warmUpBars + TRIED; hole++) {
        const values = batch(spec, withCell(history, hole, 1, Number.NaN));
        expect(values[hole * size + 1]).toBeNaN();
        expect(values.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
        const back = hole + spec.warmUpBars;
        const lost = rowsWith(clean).filter(
          (row) => row > back && !isFound(values[row * size + 1]) && isFound(clean[row * size + 1]),
        );
        if (!isSparse) expect({ hole, lost }).toEqual({ hole, lost: [] });
        if (isCrossAsset) continue;
        expect(values.findIndex((value, cell) => cell % size !== 1 && !Object.is(value, clean[cell]))).toBe(-1);
      }
    });

    claim('does not depend on the other instruments', () => {
      if (isCrossAsset) return;
      const history = market('clean');
      const others = withCell(withCell(history, 3, 0, 3), spec.warmUpBars, 2, 2);
      const [a, b] = [batch(spec, history), batch(spec, others)];
      expect(a.findIndex((value, cell) => cell % size === 1 && !Object.is(value, b[cell]))).toBe(-1);
    });

    claim('agrees with one that began later, after convergenceBars', () => {
      const bars = convergenceBars(spec);
      if (bars === Number.POSITIVE_INFINITY) return;
      expect(bars).toBeGreaterThanOrEqual(spec.warmUpBars);
      const history = contractMarket('clean', bars + LATER + TRIED);
      const early = runFrom(spec, history, 0);
      const late = runFrom(spec, history, LATER);
      const first = (bars + LATER - 1) * size;
      const scale = largest(early);
      expect(early.length).toBeGreaterThan(first);
      for (let cell = first; cell < early.length; cell++) {
        expect(isFound(late[cell])).toBe(isFound(early[cell]));
        if (isFound(early[cell]))
          expect(Math.abs((late[cell] ?? 0) - (early[cell] ?? 0))).toBeLessThanOrEqual(1e-9 * scale);
      }
    });

    claim('forgets a wrong bar', () => {
      const bars = convergenceBars(spec);
      if (bars === Number.POSITIVE_INFINITY) return;
      const wrong = spec.warmUpBars;
      const history = contractMarket('clean', 2 * bars + wrong + TRIED);
      const clean = batch(spec, history);
      const values = batch(spec, withCell(history, wrong, 1, 10));
      const scale = largest(clean);
      for (let cell = (wrong + 2 * bars) * size; cell < clean.length; cell++) {
        const distance = Math.abs((values[cell] ?? 0) - (clean[cell] ?? 0));
        expect(distance > 1e-9 * scale || isFound(values[cell]) !== isFound(clean[cell])).toBe(false);
      }
    });

    test.each(KINDS)('never gives an infinite value: %s prices', (kind) => {
      expect(batch(spec, market(kind)).some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
    });
  });
}

function barOf(
  { bars, universe }: BarHistory,
  row: number,
  i: number,
): Parameters<ReturnType<typeof stream>['next']>[0] {
  const cell = row * universe.size + i;
  const at = (column: Float64Array): number => column[cell] ?? Number.NaN;
  return {
    open: at(bars.open),
    high: at(bars.high),
    low: at(bars.low),
    close: at(bars.close),
    volume: at(bars.volume),
  };
}

function copyState(from: readonly KernelState[], to: readonly KernelState[]): void {
  for (const [k, part] of from.entries()) to[k]?.set(part);
}

/** The largest absolute value; those that are missing do not count. */
function largest(values: Float64Array): number {
  return values.reduce((most, value) => (isFound(value) ? Math.max(most, Math.abs(value)) : most), 0);
}
