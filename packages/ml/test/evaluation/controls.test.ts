import { directionLabels, type Labels, purgedFolds, samplesOf, shiftedLabels, shuffledLabels } from '@tradekit/ml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelsOf } from '../ensemble/kit.js';
import { codeOf, handHistory } from '../history.js';

const none = Number.NaN;
const labels = {
  ...labelsOf([0, 1, none, 2, 2, none, 1, 0], 2),
  returns: Float64Array.of(-0.1, 0, none, 0.3, 0.4, none, 0.01, -0.2),
  first: Int32Array.of(1, 1, -1, 2, 3, -1, 4, 4),
  last: Int32Array.of(1, 1, -1, 2, 3, -1, 4, 4),
};

describe('shuffled', () => {
  test('the same labels at the same cells, class and return together, spans as they were', () => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const shuffled = shuffledLabels(labels, { seed });
        const pairs = ({ classes, returns }: Labels): readonly string[] =>
          Array.from(classes, (own, cell) => `${own} ${returns[cell]}`);
        expect([...pairs(shuffled)].sort()).toEqual([...pairs(labels)].sort());
        expect(Array.from(shuffled.classes, Number.isNaN)).toEqual(Array.from(labels.classes, Number.isNaN));
        expect([shuffled.first, shuffled.last]).toEqual([labels.first, labels.last]);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('any order comes, by the seed: each label as often at a cell as another', () => {
    const count = new Map<number, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const [own = none] = shuffledLabels(labels, { seed }).returns;
      count.set(own, (count.get(own) ?? 0) + 1);
    }
    // 3000 shuffles of six labels: 500 of each, with a standard deviation of 20.
    expect(count.size).toBe(6);
    for (const times of count.values()) expect(Math.abs(times - 500)).toBeLessThan(100);
    expect(shuffledLabels(labels, { seed: 5 })).toEqual(shuffledLabels(labels, { seed: 5 }));
    expect(shuffledLabels(labels, { seed: 5 }).text).not.toBe(shuffledLabels(labels, { seed: 6 }).text);
    expect(codeOf(() => shuffledLabels(labels, { seed: -1 }))).toBe('ML_OPTION');
  });
});

describe('shifted', () => {
  test('each cell has the label of its instrument so many rows later, with its span; the last have none', () => {
    const shifted = shiftedLabels(labels, { rows: 1 });
    expect([...shifted.classes]).toEqual([none, 2, 2, none, 1, 0, none, none]);
    expect([...shifted.returns]).toEqual([none, 0.3, 0.4, none, 0.01, -0.2, none, none]);
    expect([...shifted.first]).toEqual([-1, 2, 3, -1, 4, 4, -1, -1]);
    expect([...shifted.last]).toEqual([-1, 2, 3, -1, 4, 4, -1, -1]);
    expect(labels.classes[0]).toBe(0);
    expect([...shiftedLabels(labels, { rows: 9 }).classes]).toEqual(new Array(8).fill(none));
    expect(codeOf(() => shiftedLabels(labels, { rows: 0 }))).toBe('ML_OPTION');
    expect(codeOf(() => shiftedLabels(labels, { rows: -1 }))).toBe('ML_OPTION');
  });

  test('folds of shifted labels can be made, and stay apart', () => {
    const opens = Array.from({ length: 40 }, (_, k) => 100 + ((k * 7) % 5));
    const real = directionLabels(handHistory(10, [opens]), { deadBand: { kind: 'fixed', fraction: 0.001 } });
    const shifted = samplesOf(shiftedLabels(real, { rows: 10 }));
    expect(shifted.cells.length).toBe(samplesOf(real).cells.length - 8);
    const [fold] = purgedFolds(shifted, { folds: 3 });
    const rowsOf = (places: Int32Array | undefined): readonly number[] =>
      Array.from(places ?? [], (place) => [shifted.first[place] ?? 0, shifted.last[place] ?? 0]).flat();
    const tested = new Set(rowsOf(fold?.test));
    expect(rowsOf(fold?.train).filter((row) => tested.has(row))).toEqual([]);
  });
});
