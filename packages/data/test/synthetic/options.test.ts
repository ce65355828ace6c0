import { ConfigError, type TradingCalendar, weekdayCalendar } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { syntheticBars } from '../../src/synthetic/market.js';
import { marketPlan, type SyntheticMarketOptions } from '../../src/synthetic/options.js';

function codeOf(options: SyntheticMarketOptions): string {
  try {
    marketPlan(options);
  } catch (error) {
    if (error instanceof ConfigError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('options of a synthetic market', () => {
  test('by default: seed 2, 2021 to 2024, 46 instruments, the NYSE', () => {
    const { seed, first, last, calendar, instruments, grid } = marketPlan({});
    expect([seed, first, last, calendar]).toEqual([2, '2021-01-04', '2024-12-31', 'NYSE']);
    expect([instruments.length, grid.sessions.length]).toEqual([46, 1005]);
  });

  test.each<[string, SyntheticMarketOptions]>([
    ['SYNTHETIC_SEED', { seed: -1 }],
    ['SYNTHETIC_SEED', { seed: 1.5 }],
    ['SYNTHETIC_SEED', { seed: Number.NaN }],
    ['SYNTHETIC_DATE', { first: '2024-02-30' }],
    ['SYNTHETIC_DATE', { last: '31.12.2024' }],
    ['SYNTHETIC_RANGE', { first: '2024-01-03', last: '2024-01-02' }],
    ['SYNTHETIC_RANGE', { first: '2024-01-06', last: '2024-01-07' }],
    ['SYNTHETIC_NO_INSTRUMENTS', { instruments: [] }],
    ['SYNTHETIC_SYMBOL', { instruments: [{ id: '' }] }],
    ['SYNTHETIC_SYMBOL', { instruments: [{ id: '../AAPL' }] }],
    ['INSTRUMENT_REPEATED', { instruments: [{ id: 'A' }, { id: 'a' }] }],
  ])('%s on %j', (code, options) => {
    expect(codeOf(options)).toBe(code);
  });

  test('an unknown option is refused with the nearest known one', () => {
    const options = { sead: 3 } as SyntheticMarketOptions;
    expect(() => syntheticBars(options)).toThrow('has no option "sead"; did you mean "seed"?');
    expect(codeOf(options)).toBe('SYNTHETIC_OPTION');
  });

  test('sessions longer than 26 bars, or not of whole quarter hours, are refused', () => {
    expect(codeOf({ ...DAY, calendar: lasting(27 * 15) })).toBe('SYNTHETIC_SESSION');
    expect(codeOf({ ...DAY, calendar: lasting(100) })).toBe('SYNTHETIC_SESSION');
  });

  test('shorter sessions are followed: 8 bars and the official close', () => {
    const { series } = syntheticBars({ ...DAY, calendar: lasting(120), instruments: [{ id: 'A' }] });
    expect(series[0]?.close.length).toBe(9);
  });
});

const DAY: SyntheticMarketOptions = { first: '2024-01-02', last: '2024-01-02' };

/** A calendar whose sessions last so many minutes. */
function lasting(minutes: number): TradingCalendar {
  return weekdayCalendar({ name: 'test', openMinuteUtc: 870, minutes });
}
