import {
  type BarHistory,
  barGrid,
  emptyBars,
  type FeatureSpec,
  type Instrument,
  MINUTE_MS,
  stock,
  universe,
} from '@tradekit/core';
import {
  batch,
  breadth,
  dispersion,
  field,
  groupBeta,
  groupCorrelation,
  groupMean,
  groupZScore,
  rank,
  relativeStrength,
  sectorMomentum,
} from '@tradekit/indicators';
import { contractCalendar, contractMarket } from '@tradekit/indicators/testing';
import { describe, expect, test } from 'vitest';

const hole = Number.NaN;

/** Closes of some instruments, one list a row. */
function market(instruments: readonly Instrument[], rows: readonly (readonly number[])[]): BarHistory {
  const sessions = contractCalendar
    .sessions(...([19_723, 19_727] as unknown as Parameters<typeof contractCalendar.sessions>))
    .slice(0, 1);
  const size = instruments.length;
  const grid = barGrid(sessions, 15 * MINUTE_MS);
  const bars = emptyBars(grid.ends.length * size);
  for (const [row, closes] of rows.entries()) {
    for (const column of Object.values(bars)) column.set(closes, row * size);
  }
  return { universe: universe(instruments), ...grid, bars, official: new Float64Array(size) };
}

/** The values of the first rows, one list a row. */
function values(spec: FeatureSpec, history: BarHistory, rows: number): readonly (readonly number[])[] {
  const { size } = history.universe;
  const column = batch(spec, history);
  return Array.from({ length: rows }, (_, row) => [...column.slice(row * size, (row + 1) * size)]);
}

const five = ['A', 'B', 'C', 'D', 'E'].map((id, i) => stock(id, i < 2 ? 'Energy' : i < 4 ? 'Financials' : undefined));

describe('groupMean', () => {
  test('needs 80 % of the instruments: with one of five missing it is there, with two not', () => {
    const history = market(five, [
      [1, 2, 3, 4, hole],
      [1, 2, 3, hole, hole],
    ]);
    expect(values(groupMean(field('close')), history, 2)).toEqual([
      [2.5, 2.5, 2.5, 2.5, hole],
      [hole, hole, hole, hole, hole],
    ]);
  });

  test('of a sector has nothing for an instrument without one, nor where half of the sector is missing', () => {
    const history = market(five, [[1, 2, 3, hole, 5]]);
    expect(values(groupMean('close', 'sector'), history, 1)).toEqual([[1.5, 1.5, hole, hole, hole]]);
  });
});

test('rank goes from 0 to 1, ties in the middle of their places', () => {
  const history = market(five, [
    [5, 1, 3, 3, 9],
    [1, 1, 1, 1, 1],
  ]);
  expect(values(rank('close'), history, 2)).toEqual([
    [0.75, 0, 0.375, 0.375, 1],
    [0.5, 0.5, 0.5, 0.5, 0.5],
  ]);
  expect(values(rank('close', 'sector'), history, 1)).toEqual([[1, 0, 0.5, 0.5, hole]]);
});

test('groupZScore is in deviations of n − 1, and NaN where nothing deviates', () => {
  const history = market(five, [
    [1, 2, 3, 4, 5],
    [7, 7, 7, 7, 7],
  ]);
  const [first, second] = values(groupZScore('close'), history, 2);
  expect(first?.[0]).toBeCloseTo(-2 / Math.sqrt(2.5), 14);
  expect(second).toEqual([hole, hole, hole, hole, hole]);
});

test('sector momentum is the mean log return of the sector, relative strength the rest', () => {
  const history = market(five, [
    [1, 1, 1, 1, 1],
    [Math.E, Math.E ** 3, 1, 1, 1],
  ]);
  expect(values(sectorMomentum(1), history, 2)[1]?.slice(0, 3)).toEqual([2, 2, 0]);
  expect(values(sectorMomentum(1), history, 2)[1]?.[4]).toBeNaN();
  expect(values(relativeStrength(1), history, 2)[1]?.[1]).toBeCloseTo(3 - 4 / 5, 14);
});

test('breadth counts closes above their average, dispersion is the deviation of returns', () => {
  const history = market(five, [
    [1, 1, 1, 1, 1],
    [2, 2, 0.5, 0.5, 2],
  ]);
  expect(values(breadth(2), history, 2)[1]).toEqual([0.6, 0.6, 0.6, 0.6, 0.6]);
  const up = Math.LN2;
  const mean = up / 5;
  const variance = (3 * (up - mean) ** 2 + 2 * (-up - mean) ** 2) / 4;
  expect(values(dispersion(1), history, 2)[1]?.[0]).toBeCloseTo(Math.sqrt(variance), 14);
});

test('correlation and beta to the market equal their definitions over the window', () => {
  const history = contractMarket('clean', 60);
  const { size } = history.universe;
  const { close } = history.bars;
  const returns = (row: number): readonly number[] =>
    Array.from({ length: size }, (_, i) => Math.log((close[row * size + i] ?? 0) / (close[(row - 1) * size + i] ?? 0)));
  const rows = Array.from({ length: 20 }, (_, k) => returns(40 + k));
  const y = rows.map((row) => row[2] ?? 0);
  const x = rows.map((row) => row.reduce((sum, value) => sum + value, 0) / size);
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const scatter = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, k) => sum + (value - mean(a)) * ((b[k] ?? 0) - mean(b)), 0);
  const at = 59 * size + 2;
  expect(batch(groupBeta(20), history)[at]).toBeCloseTo(scatter(x, y) / scatter(x, x), 10);
  const correlation = scatter(x, y) / Math.sqrt(scatter(x, x) * scatter(y, y));
  expect(batch(groupCorrelation(20), history)[at]).toBeCloseTo(correlation, 10);
});
