/** Whatever the labels and the folds: no training label looks at a row that a tested one looks at, nor at one within the embargo. */
import {
  combinatorialFolds,
  expandingFolds,
  type Fold,
  lastPart,
  MlError,
  purgedFolds,
  rollingFolds,
  type Samples,
} from '@tradekit/ml';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** Samples of some rows of some instruments, with labels that begin up to two rows later and are up to nine rows long. */
const anySamples: fc.Arbitrary<Samples> = fc
  .array(fc.tuple(fc.nat(150), fc.nat(2), fc.nat(8)), { minLength: 1, maxLength: 200, size: 'max' })
  .map((list) => {
    const sorted = [...list].sort(([a], [b]) => a - b);
    return {
      cells: Int32Array.from(sorted, (_, place) => place),
      rows: Int32Array.from(sorted, ([row]) => row),
      first: Int32Array.from(sorted, ([row, after]) => row + after),
      last: Int32Array.from(sorted, ([row, after, length]) => row + after + length),
    };
  });

const anySettings = fc.record({
  kind: fc.constantFrom('expanding', 'rolling', 'purged', 'combinatorial', 'last-part'),
  folds: fc.integer({ min: 2, max: 6 }),
  rows: fc.integer({ min: 1, max: 20 }),
  embargoRows: fc.nat(6),
});

function* foldsOf(
  samples: Samples,
  settings: { kind: string; folds: number; rows: number; embargoRows: number },
): Generator<Fold> {
  const { kind, folds, rows, embargoRows } = settings;
  if (kind === 'expanding') yield* expandingFolds(samples, { folds, minTrainRows: rows });
  else if (kind === 'rolling') yield* rollingFolds(samples, { folds, trainRows: rows });
  else if (kind === 'purged') yield* purgedFolds(samples, { folds, embargoRows });
  else if (kind === 'last-part') yield lastPart(samples, samples.cells, { fraction: 1 / folds });
  else yield* combinatorialFolds(samples, { groups: folds, testGroups: Math.ceil(folds / 3), embargoRows });
}

test('no training label overlaps a tested one with its embargo, and every sample of a row is on one side', () => {
  let compared = 0;
  fc.assert(
    fc.property(anySamples, anySettings, (samples, settings) => {
      const embargo = settings.kind === 'purged' || settings.kind === 'combinatorial' ? settings.embargoRows : 0;
      const { rows, first, last } = samples;
      const at = (column: Int32Array, place: number): number => column[place] ?? Number.NaN;
      try {
        for (const { train, test: tested } of foldsOf(samples, settings)) {
          for (const a of train) {
            for (const b of tested) {
              compared++;
              const isApart = at(last, a) < at(first, b) || at(first, a) > at(last, b) + embargo;
              if (!isApart || at(rows, a) === at(rows, b)) return false;
              if (settings.kind !== 'purged' && settings.kind !== 'combinatorial' && a >= b) return false;
            }
          }
        }
      } catch (error) {
        if (!(error instanceof MlError && (error.code === 'FOLD_EMPTY' || error.code === 'FOLD_ROWS'))) throw error;
      }
      return true;
    }),
    { seed: 8, numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(100_000);
});
