import { averageUniqueness, directionLabels, returnWeights, uniquenessWeights } from '@tradekit/ml';
import { describe, expect, test } from 'vitest';
import { missing, textOf } from '../fixtures.js';
import { handHistory } from '../history.js';

test('rows that two spans hold count half for each', () => {
  // Rows 0 to 2, 2 to 3 and 4 to 5: (1 + 1 + ½) ÷ 3, (½ + 1) ÷ 2, and alone.
  expect([...averageUniqueness([0, 2, 4], [2, 3, 5])]).toEqual([2.5 / 3, 0.75, 1]);
  expect([...averageUniqueness([-1, 3], [-1, 3])]).toEqual([Number.NaN, 1]);
  expect([...averageUniqueness([], [])]).toEqual([]);
});

test('each instrument among its own labels, and by the size of the return', () => {
  // Spans are rows 1 to 2 and 2 to 3: ¾ each, whatever the other instrument has.
  const history = handHistory(4, [
    [1, 100, 200, 100],
    [1, 100, Number.NaN, 100],
  ]);
  const labels = directionLabels(history, { deadBand: { kind: 'fixed', fraction: 0 } });
  const none = Number.NaN;
  expect([...uniquenessWeights(labels)]).toEqual([0.75, none, 0.75, none, none, none, none, none]);
  const log2 = Math.log(2);
  expect([...returnWeights(labels)]).toEqual([0.75 * log2, none, 0.75 * log2, none, none, none, none, none]);
});

describe.skipIf(missing !== '')(`uniqueness of the fixture${missing}`, () => {
  test('eight spans, to the bit of rounding', () => {
    const { uniqueness } = JSON.parse(textOf('cv_reference.json')) as {
      uniqueness: { events_8: { spans: readonly [number, number][]; average_uniqueness: readonly number[] } };
    };
    const { spans, average_uniqueness } = uniqueness.events_8;
    const own = averageUniqueness(
      spans.map(([first]) => first),
      spans.map(([, last]) => last),
    );
    expect(own.length).toBe(8);
    for (const [k, value] of own.entries()) expect(Math.abs(value - (average_uniqueness[k] ?? 0))).toBeLessThan(1e-15);
  });
});
