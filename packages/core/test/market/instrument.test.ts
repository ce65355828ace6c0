import { ConfigError, nearest, stock, universe } from '@tradekit/core';
import { describe, expect, test } from 'vitest';

describe('a universe', () => {
  test('is sorted by id, so that the order of symbols in a config changes nothing', () => {
    const one = universe([stock('MSFT'), stock('AAPL'), stock('BRK.B')]);
    const other = universe([stock('BRK.B'), stock('MSFT'), stock('AAPL')]);
    expect(one.instruments.map(({ id }) => id)).toEqual(['AAPL', 'BRK.B', 'MSFT']);
    expect(other.instruments).toEqual(one.instruments);
    expect(one.index('MSFT')).toBe(2);
    expect(one.find('NVDA')).toBeUndefined();
  });

  test('refuses an instrument that is listed twice', () => {
    expect(() => universe([stock('AAPL'), stock('AAPL')])).toThrow('instrument "AAPL" is listed twice');
  });

  test('refuses a tick or a lot of zero', () => {
    expect(() => universe([{ ...stock('A'), tickSize: 0 }])).toThrow(
      'instrument "A" needs a tick size and a lot above zero',
    );
    expect(() => universe([{ ...stock('A'), lot: Number.NaN }])).toThrow(ConfigError);
  });

  test('names the nearest id for one that it does not know', () => {
    const known = universe([stock('AAPL'), stock('MSFT')]);
    expect(() => known.index('APPL')).toThrow('no instrument "APPL" in the universe; did you mean "AAPL"?');
    expect(() => known.index('XOM')).toThrow(/no instrument "XOM" in the universe$/);
  });
});

describe('the nearest word', () => {
  test('is one slip away, whatever the case', () => {
    expect(nearest('maxPosition', ['maxpositions', 'maxGross'])).toBe('maxpositions');
    expect(nearest('zzz', ['abc'])).toBeUndefined();
    expect(nearest('', ['a'])).toBe('a');
  });
});
