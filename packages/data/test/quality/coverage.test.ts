import { nyse } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { coverage } from '../../src/quality/coverage.js';
import { edgeGaps, gaps } from '../../src/quality/gaps.js';
import { sessionRows } from '../../src/quality/session-rows.js';
import { at, columnsOf, day, market, type Row, rowsWhere } from './kit.js';

const examine = (bars: ReturnType<typeof market>, barMinutes = 15) => {
  const rows = sessionRows(bars, nyse, barMinutes);
  const covered = coverage(bars, rows);
  return { rows, covered, gaps: gaps(bars, rows, covered) };
};

describe('coverage', () => {
  it('counts 26 bars of a full session and 14 of a half day, and the bar at the close apart', () => {
    // Thursday 2024-11-28 is Thanksgiving, Friday closes at 13:00.
    const { covered } = examine(market('2024-11-27', '2024-12-02'));
    expect(covered.sessions.map(({ date }) => date)).toEqual(['2024-11-27', '2024-11-29', '2024-12-02']);
    expect([...covered.bars]).toEqual([26, 14, 26]);
    expect([...covered.expected]).toEqual([26, 14, 26]);
    expect([...covered.extended]).toEqual([1, 1, 1]);
  });

  it('counts 7 hourly bars, the last of them short, and does not count what is off the grid', () => {
    const hourly = ['09:30', '10:30', '11:30', '12:00', '12:30', '13:30', '14:30', '15:30'];
    const bars = columnsOf(hourly.map((clock): Row => [at('2021-01-04', clock), 10, 10, 10, 10, 1]));
    const { covered } = examine(bars, 60);
    expect([covered.bars[0], covered.expected[0]]).toEqual([7, 7]);
  });

  it('finds bars at night and on closed days', () => {
    const starts = [
      at('2021-01-14', '03:45'),
      at('2021-01-14', '04:00'),
      at('2021-01-14', '19:45'),
      at('2021-01-14', '20:00'),
      at('2021-01-16', '10:00'), // Saturday
      at('2021-01-18', '10:00'), // Martin Luther King, Jr. Day
      at('2021-01-19', '10:00'),
    ];
    const { rows } = examine(columnsOf(starts.map((start): Row => [start, 10, 10, 10, 10, 1])));
    expect(rows.nightRows).toEqual([0, 3]);
    expect(rows.closedRows).toEqual([4, 5]);
  });

  it('has nothing of a file without a bar', () => {
    const { covered, gaps: found } = examine(columnsOf([]));
    expect(covered.sessions).toEqual([]);
    expect(found).toEqual({ lost: [], partial: [] });
  });
});

describe('gaps', () => {
  const full = market('2021-03-22', '2021-04-09');

  it('has none in a complete file', () => {
    expect(examine(full).gaps).toEqual({ lost: [], partial: [] });
  });

  it('joins lost sessions over a weekend and a holiday, and keeps runs apart', () => {
    // Good Friday 2021-04-02 is closed: Thursday and Monday are neighbours.
    const dates = ['2021-03-24', '2021-04-01', '2021-04-05'];
    const bars = rowsWhere(
      full,
      (start) => !dates.some((date) => start >= at(date, '00:00') && start < at(date, '24:00')),
    );
    expect(examine(bars).gaps.lost).toEqual([
      { first: '2021-03-24', last: '2021-03-24', dates: ['2021-03-24'] },
      { first: '2021-04-01', last: '2021-04-05', dates: ['2021-04-01', '2021-04-05'] },
    ]);
  });

  it('names the missing bars of a partial session by their New York starts', () => {
    const lost = new Set(['09:30', '12:00', '12:15', '12:30', '15:45'].map((clock) => at('2021-03-24', clock)));
    const { partial } = examine(rowsWhere(full, (start) => !lost.has(start))).gaps;
    expect(partial).toEqual([
      {
        date: '2021-03-24',
        bars: 21,
        expected: 26,
        missing: ['09:30', '12:00-12:30', '15:45'],
        longestRun: 3,
        cutOff: false,
      },
    ]);
  });

  it('sees that a session is cut off', () => {
    const bars = rowsWhere(full, (start) => start < at('2021-03-24', '12:00') || start > at('2021-03-24', '16:00'));
    expect(examine(bars).gaps.partial).toEqual([
      { date: '2021-03-24', bars: 10, expected: 26, missing: ['12:00-15:45'], longestRun: 16, cutOff: true },
    ]);
  });

  it('counts a session with nothing but extended hours as lost', () => {
    const bars = rowsWhere(full, (start) => start < at('2021-03-24', '09:30') || start >= at('2021-03-24', '16:00'));
    expect(examine(bars).gaps.lost.map(({ dates }) => dates)).toEqual([['2021-03-24']]);
  });

  it('tells what a file lacks at its ends beside the set', () => {
    const bars = rowsWhere(full, (start) => start > at('2021-03-24', '00:00') && start < at('2021-04-06', '00:00'));
    const { covered } = examine(bars);
    const edges = edgeGaps(covered, nyse, { first: day('2021-03-22'), last: day('2021-04-09') });
    expect(edges.beforeFirst).toBe(2);
    expect(edges.atEnd?.dates).toEqual(['2021-04-06', '2021-04-07', '2021-04-08', '2021-04-09']);
    expect(edgeGaps(covered, nyse, { first: day('2021-03-24'), last: day('2021-04-05') })).toEqual({ beforeFirst: 0 });
  });
});
