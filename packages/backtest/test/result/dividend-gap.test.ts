import { expect, it } from 'vitest';
import { dividendGap, type RunResult } from '../../src/index.js';

/** Two sessions of 1,000 dollars: 20 shares long at 10, and 10 short at 10 in the second. */
const result = {
  sessions: { length: 2, row: [0, 1] },
  equity: { equity: [1000, 1000] },
  exposures: {
    held: [
      [20, 0],
      [20, -10],
    ],
    mark: [
      [10, 10],
      [10, 10],
    ],
  },
} as unknown as RunResult;

it('long positions of 20 % miss 0.30 % a year, short ones of 5 % spare 0.07 %', () => {
  expect(dividendGap(result, { adjusted: 'split' } as never)).toEqual({
    name: 'Dividends',
    text: 'not in the data: long positions, 20.0 % of the equity overnight, are understated by about 0.30 % a year; short ones, 5.0 %, are overstated by about 0.07 % a year, at 1.5 % of dividends',
  });
});

it('says nothing where dividends are in the prices or in the list, or nothing was held', () => {
  expect(dividendGap(result, { adjusted: 'total-return' } as never)).toBeUndefined();
  const dividend = { session: 0, instrument: 'A', action: { type: 'dividend', perShare: 1 } };
  expect(dividendGap(result, { actions: [dividend] } as never)).toBeUndefined();
  const flat = { ...result, exposures: { ...result.exposures, held: [[0], [0]] } } as unknown as RunResult;
  expect(dividendGap(flat, {} as never)).toBeUndefined();
});
