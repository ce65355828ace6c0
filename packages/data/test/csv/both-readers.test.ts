/** The fast reader and the general one must read the same bars and refuse the same rows in the same words. */
import { TradekitError } from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BarColumns, type BarSource, readBarFile } from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
const HEADER = 'timestamp,open,high,low,close,volume';

function outcome(text: string, source: BarSource): BarColumns | string {
  try {
    return readBarFile(folder.put('X_15min.csv', text), { source });
  } catch (error) {
    if (error instanceof TradekitError) return `${error.code} ${error.message}`;
    throw error;
  }
}

const cents = fc.integer({ min: 1, max: 99_999 });
const volume = fc.oneof(
  fc.nat().map(String),
  fc.nat().map((shares) => `${shares}.0`),
  fc.double({ min: 1e-5, max: 1e9, noNaN: true }).map((shares) => shares.toFixed(12)),
);
const bar = fc.record({
  step: fc.integer({ min: 1, max: 200 }),
  prices: fc.array(cents, { minLength: 4, maxLength: 4 }),
  decimals: fc.integer({ min: 0, max: 4 }),
  volume,
  separator: fc.constantFrom(' ', 'T'),
  ending: fc.constantFrom('', '', '', '.000', '.0'),
});
const file = fc.record({
  first: fc.integer({ min: 0, max: 40_000 }),
  bars: fc.array(bar, { minLength: 1, maxLength: 12 }),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  tail: fc.constantFrom('', '\n', '\n\n', '\r\n\r\n'),
  mark: fc.constantFrom('', '\uFEFF'),
});
/** Changes one character: enough to make any fault, and many that are none. */
const slip = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  by: fc.constantFrom(...'0123456789.,-:TZ \n\rx'),
});

function textOf({ first, bars, lineEnd, tail, mark }: typeof file extends fc.Arbitrary<infer T> ? T : never): string {
  let quarter = Date.UTC(2020, 0, 1) / 900_000 + first;
  const rows = bars.map(({ step, prices, decimals, volume, separator, ending }) => {
    quarter += step;
    const stamp = new Date(quarter * 900_000).toISOString().slice(0, 19).replace('T', separator);
    const [open, close] = prices;
    const fields = [open, Math.max(...prices), Math.min(...prices), close].map((price) =>
      ((price ?? 0) / 100).toFixed(decimals),
    );
    return [stamp + ending, ...fields, volume].join(',');
  });
  return mark + [HEADER, ...rows].join(lineEnd) + tail;
}

describe('the two readers of bar files', () => {
  it.each<BarSource>([{}, { zone: 'America/New_York' }, { stamps: 'bar-end' }])(
    'agree on random files with up to three slips, read as %o',
    (source) => {
      let read = 0;
      let refused = 0;
      fc.assert(
        fc.property(file, fc.array(slip, { maxLength: 3 }), (content, slips) => {
          const characters = [...textOf(content)];
          for (const { place, by } of slips) characters[Math.floor(place * (characters.length - 1))] = by;
          const text = characters.join('');
          const fast = outcome(text, source);
          expect(outcome(text.replaceAll(',', ';'), source)).toEqual(fast);
          if (typeof fast === 'string') refused++;
          else read++;
        }),
        { numRuns: 300 },
      );
      expect(read).toBeGreaterThan(50);
      expect(refused).toBeGreaterThan(50);
    },
  );

  it('agree on files with quoted fields', () => {
    fc.assert(
      fc.property(file, (content) => {
        const text = textOf(content);
        expect(outcome(text.replaceAll(/(?<=,)[^,\r\n]+/g, '"$&"'), {})).toEqual(outcome(text, {}));
      }),
      { numRuns: 100 },
    );
  });
});
