import { assertNever, ConfigError, commission, commissionOf, InvariantError, TradekitError } from '@tradekit/core';
import { describe, expect, test } from 'vitest';

describe('errors', () => {
  test('carry a code, a message that says what to do, and plain context', () => {
    const cause = new Error('below');
    const error = new ConfigError('CODE', 'do this', { place: 3 }, { cause });
    expect(error).toBeInstanceOf(TradekitError);
    expect([error.name, error.code, error.message, error.context, error.cause]).toEqual([
      'ConfigError',
      'CODE',
      'do this',
      { place: 3 },
      cause,
    ]);
  });

  test('a case that nobody handles is a bug', () => {
    expect(() => assertNever({ kind: 'new' } as never)).toThrow(InvariantError);
  });
});

describe('a commission', () => {
  test('adds up: 100 shares at 20 for half a cent a share, a dollar an order and 5 bp are 0.50 + 1 + 1', () => {
    const model = commission({ perShare: 0.005, perOrder: 1, bps: 5 });
    expect(commissionOf(model, 100, 20)).toBe(2.5);
    expect(commissionOf(model, 100, 20, 50, 1000)).toBe(1.5);
  });

  test('with a minimum and a maximum an order owes in all, whatever its parts: 10 × half a cent is 1 at least', () => {
    const model = commission({ perShare: 0.005, minPerOrder: 1, maxFraction: 0.01 });
    expect(commissionOf(model, 10, 200)).toBe(1);
    // The second part is within the minimum of the first; 390 more shares owe 2 in all.
    expect(commissionOf(model, 10, 200, 10, 2000)).toBe(0);
    expect(commissionOf(model, 390, 200, 10, 2000)).toBe(1);
    // One share at 20 dollars: 1 % of it wins over the minimum.
    expect(commissionOf(model, 1, 20)).toBe(0.2);
  });

  test('what is passed on stands outside minimum and maximum', () => {
    const model = commission({ perShare: 0.0035, minPerOrder: 0.35, passedOnPerShare: 0.0032 });
    expect(commissionOf(model, 10, 200)).toBeCloseTo(0.35 + 0.032, 12);
    expect(commission({ passedOnPerShare: 0.01 }).perShare).toBe(0);
  });

  test('a maximum in percent by mistake is refused with the hint', () => {
    expect(() => commission({ maxFraction: 5 })).toThrow('above 0 and at most 1, 1 % is 0.01');
  });

  test('is never negative, and no NaN', () => {
    expect(() => commission({ bps: -1 })).toThrow('commission "bps" is -1; give a number of at least 0');
    expect(() => commission({ perShare: Number.NaN })).toThrow(ConfigError);
  });
});
