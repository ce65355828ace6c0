/** Parameters that cannot be meant are refused with the name of the indicator and what to give instead. */
import { ConfigError } from '@tradekit/core';
import * as own from '@tradekit/indicators';
import { describe, expect, test } from 'vitest';

const VolatilityPeriod = (make: (options: own.VolatilityOptions) => own.Indicator) => (period: number) =>
  make({ period });

/** Every indicator with a length, by its name. */
const lengths: Readonly<Record<string, (period: number) => unknown>> = {
  accumulationDistributionChange: own.accumulationDistributionChange,
  adx: own.adx,
  atr: own.atr,
  bollingerBandwidth: (period) => own.bollingerBandwidth({ period }),
  bollingerLower: (period) => own.bollingerLower({ period }),
  bollingerPercentB: (period) => own.bollingerPercentB({ period }),
  bollingerUpper: (period) => own.bollingerUpper({ period }),
  cci: own.cci,
  chaikinMoneyFlow: own.chaikinMoneyFlow,
  change: (bars) => own.change('close', bars),
  dema: own.dema,
  dispersion: own.dispersion,
  donchianLower: own.donchianLower,
  donchianMiddle: own.donchianMiddle,
  donchianUpper: own.donchianUpper,
  ema: own.ema,
  forceIndex: own.forceIndex,
  garmanKlassVolatility: VolatilityPeriod(own.garmanKlassVolatility),
  historicalVolatility: VolatilityPeriod(own.historicalVolatility),
  ichimokuBase: own.ichimokuBase,
  ichimokuConversion: own.ichimokuConversion,
  ichimokuSpanA: (displacement) => own.ichimokuSpanA({ displacement }),
  ichimokuSpanB: (span) => own.ichimokuSpanB({ span }),
  kama: (period) => own.kama({ period }),
  keltnerLower: (period) => own.keltnerLower({ period }),
  keltnerUpper: (atrPeriod) => own.keltnerUpper({ atrPeriod }),
  lag: (bars) => own.lag('close', bars),
  linearRegressionSlope: own.linearRegressionSlope,
  logReturn: own.logReturn,
  macd: (fast) => own.macdLine({ fast }),
  mfi: own.mfi,
  minusDi: own.minusDi,
  momentum: own.momentum,
  obvChange: own.obvChange,
  openingRangeHigh: own.openingRangeHigh,
  openingRangeLow: own.openingRangeLow,
  parkinsonVolatility: VolatilityPeriod(own.parkinsonVolatility),
  plusDi: own.plusDi,
  relativeStrength: own.relativeStrength,
  relativeStrengthRank: own.relativeStrengthRank,
  relativeVolume: (sessions) => own.relativeVolume({ sessions }),
  resistance: (touches) => own.resistance({ touches }),
  returnDeviation: own.returnDeviation,
  roc: own.roc,
  rollingSkewness: (period) => own.rollingSkewness({ period }),
  rollingZScore: own.rollingZScore,
  rsi: own.rsi,
  sectorMomentum: own.sectorMomentum,
  sma: own.sma,
  standardDeviation: own.standardDeviation,
  stochasticD: (signal) => own.stochasticD({ signal }),
  stochasticK: (period) => own.stochasticK({ period }),
  stochasticRsiD: (signal) => own.stochasticRsiD({ signal }),
  stochasticRsiK: (period) => own.stochasticRsiK({ period }),
  supertrend: (period) => own.supertrend({ period }),
  support: (swings) => own.support({ swings }),
  swingHigh: (left) => own.swingHigh({ left }),
  swingLow: (right) => own.swingLow({ right }),
  tema: own.tema,
  trix: own.trix,
  ultimateOscillator: own.ultimateOscillator,
  volumeAverage: own.volumeAverage,
  wilder: own.wilder,
  williamsR: own.williamsR,
  wma: own.wma,
  yangZhangVolatility: VolatilityPeriod(own.yangZhangVolatility),
};

describe.each(Object.entries(lengths))('%s', (name, make) => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a length of %s', (length) => {
    expect(() => make(length)).toThrow(ConfigError);
    expect(() => make(length)).toThrow(
      new RegExp(`^${name} has the .* ${length}; give a whole number of at least \\d`),
    );
  });
});

test.each([
  ['macdLine', () => own.macdLine({ fast: 26, slow: 12 }), 'make the fast one the shorter'],
  [
    'bollingerUpper',
    () => own.bollingerUpper({ deviations: 0 }),
    'bollingerUpper has the deviations 0; give a finite number above 0',
  ],
  ['keltnerLower', () => own.keltnerLower({ multiplier: -1 }), 'keltnerLower has the multiplier -1'],
  ['supertrend', () => own.supertrend({ multiplier: Number.NaN }), 'supertrend has the multiplier NaN'],
  [
    'parabolicSar',
    () => own.parabolicSar({ acceleration: 0.3 }),
    'parabolicSar has the acceleration 0.3; give a number from',
  ],
  ['parabolicSar', () => own.parabolicSar({ maximum: 2 }), 'parabolicSar has the maximum 2'],
  [
    'parkinson',
    () => own.parkinsonVolatility({ period: 5, barsPerYear: 0 }),
    'parkinsonVolatility has the barsPerYear 0',
  ],
  ['vwapUpper', () => own.vwapUpper(0), 'vwapUpper has the deviations 0'],
  [
    'anchoredVwap',
    () => own.anchoredVwap({ date: '2024-02-30' }),
    'anchoredVwap has the date "2024-02-30"; give a day as in "2024-01-02"',
  ],
  ['anchoredVwap', () => own.anchoredVwap({ date: '2024-02-01', minute: 400 }), 'anchoredVwap has the minute 400'],
  ['relativeVolume', () => own.relativeVolume({ barMinutes: 400 }), 'relativeVolume has the barMinutes 400'],
  ['support', () => own.support({ toleranceFraction: 2 }), 'support has the toleranceFraction 2'],
  ['openingRangeHigh', () => own.openingRangeHigh(391), 'openingRangeHigh has the minutes 391'],
  ['clip', () => own.clip('close', 2, 1), 'give the lower one first'],
  ['scale', () => own.scale('close', Number.NaN), 'give a finite number'],
  [
    'correlation',
    () => own.rollingCorrelation(2, 'close', 'open'),
    'correlation has the period 2; give a whole number of at least 3',
  ],
  ['pivotPoint', () => own.pivotPoint({ level: 'r4' }), 'classic pivot points have no level "r4"; give one of p, r1'],
  [
    'pivotPoint',
    () => own.pivotPoint({ method: 'demark' as own.PivotMethod }),
    'give one of classic, fibonacci, camarilla, woodie',
  ],
  [
    'candlestick',
    () => own.candlestick('cloud' as own.CandlestickPattern),
    'candlestick has the pattern "cloud"; give one of doji',
  ],
  ['previousSession', () => own.previousSession('volume' as own.SessionPrice), 'give one of open, high, low, close'],
  ['field', () => own.field('price' as own.BarField), 'field has the name "price"; give one of open'],
  ['sma', () => own.sma({ period: 3, input: 'price' as own.BarField }), 'sma has the input "price"; give one of open'],
  [
    'rank',
    () => own.rank('close', 'industry' as own.Group),
    'rank has the group "industry"; give one of market, sector',
  ],
  ['convergenceBars', () => own.convergenceBars(own.sma(3), 0), 'give a fraction above 0 and below 1'],
])('%s names what is wrong', (_, make, message) => {
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(message);
});

test('a period longer than the data gives no value, and no error', () => {
  const column = new Float64Array([1, 2, 3]);
  const bars = { open: column, high: column, low: column, close: column, volume: column };
  expect([...own.batch(own.rsi(100), bars)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
