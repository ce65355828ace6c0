import { ConfigError, type StrategySetup } from '@tradekit/core';
import { meanReversion, momentum, parametersOf } from '@tradekit/strategies';
import { describe, expect, test } from 'vitest';

const setup = {
  instruments: [],
  feature: () => 0,
  index: () => 0,
  id: () => '',
  sector: () => undefined,
} as unknown as StrategySetup;

describe('parameters', () => {
  const schema = {
    bars: { default: 10, least: 1, most: 20, whole: true },
    mean: { default: 'vwap', words: ['vwap', 'bollinger'] },
    shorts: { default: true },
  } as const;
  const read = (given: object): unknown =>
    parametersOf<{ bars: number; mean: 'vwap' | 'bollinger'; shorts: boolean }>('test', given, schema);

  test('have defaults', () => {
    expect(read({})).toEqual({ bars: 10, mean: 'vwap', shorts: true });
    expect(read({ bars: 1, shorts: false })).toEqual({ bars: 1, mean: 'vwap', shorts: false });
  });

  test.each<[object, string]>([
    [{ bar: 5 }, 'strategy test has no parameter "bar"; did you mean "bars"?'],
    [{ bars: 0 }, 'strategy test has bars 0; give a whole number from 1 to 20'],
    [{ bars: 21 }, 'bars 21'],
    [{ bars: 2.5 }, 'bars 2.5'],
    [{ bars: Number.NaN }, 'bars NaN'],
    [{ bars: '5' }, 'bars "5"'],
    [{ mean: 'ema' }, 'has mean "ema"; use vwap or bollinger'],
    [{ shorts: 'no' }, 'has shorts "no"; give true or false'],
  ])('refuse %o', (given, message) => {
    expect(() => read(given)).toThrow(ConfigError);
    expect(() => read(given)).toThrow(message);
  });

  test.each<[string, typeof momentum, object, string]>([
    ['averages', momentum, { fastBars: 520, slowBars: 130 }, 'the slower average needs more bars'],
    ['hysteresis', momentum, { enterZ: 0.2, exitZ: 0.5 }, 'closed at a weaker trend'],
    ['a typing error', momentum, { enterz: 1 }, 'did you mean "enterZ"?'],
    ['a period of 0', momentum, { slowBars: 0 }, 'slowBars 0; give a whole number from 2 to 5000'],
    ['the exit', meanReversion, { enterZ: 1, exitZ: 2 }, 'closed nearer to the mean'],
    [
      'too few bars',
      meanReversion,
      { mean: 'bollinger', meanBars: 5 },
      'never 2 deviations from their mean (at most 2.00)',
    ],
    ['a percentage', meanReversion, { rsiLimit: 70 }, 'rsiLimit 70; give a number from 1 to 50'],
  ])('of the strategies: %s', (_, factory, given, message) => {
    expect(() => factory(setup, given as Readonly<Record<string, unknown>>)).toThrow(message);
  });

  test('of the Bollinger average: with enough bars, and beside the VWAP with any', () => {
    expect(() => meanReversion(setup, { mean: 'bollinger', meanBars: 6 })).not.toThrow();
    expect(() => meanReversion(setup, { mean: 'vwap', meanBars: 2 })).not.toThrow();
  });
});
