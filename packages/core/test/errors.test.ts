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
    expect(commissionOf(model, 100, 20, true)).toBe(2.5);
    expect(commissionOf(model, 100, 20, false)).toBe(1.5);
  });

  test('is never negative, and no NaN', () => {
    expect(() => commission({ bps: -1 })).toThrow('commission "bps" is -1; give a number of at least 0');
    expect(() => commission({ perShare: Number.NaN })).toThrow(ConfigError);
  });
});
