import { nyse } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { identityBreaks } from '../../src/quality/identity.js';
import { sessionRows } from '../../src/quality/session-rows.js';
import { asTraded, at, market, rowsWhere } from './kit.js';

const breaks = (bars: ReturnType<typeof market>) => identityBreaks(bars, sessionRows(bars, nyse));
const bars = market('2021-01-04', '2021-12-31');
/** February 2021 has 19 sessions, March 23. */
const without = (first: string, next: string, ratio: number) =>
  rowsWhere(
    asTraded(bars, at(next, '00:00'), ratio),
    (start) => start < at(first, '00:00') || start >= at(next, '00:00'),
  );

describe('identity', () => {
  it('is one in a complete file, and over a hole without a change of level', () => {
    expect(breaks(bars)).toEqual([]);
    expect(breaks(without('2021-03-01', '2021-04-01', 1))).toEqual([]);
  });

  it('breaks over a hole of 23 sessions to another level', () => {
    const found = breaks(without('2021-03-01', '2021-04-01', 0.1));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      first: '2021-01-04',
      last: '2021-02-26',
      next: '2021-04-01',
      end: '2021-12-31',
      hole: 23,
    });
    const { priceBefore = 0, priceAfter = 0 } = found[0] ?? {};
    expect(priceAfter / priceBefore).toBeGreaterThan(8);
  });

  it('needs 20 sessions: a shorter hole with a jump is a matter of splits', () => {
    expect(breaks(without('2021-02-01', '2021-03-01', 0.1))).toEqual([]);
  });
});
