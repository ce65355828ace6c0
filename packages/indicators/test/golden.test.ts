/** Values of another program on recorded daily bars of 2006, to the printed digit. The bars may not be published: skips where they are not. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Bars, FeatureSpec } from '@tradekit/core';
import {
  atr,
  batch,
  bollingerLower,
  bollingerUpper,
  ema,
  macdHistogram,
  macdLine,
  macdSignal,
  rsi,
  sma,
} from '@tradekit/indicators';
import { describe, expect, test } from 'vitest';

const folder = join(
  process.env.TRADEKIT_TEST_DATA ?? resolve(import.meta.dirname, '../../../../shared/data'),
  'golden',
);
const reason = existsSync(folder)
  ? ''
  : ` (skipped: no recorded bars in ${folder}; name their folder in TRADEKIT_TEST_DATA)`;

function read(name: string): Bars {
  const rows = readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => Number(row[k]));
  return { open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
}

/** The first value, the one in the middle of those that there are, and the last. */
function values(spec: FeatureSpec, bars: Bars): readonly number[] {
  const all = batch(spec, bars).filter((value) => !Number.isNaN(value));
  return [all[0] ?? Number.NaN, all[Math.floor(all.length / 2)] ?? Number.NaN, all.at(-1) ?? Number.NaN];
}

describe.skipIf(reason !== '')(`golden values of 2006${reason}`, () => {
  const rounded = (list: readonly number[], digits: number): readonly string[] =>
    list.map((value) => value.toFixed(digits));

  test('RSI and ATR with Wilder’s smoothing: first, middle and last value', () => {
    const days = read('2006-day-001.txt');
    expect(rounded(values(rsi(14), days), 6)).toEqual(['41.630968', '53.352553', '57.644284']);
    expect(rounded(values(atr(14), days), 6)).toEqual(['34.264286', '54.329064', '35.866308']);
  });

  test('averages, Bollinger’s middle and MACD: the last value', () => {
    const days = read('2006-day-001.txt');
    const last = (spec: FeatureSpec, digits: number): string => (values(spec, days)[2] ?? Number.NaN).toFixed(digits);
    expect(last(sma(30), 3)).toBe('4063.463');
    expect(last(ema(30), 6)).toBe('4070.115719');
    expect(last(sma(20), 3)).toBe('4065.884');
    expect(last(macdLine(), 6)).toBe('25.821368');
    expect(last(macdSignal(), 6)).toBe('21.977853');
    expect(last(macdHistogram(), 6)).toBe('3.843516');
    const [upper, lower] = [bollingerUpper(), bollingerLower()].map((spec) => values(spec, days)[2] ?? Number.NaN);
    expect((((upper ?? 0) + (lower ?? 0)) / 2).toFixed(3)).toBe('4065.884');
  });

  test('the average of 30 weekly closes', () => {
    expect((values(sma(30), read('2006-week-001.txt'))[2] ?? Number.NaN).toFixed(6)).toBe('3836.453333');
  });
});
