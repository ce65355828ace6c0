import { ConfigError } from '@tradekit/core';
import * as indicators from '@tradekit/indicators';
import { catalogue, defaultFeatures, type FeatureDefinition, featureSet, sma } from '@tradekit/indicators';
import { describe, expect, test } from 'vitest';

const refusal = (...definitions: readonly FeatureDefinition[]): string => {
  try {
    featureSet(definitions);
  } catch (error) {
    if (error instanceof ConfigError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'taken';
};

describe('a list of features', () => {
  test('is resolved whatever its order; inputs are other features, values of the bar, or nothing', () => {
    const set = featureSet([
      { name: 'signal', indicator: 'ema', parameters: { period: 9 }, input: 'line' },
      { name: 'line', indicator: 'difference', input: ['fast', 'slow'] },
      { name: 'fast', indicator: 'ema', parameters: { period: 12 } },
      { name: 'slow', indicator: 'ema', parameters: { period: 26 }, input: 'close' },
      { name: 'days', indicator: 'sma', parameters: { period: 20 }, timeframe: 'day' },
    ]);
    expect(set.features.map(({ name, unit, warmUpBars }) => [name, unit, warmUpBars])).toEqual([
      ['signal', 'price', 34],
      ['line', 'price', 26],
      ['fast', 'price', 12],
      ['slow', 'price', 26],
      ['days', 'price', 20],
    ]);
    expect(set.spec('signal').key).toBe('ema(9,difference(ema(12,close),ema(26,close)))');
    expect(set.spec('days')).toMatchObject({ key: sma(20).key, timeframe: 'day' });
    expect(set.text).toContain('days=day sma(20,close)');
    expect(() => set.spec('signl')).toThrow('there is no feature "signl"; did you mean "signal"?');
  });

  test.each<[string, readonly FeatureDefinition[], string]>([
    [
      'indicator',
      [{ name: 'a', indicator: 'smaa' }],
      'FEATURE_INDICATOR feature "a" has the indicator "smaa", and there is none of that name; did you mean "sma"?',
    ],
    [
      'parameter',
      [{ name: 'a', indicator: 'sma', parameters: { perod: 3 } }],
      'FEATURE_PARAMETER feature "a": sma has no parameter "perod"; did you mean "period"?',
    ],
    [
      'kind',
      [{ name: 'a', indicator: 'sma', parameters: { period: '3' } }],
      'FEATURE_PARAMETER feature "a": period is "3"; give a number',
    ],
    [
      'period 0',
      [{ name: 'a', indicator: 'sma', parameters: { period: 0 } }],
      'INDICATOR_PERIOD feature "a": sma has the period 0',
    ],
    [
      'negative period',
      [{ name: 'a', indicator: 'ema', parameters: { period: -3 } }],
      'feature "a": ema has the period -3',
    ],
    [
      'fractional period',
      [{ name: 'a', indicator: 'rsi', parameters: { period: 2.5 } }],
      'feature "a": rsi has the period 2.5',
    ],
    ['input', [{ name: 'fast', indicator: 'sma', input: 'clse' }], 'did you mean "close"?'],
    [
      'count of inputs',
      [{ name: 'a', indicator: 'difference', input: 'close' }],
      'feature "a" has 1 inputs, and difference is computed of two inputs',
    ],
    [
      'an input where there is none',
      [{ name: 'a', indicator: 'atr', input: 'close' }],
      'atr is computed of the bars themselves',
    ],
    [
      'name twice',
      [
        { name: 'a', indicator: 'atr' },
        { name: 'a', indicator: 'rsi' },
      ],
      'FEATURE_NAME feature "a" is listed twice',
    ],
    ['name of a value', [{ name: 'close', indicator: 'atr' }], 'has the name of a value of the bar'],
    ['empty name', [{ name: '', indicator: 'atr' }], 'has no name'],
    ['word', [{ name: 'a', indicator: 'rank', parameters: { group: 'planet' }, input: 'close' }], 'feature "a": rank'],
  ])('refuses a wrong %s', (_, definitions, message) => {
    expect(refusal(...definitions)).toContain(message);
  });

  test('refuses features that are computed of themselves, with the way around', () => {
    expect(
      refusal(
        { name: 'a', indicator: 'sma', input: 'b' },
        { name: 'b', indicator: 'sma', input: 'c' },
        { name: 'c', indicator: 'lag', input: 'a' },
      ),
    ).toBe('FEATURE_CYCLE features are computed of themselves: a → b → c → a; take one out of the circle');
  });
});

describe('the catalogue', () => {
  test('has every indicator of the package, and each can be made with its defaults', () => {
    const notFeatures = [
      'batch',
      'batchAll',
      'catalogue',
      'convergenceBars',
      'defaultFeatures',
      'featureColumns',
      'featureSet',
      'field',
      'stream',
      'streamAll',
    ];
    // Sums over all bars depend on where the data begins: they are offered as differences only.
    const endless = ['obv', 'accumulationDistribution'];
    const names = Object.keys(indicators).filter((name) => ![...notFeatures, ...endless].includes(name));
    expect([...catalogue.keys()].sort()).toEqual(names.sort());
    for (const [name, { parameters, inputs, create }] of catalogue) {
      const spec = create(parameters, (['close', 'volume'] as const).slice(0, inputs === 2 ? 2 : 0));
      expect(spec.key, name).not.toBe('');
      expect(spec.warmUpBars, name).toBeGreaterThanOrEqual(1);
    }
  });

  test('a parameter that is given is the one that is used', () => {
    for (const [name, { parameters, inputs, create }] of catalogue) {
      const given = (['close', 'volume'] as const).slice(0, inputs === 2 ? 2 : 0);
      const base = create(parameters, given).key;
      for (const [parameter, value] of Object.entries(parameters)) {
        if (typeof value !== 'number') continue;
        const other = create({ ...parameters, [parameter]: value + (Number.isInteger(value) ? 1 : 0.01) }, given);
        expect(other.key, `${name}.${parameter}`).not.toBe(base);
      }
    }
  });

  test('the default set has twenty-five features besides their inputs, without a unit', () => {
    const features = featureSet(defaultFeatures).features.filter(({ name }) => !name.startsWith('_'));
    expect(features).toHaveLength(25);
    expect(features.filter(({ unit }) => unit !== 'none')).toEqual([]);
  });
});
