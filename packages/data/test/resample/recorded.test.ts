/** Recorded minutes against recorded quarter hours. The data may not be published, so these tests skip where it is not. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromNewYork, MINUTE_MS, nyse, parseIsoDate, type SessionDay, type Timestamp } from '@tradekit/core';
import { barBuilder, resample, type StreamedBar } from '@tradekit/data';
import { describe, expect, test } from 'vitest';
import { columnsOf } from './columns-of.js';

const folder = join(
  process.env.TRADEKIT_TEST_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data'),
  'resample',
);
const absent = existsSync(folder) ? '' : ` (skipped: no recorded bars in ${folder})`;

/** The rows of a file with New York stamps at the end of the bar, newest first. */
function recorded(symbol: string, minutes: number): readonly StreamedBar[] {
  const text = readFileSync(join(folder, `eqker_${symbol}_${minutes}min.csv`), 'utf8');
  const rows = text.trimEnd().split('\n').slice(1).reverse();
  return rows.map((row) => {
    const [stamp = '', open, high, low, close, volume] = row.trim().split(',');
    const [hours = 0, minute = 0] = stamp.slice(11).split(':').map(Number);
    const end = fromNewYork(parseIsoDate(stamp.slice(0, 10)) as SessionDay, hours * 60 + minute);
    const start = (end - minutes * MINUTE_MS) as Timestamp;
    return {
      start,
      open: Number(open),
      high: Number(high),
      low: Number(low),
      close: Number(close),
      volume: Number(volume),
    };
  });
}

/** The recorded quarter hours of the five sessions that there are minutes of. */
function quarters(symbol: string): ReturnType<typeof columnsOf> {
  const from = recorded(symbol, 1)[0]?.start ?? Number.NaN;
  return columnsOf(recorded(symbol, 15).filter(({ start }) => start >= from));
}

/** The quarter hours of the batch, and of the stream fed minute by minute. */
function made(symbol: string): {
  readonly batch: ReturnType<typeof columnsOf>;
  readonly stream: ReturnType<typeof columnsOf>;
} {
  const minutes = recorded(symbol, 1);
  const { start, open, high, low, close, volume } = resample(columnsOf(minutes), {
    barMinutes: 1,
    timeframe: '15min',
    calendar: nyse,
  });
  const from = minutes[0]?.start as Timestamp;
  const builder = barBuilder({ timeframe: '15min', calendar: nyse, from });
  const bars: StreamedBar[] = [];
  for (const minute of [...minutes, undefined]) {
    const now = (minute === undefined ? from + 30 * 86_400_000 : minute.start) as Timestamp;
    for (const event of builder.advance(now)) {
      if (event.kind !== 'closed') continue;
      const { end: _, parts: __, ...bar } = event.bar;
      bars.push(bar);
    }
    if (minute !== undefined) expect(builder.take(minute)).toEqual([]);
  }
  return { batch: { start, open, high, low, close, volume }, stream: columnsOf(bars) };
}

describe.skipIf(absent !== '')(`recorded minutes make the recorded quarter hours${absent}`, () => {
  test.each(['AMZN', 'JPM', 'MSFT', 'SPY', 'V'])('%s: every field of all 130 bars', (symbol) => {
    const expected = quarters(symbol);
    expect(expected.start).toHaveLength(130);
    const { batch, stream } = made(symbol);
    expect(batch).toEqual(expected);
    expect(stream).toEqual(expected);
  });

  test('TRV: all but one volume, which the two files have differently', () => {
    const expected = quarters('TRV');
    const { batch, stream } = made('TRV');
    expect(stream).toEqual(batch);
    const { volume, ...fields } = batch;
    const { volume: expectedVolume, ...expectedFields } = expected;
    expect(fields).toEqual(expectedFields);
    const different = [...volume].flatMap((value, k) =>
      value === expectedVolume[k] ? [] : [{ start: batch.start[k], minutes: value, quarter: expectedVolume[k] }],
    );
    const end = fromNewYork(parseIsoDate('2019-02-11') as SessionDay, 9 * 60 + 45);
    expect(different).toHaveLength(1);
    expect(different[0]?.start).toBe(end - 15 * MINUTE_MS);
    expect([different[0]?.minutes, different[0]?.quarter].sort()).toEqual([113_848, 48_370]);
  });
});
