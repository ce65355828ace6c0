import { tripleBarrierLabels } from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { codeOf, type HandBar, handHistory } from '../history.js';

const none = Number.NaN;
const quarter = {
  horizonBars: 3,
  upper: { kind: 'fixed', fraction: 0.25 },
  lower: { kind: 'fixed', fraction: 0.25 },
} as const;

/** Label of the first row: entry at 100 in row 1, barriers at 125 and 75, the last exit at the open of row 4. */
function first(...bars: readonly [HandBar, HandBar, HandBar, HandBar]): readonly (number | undefined)[] {
  const { classes, returns, first, last } = tripleBarrierLabels(handHistory(5, [[1, ...bars]]), quarter);
  return [classes[0], Math.round((returns[0] ?? none) * 1e6) / 1e6, first[0], last[0]];
}

describe('the first barrier that is reached', () => {
  test('up at the barrier, down at the barrier, and the span ends there', () => {
    expect(first(100, { open: 101, high: 125 }, { open: 80, low: 70 }, 60)).toEqual([2, 0.25, 1, 2]);
    expect(first({ open: 100, low: 75 }, { open: 101, high: 130 }, 1, 1)).toEqual([0, -0.25, 1, 1]);
  });

  test('flat at the open after the horizon, though that bar goes on beyond', () => {
    expect(first(100, 101, 102, { open: 103, high: 200 })).toEqual([1, 0.03, 1, 4]);
  });

  test('at the open of a bar that begins beyond a barrier', () => {
    expect(first(100, { open: 130, low: 60, high: 140 }, 1, 1)).toEqual([2, 0.3, 1, 2]);
    expect(first(100, { open: 70, low: 60, high: 140 }, 1, 1)).toEqual([0, -0.3, 1, 2]);
  });

  test('down when a bar reaches both', () => {
    expect(first({ open: 100, high: 140, low: 60 }, 1, 1, 1)).toEqual([0, -0.25, 1, 1]);
  });

  test('none where the whole horizon is not there, though a barrier was reached before', () => {
    const reached: readonly HandBar[] = [1, { open: 100, high: 140 }, 100];
    const { classes } = tripleBarrierLabels(handHistory(5, [[...reached, none, 100]]), quarter);
    expect([...classes]).toEqual([none, none, none, none, none]);
    expect(tripleBarrierLabels(handHistory(4, [[...reached, 100]]), quarter).classes[0]).toBeNaN();
  });
});

test('refuses a horizon below one bar and a width that is no number', () => {
  const history = handHistory(5, [[1, 2, 3, 4, 5]]);
  expect(codeOf(() => tripleBarrierLabels(history, { horizonBars: 0 }))).toBe('ML_OPTION');
  expect(codeOf(() => tripleBarrierLabels(history, { upper: { kind: 'fixed', fraction: none } }))).toBe('ML_OPTION');
  const still = tripleBarrierLabels(history, { horizonBars: 1, upper: { kind: 'fixed', fraction: 0 } });
  expect([...still.classes]).toEqual([none, none, none, none, none]);
});
