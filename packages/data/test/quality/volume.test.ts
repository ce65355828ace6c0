import { nyse } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { sessionRows } from '../../src/quality/session-rows.js';
import { volumeProfile } from '../../src/quality/volume-profile.js';
import { volumeScale } from '../../src/quality/volume-scale.js';
import { at, columnsOf, market, type Row } from './kit.js';

describe('volume scale', () => {
  const bars = market('2021-03-15', '2021-03-19');

  it('is whole where every volume is', () => {
    expect(volumeScale(bars)).toEqual({ fractionalRows: 0 });
  });

  it('tells until when volumes have fractions, and the first date after them', () => {
    const volume = bars.volume.map((shares, row) =>
      (bars.start[row] ?? 0) < at('2021-03-17', '00:00') ? shares + 0.5 : shares,
    );
    // Two sessions of 26 bars and the one at the close.
    expect(volumeScale({ ...bars, volume })).toEqual({
      fractionalRows: 54,
      first: '2021-03-15',
      last: '2021-03-16',
      wholeFrom: '2021-03-17',
    });
  });

  it('names no date when the file ends with fractions', () => {
    const volume = bars.volume.map((shares) => shares + 0.5);
    expect(volumeScale({ ...bars, volume })).toEqual({ fractionalRows: 135, first: '2021-03-15', last: '2021-03-19' });
  });
});

describe('volume profile', () => {
  it('is the mean over the days of each share of the day', () => {
    const rows: Row[] = [
      [at('2021-03-12', '09:30'), 10, 10, 10, 10, 300],
      [at('2021-03-12', '15:45'), 10, 10, 10, 10, 100],
      // The clock has changed since: New York time stays.
      [at('2021-03-15', '09:30'), 10, 10, 10, 10, 1],
      [at('2021-03-15', '15:45'), 10, 10, 10, 10, 3],
    ];
    const bars = columnsOf(rows);
    const { slotMinutes, share } = volumeProfile(bars, sessionRows(bars, nyse));
    expect(slotMinutes).toBe(15);
    expect(share).toHaveLength(96);
    expect([share[38], share[63]]).toEqual([0.5, 0.5]);
    expect(share.reduce((sum, part) => sum + part, 0)).toBe(1);
  });

  it('leaves half days out, and is all zero without volume', () => {
    const bars = columnsOf([
      [at('2024-11-29', '09:30'), 10, 10, 10, 10, 300],
      [at('2024-12-02', '09:30'), 10, 10, 10, 10, 0],
    ]);
    expect(volumeProfile(bars, sessionRows(bars, nyse)).share.every((part) => part === 0)).toBe(true);
  });
});
