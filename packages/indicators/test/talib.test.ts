/** Our kernels against TA-Lib's C code, each over five kinds of prices. */
import type { FeatureSpec } from '@tradekit/core';
import * as own from '@tradekit/indicators';
import { contractMarket, type MarketKind } from '@tradekit/indicators/testing';
import { describe, expect, test } from 'vitest';
import { talib } from './talib.js';

const ROWS = 3000;

type Field = 'open' | 'high' | 'low' | 'close' | 'volume';
type Series = Readonly<Record<Field, Float64Array>>;

/** Bars of one instrument of a market of the contract. */
function series(kind: MarketKind): Series {
  const { bars, universe } = contractMarket(kind, ROWS);
  const column = (name: Field): Float64Array => bars[name].filter((_, cell) => cell % universe.size === 1);
  return {
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

const markets = new Map(
  (['clean', 'constant', 'one-tick', 'million', 'zero-volume'] as const).map((kind) => [kind, series(kind)]),
);

interface Case {
  readonly spec: FeatureSpec;
  readonly name: string;
  readonly inputs: readonly Field[];
  readonly parameters?: readonly number[];
  /** Which output, and of how many. */
  readonly output?: readonly [number, number];
  /** Largest difference, relative to the size of the value where that is above 1; 0: not one bit. */
  readonly within: number;
}

const HLC: readonly Field[] = ['high', 'low', 'close'];
const C: readonly Field[] = ['close'];

const cases: readonly Case[] = [
  { spec: own.sma(20), name: 'SMA', inputs: C, parameters: [20], within: 0 },
  { spec: own.volumeAverage(30), name: 'SMA', inputs: ['volume'], parameters: [30], within: 0 },
  { spec: own.ema(26), name: 'EMA', inputs: C, parameters: [26], within: 0 },
  { spec: own.macdLine(), name: 'MACD', inputs: C, parameters: [12, 26, 9], output: [0, 3], within: 0 },
  { spec: own.macdSignal(), name: 'MACD', inputs: C, parameters: [12, 26, 9], output: [1, 3], within: 0 },
  { spec: own.macdHistogram(), name: 'MACD', inputs: C, parameters: [12, 26, 9], output: [2, 3], within: 0 },
  { spec: own.atr(14), name: 'ATR', inputs: HLC, parameters: [14], within: 0 },
  { spec: own.trueRange(), name: 'TRANGE', inputs: HLC, within: 0 },
  { spec: own.obv(), name: 'OBV', inputs: ['close', 'volume'], within: 0 },
  { spec: own.rsi(14), name: 'RSI', inputs: C, parameters: [14], within: 0 },
  { spec: own.wma(10), name: 'WMA', inputs: C, parameters: [10], within: 1e-9 },
  { spec: own.dema(10), name: 'DEMA', inputs: C, parameters: [10], within: 1e-9 },
  { spec: own.tema(10), name: 'TEMA', inputs: C, parameters: [10], within: 1e-9 },
  { spec: own.adx(14), name: 'ADX', inputs: HLC, parameters: [14], within: 1e-9 },
  { spec: own.plusDi(14), name: 'PLUS_DI', inputs: HLC, parameters: [14], within: 1e-9 },
  { spec: own.minusDi(14), name: 'MINUS_DI', inputs: HLC, parameters: [14], within: 1e-9 },
  { spec: own.parabolicSar(), name: 'SAR', inputs: ['high', 'low'], parameters: [0.02, 0.2], within: 1e-9 },
  { spec: own.linearRegressionSlope(14), name: 'LINEARREG_SLOPE', inputs: C, parameters: [14], within: 1e-9 },
  { spec: own.kama(), name: 'KAMA', inputs: C, parameters: [10], within: 1e-9 },
  { spec: own.roc(10), name: 'ROC', inputs: C, parameters: [10], within: 1e-9 },
  { spec: own.momentum(10), name: 'MOM', inputs: C, parameters: [10], within: 1e-9 },
  { spec: own.stochasticK(), name: 'STOCH', inputs: HLC, parameters: [14, 3, 0, 3, 0], output: [0, 2], within: 1e-9 },
  { spec: own.stochasticD(), name: 'STOCH', inputs: HLC, parameters: [14, 3, 0, 3, 0], output: [1, 2], within: 1e-9 },
  { spec: own.stochasticRsiK(), name: 'STOCHRSI', inputs: C, parameters: [14, 14, 3, 0], output: [0, 2], within: 1e-9 },
  { spec: own.stochasticRsiD(), name: 'STOCHRSI', inputs: C, parameters: [14, 14, 3, 0], output: [1, 2], within: 1e-9 },
  { spec: own.cci(20), name: 'CCI', inputs: HLC, parameters: [20], within: 1e-9 },
  { spec: own.williamsR(14), name: 'WILLR', inputs: HLC, parameters: [14], within: 1e-9 },
  { spec: own.trix(15), name: 'TRIX', inputs: C, parameters: [15], within: 1e-9 },
  { spec: own.ultimateOscillator(), name: 'ULTOSC', inputs: HLC, parameters: [7, 14, 28], within: 1e-9 },
  { spec: own.standardDeviation(20), name: 'STDDEV', inputs: C, parameters: [20, 1], within: 1e-9 },
  { spec: own.bollingerUpper(), name: 'BBANDS', inputs: C, parameters: [20, 2, 2, 0], output: [0, 3], within: 1e-9 },
  { spec: own.bollingerLower(), name: 'BBANDS', inputs: C, parameters: [20, 2, 2, 0], output: [2, 3], within: 1e-9 },
  { spec: own.donchianUpper(20), name: 'MAX', inputs: ['high'], parameters: [20], within: 0 },
  { spec: own.donchianLower(20), name: 'MIN', inputs: ['low'], parameters: [20], within: 0 },
  { spec: own.mfi(14), name: 'MFI', inputs: [...HLC, 'volume'], parameters: [14], within: 1e-9 },
  { spec: own.accumulationDistribution(), name: 'AD', inputs: [...HLC, 'volume'], within: 1e-9 },
];

describe.each([...markets])('%s prices', (_kind, bars) => {
  test.each(cases.map((one) => [`${one.name} ${one.spec.key}`, one] as const))(
    '%s',
    (_, { spec, name, inputs, parameters = [], output = [0, 1], within }) => {
      const reference =
        talib(
          name,
          inputs.map((field) => bars[field]),
          parameters,
          output[1],
        )[output[0]] ?? new Float64Array(0);
      const values = own.batch(spec, bars);
      let worst = 0;
      for (const [row, wanted] of reference.entries()) {
        const value = values[row] ?? Number.NaN;
        if (Number.isNaN(wanted)) continue;
        if (within === 0)
          expect(Object.is(value, wanted) || value === wanted, `row ${row}: ${value} against ${wanted}`).toBe(true);
        else
          worst = Math.max(
            worst,
            Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.abs(value - wanted) / Math.max(1, Math.abs(wanted)),
          );
      }
      expect(
        values.findIndex((value) => !Number.isNaN(value)),
        'first value',
      ).toBeLessThanOrEqual(reference.findIndex((value) => !Number.isNaN(value)));
      expect(worst).toBeLessThanOrEqual(within);
    },
  );
});
