/** Every indicator by name, so that features can be written in a file. */
import type { FeatureSpec } from '@tradekit/core';
import type { Input } from '../base/input.js';
import { change } from '../combine/change.js';
import { clip } from '../combine/clip.js';
import { difference } from '../combine/difference.js';
import { lag } from '../combine/lag.js';
import { middle } from '../combine/middle.js';
import { ratio } from '../combine/ratio.js';
import { rollingZScore } from '../combine/rolling-z-score.js';
import { scale } from '../combine/scale.js';
import { groupBeta, groupCorrelation, rollingBeta, rollingCorrelation } from '../cross-asset/co-movement.js';
import { groupDeviation, groupMean, groupZScore } from '../cross-asset/group-moments.js';
import type { Group } from '../cross-asset/groups.js';
import { rank } from '../cross-asset/rank.js';
import {
  breadth,
  dispersion,
  relativeStrength,
  relativeStrengthRank,
  sectorMomentum,
} from '../cross-asset/strength.js';
import { awesomeOscillator } from '../momentum/awesome-oscillator.js';
import { cci } from '../momentum/cci.js';
import { momentum } from '../momentum/momentum.js';
import { roc } from '../momentum/roc.js';
import { rsi } from '../momentum/rsi.js';
import { stochasticD, stochasticK } from '../momentum/stochastic.js';
import { stochasticRsiD, stochasticRsiK } from '../momentum/stochastic-rsi.js';
import { trix } from '../momentum/trix.js';
import { ultimateOscillator } from '../momentum/ultimate-oscillator.js';
import { williamsR } from '../momentum/williams-r.js';
import { type CandlestickPattern, candlestick } from '../price-action/candlestick.js';
import { gapFilled, openingGap } from '../price-action/gap.js';
import {
  resistance,
  resistanceAge,
  resistanceTouches,
  support,
  supportAge,
  supportTouches,
} from '../price-action/levels.js';
import { openingRangeHigh, openingRangeLow } from '../price-action/opening-range.js';
import { type PivotLevel, type PivotMethod, pivotPoint } from '../price-action/pivot-points.js';
import { previousSession, type SessionPrice } from '../price-action/previous-session.js';
import { sessionOpen } from '../price-action/session-open.js';
import { swingHigh, swingLow } from '../price-action/swings.js';
import { barGap } from '../returns/bar-gap.js';
import { logReturn } from '../returns/log-return.js';
import { rollingSkewness } from '../returns/rolling-skewness.js';
import { intradayReturn, overnightReturn } from '../returns/session-return.js';
import { adx } from '../trend/adx.js';
import { dema } from '../trend/dema.js';
import { minusDi, plusDi } from '../trend/directional-movement.js';
import { ema } from '../trend/ema.js';
import { ichimokuBase, ichimokuConversion, ichimokuSpanA, ichimokuSpanB } from '../trend/ichimoku.js';
import { kama } from '../trend/kama.js';
import { linearRegressionSlope } from '../trend/linear-regression-slope.js';
import { macdHistogram, macdLine, macdSignal } from '../trend/macd.js';
import { parabolicSar, parabolicSarDirection } from '../trend/parabolic-sar.js';
import { sma } from '../trend/sma.js';
import { supertrend, supertrendDirection } from '../trend/supertrend.js';
import { tema } from '../trend/tema.js';
import { wilder } from '../trend/wilder.js';
import { wma } from '../trend/wma.js';
import { atr } from '../volatility/atr.js';
import { bollingerBandwidth, bollingerLower, bollingerPercentB, bollingerUpper } from '../volatility/bollinger.js';
import { donchianLower, donchianMiddle, donchianUpper } from '../volatility/donchian.js';
import { historicalVolatility } from '../volatility/historical-volatility.js';
import { keltnerLower, keltnerUpper } from '../volatility/keltner.js';
import { garmanKlassVolatility, parkinsonVolatility, yangZhangVolatility } from '../volatility/range-volatility.js';
import { returnDeviation } from '../volatility/return-deviation.js';
import { standardDeviation } from '../volatility/standard-deviation.js';
import { trueRange } from '../volatility/true-range.js';
import { accumulationDistributionChange } from '../volume/accumulation-distribution.js';
import { chaikinMoneyFlow } from '../volume/chaikin-money-flow.js';
import { forceIndex } from '../volume/force-index.js';
import { mfi } from '../volume/mfi.js';
import { obvChange } from '../volume/obv.js';
import { relativeVolume } from '../volume/relative-volume.js';
import { volumeAverage } from '../volume/volume-average.js';
import { anchoredVwap, vwap, vwapDeviation, vwapLower, vwapUpper } from '../volume/vwap.js';

/** A parameter as it stands in a file. */
export type ParameterValue = number | string | boolean;

/** Parameters of an indicator by name. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** An indicator that a feature can name. */
export interface CatalogueEntry {
  readonly name: string;
  readonly family:
    | 'trend'
    | 'momentum'
    | 'volatility'
    | 'volume'
    | 'price action'
    | 'cross-asset'
    | 'returns'
    | 'combinators';
  /** In a few words. */
  readonly formula: string;
  /** What it may be given, with defaults. */
  readonly parameters: Parameters;
  /** How many inputs it is computed of; 0 reads the bars themselves. */
  readonly inputs: 0 | 1 | 2;
  /** Throws `ConfigError` on values that the indicator refuses. */
  create(parameters: Parameters, inputs: readonly Input[]): FeatureSpec;
}

type Given<P> = { readonly [K in keyof P]: P[K] extends number ? number : P[K] extends boolean ? boolean : string };
type Make<P> = (parameters: Given<P>, inputs: readonly [Input, Input]) => FeatureSpec;

/** One family, its entries in short: name, formula, parameters with defaults, count of inputs, how it is made, and what it reads by default. */
function family(name: CatalogueEntry['family']) {
  return <const P extends Parameters>(
    entry: string,
    formula: string,
    parameters: P,
    inputs: CatalogueEntry['inputs'],
    make: Make<P>,
    reads: Input = 'close',
  ): CatalogueEntry => ({
    name: entry,
    family: name,
    formula,
    parameters,
    inputs,
    create: (given, [first = reads, second = first]) => make(given as Given<P>, [first, second]),
  });
}

const trend = family('trend');
const speed = family('momentum');
const volatility = family('volatility');
const volume = family('volume');
const action = family('price action');
const cross = family('cross-asset');
const returns = family('returns');
const combine = family('combinators');

const LEVELS = { left: 3, right: 3, swings: 20, toleranceFraction: 0.005, touches: 2 } as const;

const ENTRIES: readonly CatalogueEntry[] = [
  trend('sma', 'mean of the last values', { period: 20 }, 1, ({ period }, [input]) => sma({ period, input })),
  trend('ema', 'exponential average, smoothing 2 / (period + 1)', { period: 20 }, 1, ({ period }, [input]) =>
    ema({ period, input }),
  ),
  trend('wma', 'average with weights 1 … period', { period: 20 }, 1, ({ period }, [input]) => wma({ period, input })),
  trend('dema', '2 ema − ema of the ema', { period: 20 }, 1, ({ period }, [input]) => dema({ period, input })),
  trend('tema', '3 ema − 3 ema² + ema³', { period: 20 }, 1, ({ period }, [input]) => tema({ period, input })),
  trend('wilder', "Wilder's average, smoothing 1 / period", { period: 14 }, 1, ({ period }, [input]) =>
    wilder({ period, input }),
  ),
  trend('kama', "Kaufman's adaptive average", { period: 10, fast: 2, slow: 30 }, 1, (p, [input]) =>
    kama({ ...p, input }),
  ),
  trend('macdLine', 'ema fast − ema slow', { fast: 12, slow: 26 }, 1, (p, [input]) => macdLine({ ...p, input })),
  trend('macdSignal', 'ema of the MACD line', { fast: 12, slow: 26, signal: 9 }, 1, (p, [input]) =>
    macdSignal({ ...p, input }),
  ),
  trend('macdHistogram', 'MACD line − its signal', { fast: 12, slow: 26, signal: 9 }, 1, (p, [input]) =>
    macdHistogram({ ...p, input }),
  ),
  trend('adx', 'average directional index', { period: 14 }, 0, ({ period }) => adx(period)),
  trend('plusDi', 'rising directional movement ÷ true range', { period: 14 }, 0, ({ period }) => plusDi(period)),
  trend('minusDi', 'falling directional movement ÷ true range', { period: 14 }, 0, ({ period }) => minusDi(period)),
  trend('supertrend', 'median price ± multiplier × ATR, trailing', { period: 10, multiplier: 3 }, 0, (p) =>
    supertrend(p),
  ),
  trend('supertrendDirection', '1 above the supertrend, −1 below', { period: 10, multiplier: 3 }, 0, (p) =>
    supertrendDirection(p),
  ),
  trend('parabolicSar', 'stop and reverse', { acceleration: 0.02, maximum: 0.2 }, 0, (p) => parabolicSar(p)),
  trend('parabolicSarDirection', '1 above the stop, −1 below', { acceleration: 0.02, maximum: 0.2 }, 0, (p) =>
    parabolicSarDirection(p),
  ),
  trend('ichimokuConversion', 'middle of the range of a few bars', { period: 9 }, 0, ({ period }) =>
    ichimokuConversion(period),
  ),
  trend('ichimokuBase', 'middle of the range of more bars', { period: 26 }, 0, ({ period }) => ichimokuBase(period)),
  trend(
    'ichimokuSpanA',
    'middle of conversion and base, displaced',
    { conversion: 9, base: 26, displacement: 26 },
    0,
    (p) => ichimokuSpanA(p),
  ),
  trend('ichimokuSpanB', 'middle of the long range, displaced', { span: 52, displacement: 26 }, 0, (p) =>
    ichimokuSpanB(p),
  ),
  trend('linearRegressionSlope', 'slope of the least-squares line', { period: 14 }, 1, ({ period }, [input]) =>
    linearRegressionSlope({ period, input }),
  ),

  speed('rsi', 'gains ÷ (gains + losses), Wilder', { period: 14 }, 1, ({ period }, [input]) => rsi({ period, input })),
  speed('roc', 'value ÷ the one before − 1, in percent', { period: 10 }, 1, ({ period }, [input]) =>
    roc({ period, input }),
  ),
  speed('momentum', 'value − the one before', { period: 10 }, 1, ({ period }, [input]) => momentum({ period, input })),
  speed('stochasticK', 'place in the range, smoothed', { period: 14, smoothing: 3 }, 0, (p) => stochasticK(p)),
  speed('stochasticD', 'mean of %K', { period: 14, smoothing: 3, signal: 3 }, 0, (p) => stochasticD(p)),
  speed('stochasticRsiK', 'place of the RSI in its range', { rsiPeriod: 14, period: 14 }, 0, (p) => stochasticRsiK(p)),
  speed('stochasticRsiD', 'mean of the stochastic RSI', { rsiPeriod: 14, period: 14, signal: 3 }, 0, (p) =>
    stochasticRsiD(p),
  ),
  speed('cci', 'distance from the mean ÷ 0.015 mean deviations', { period: 20 }, 0, ({ period }) => cci(period)),
  speed('williamsR', 'distance from the high of the range', { period: 14 }, 0, ({ period }) => williamsR(period)),
  speed('trix', 'change of a threefold ema', { period: 15 }, 1, ({ period }, [input]) => trix({ period, input })),
  speed(
    'ultimateOscillator',
    'buying pressure of three lengths',
    { short: 7, medium: 14, long: 28 },
    0,
    ({ short, medium, long }) => ultimateOscillator(short, medium, long),
  ),
  speed('awesomeOscillator', 'short less long average of median prices', { fast: 5, slow: 34 }, 0, ({ fast, slow }) =>
    awesomeOscillator(fast, slow),
  ),

  volatility('trueRange', 'range with the close before', {}, 0, () => trueRange()),
  volatility('atr', "Wilder's average of the true range", { period: 14 }, 0, ({ period }) => atr(period)),
  volatility(
    'standardDeviation',
    'deviation of the last values',
    { period: 20, sample: false },
    1,
    ({ period, sample }, [input]) => standardDeviation({ period, sample, input }),
  ),
  volatility('returnDeviation', 'deviation of log returns, n − 1', { period: 130 }, 0, ({ period }) =>
    returnDeviation(period),
  ),
  volatility('bollingerUpper', 'sma + deviations', { period: 20, deviations: 2 }, 1, (p, [input]) =>
    bollingerUpper({ ...p, input }),
  ),
  volatility('bollingerLower', 'sma − deviations', { period: 20, deviations: 2 }, 1, (p, [input]) =>
    bollingerLower({ ...p, input }),
  ),
  volatility('bollingerPercentB', 'place between the bands', { period: 20, deviations: 2 }, 1, (p, [input]) =>
    bollingerPercentB({ ...p, input }),
  ),
  volatility('bollingerBandwidth', 'width of the bands ÷ sma', { period: 20, deviations: 2 }, 1, (p, [input]) =>
    bollingerBandwidth({ ...p, input }),
  ),
  volatility('keltnerUpper', 'ema + multiples of the ATR', { period: 20, atrPeriod: 10, multiplier: 2 }, 0, (p) =>
    keltnerUpper(p),
  ),
  volatility('keltnerLower', 'ema − multiples of the ATR', { period: 20, atrPeriod: 10, multiplier: 2 }, 0, (p) =>
    keltnerLower(p),
  ),
  volatility('donchianUpper', 'highest high', { period: 20 }, 0, ({ period }) => donchianUpper(period)),
  volatility('donchianLower', 'lowest low', { period: 20 }, 0, ({ period }) => donchianLower(period)),
  volatility('donchianMiddle', 'middle of both', { period: 20 }, 0, ({ period }) => donchianMiddle(period)),
  volatility('historicalVolatility', 'deviation of log returns, a year', { period: 130, barsPerYear: 6552 }, 0, (p) =>
    historicalVolatility(p),
  ),
  volatility('parkinsonVolatility', 'from highs and lows, a year', { period: 130, barsPerYear: 6552 }, 0, (p) =>
    parkinsonVolatility(p),
  ),
  volatility(
    'garmanKlassVolatility',
    'from open, high, low and close, a year',
    { period: 130, barsPerYear: 6552 },
    0,
    (p) => garmanKlassVolatility(p),
  ),
  volatility(
    'yangZhangVolatility',
    'with the way from the close before, a year',
    { period: 130, barsPerYear: 6552 },
    0,
    (p) => yangZhangVolatility(p),
  ),

  volume('obvChange', 'on-balance volume over some bars', { bars: 26 }, 0, ({ bars }) => obvChange(bars)),
  volume('accumulationDistributionChange', 'money flow volume over some bars', { bars: 26 }, 0, ({ bars }) =>
    accumulationDistributionChange(bars),
  ),
  volume('chaikinMoneyFlow', 'money flow volume ÷ volume', { period: 20 }, 0, ({ period }) => chaikinMoneyFlow(period)),
  volume('mfi', 'money flow index', { period: 14 }, 0, ({ period }) => mfi(period)),
  volume('forceIndex', 'ema of change × volume', { period: 13 }, 0, ({ period }) => forceIndex(period)),
  volume('volumeAverage', 'mean volume', { period: 20 }, 0, ({ period }) => volumeAverage(period)),
  volume('relativeVolume', 'volume ÷ mean of that time of day', { sessions: 20, barMinutes: 15 }, 0, (p) =>
    relativeVolume(p),
  ),
  volume('vwap', 'volume-weighted price of the session', {}, 0, () => vwap()),
  volume('vwapDeviation', 'volume-weighted deviation around it', {}, 0, () => vwapDeviation()),
  volume('vwapUpper', 'vwap + deviations', { deviations: 2 }, 0, ({ deviations }) => vwapUpper(deviations)),
  volume('vwapLower', 'vwap − deviations', { deviations: 2 }, 0, ({ deviations }) => vwapLower(deviations)),
  volume('anchoredVwap', 'volume-weighted price since a date', { date: '2021-01-04', minute: 0 }, 0, (p) =>
    anchoredVwap(p),
  ),

  action('previousSession', 'open, high, low or close of the session before', { price: 'close' }, 0, ({ price }) =>
    previousSession(price as SessionPrice),
  ),
  action('sessionOpen', 'first open of the session', {}, 0, () => sessionOpen()),
  action('pivotPoint', 'level of the session before', { level: 'p', method: 'classic' }, 0, ({ level, method }) =>
    pivotPoint({ level: level as PivotLevel, method: method as PivotMethod }),
  ),
  action('openingRangeHigh', 'highest price of the first minutes', { minutes: 30 }, 0, ({ minutes }) =>
    openingRangeHigh(minutes),
  ),
  action('openingRangeLow', 'lowest price of the first minutes', { minutes: 30 }, 0, ({ minutes }) =>
    openingRangeLow(minutes),
  ),
  action('openingGap', 'open ÷ last close − 1', {}, 0, () => openingGap()),
  action('gapFilled', 'whether the gap was closed', {}, 0, () => gapFilled()),
  action('swingHigh', 'last high that is confirmed', { left: 3, right: 3 }, 0, (p) => swingHigh(p)),
  action('swingLow', 'last low that is confirmed', { left: 3, right: 3 }, 0, (p) => swingLow(p)),
  action('support', 'nearest level below', LEVELS, 0, (p) => support(p)),
  action('supportTouches', 'how often it held', LEVELS, 0, (p) => supportTouches(p)),
  action('supportAge', 'bars since its oldest touch', LEVELS, 0, (p) => supportAge(p)),
  action('resistance', 'nearest level above', LEVELS, 0, (p) => resistance(p)),
  action('resistanceTouches', 'how often it held', LEVELS, 0, (p) => resistanceTouches(p)),
  action('resistanceAge', 'bars since its oldest touch', LEVELS, 0, (p) => resistanceAge(p)),
  action(
    'candlestick',
    '1 rising or without direction, −1 falling, 0 none',
    { pattern: 'engulfing' },
    0,
    ({ pattern }) => candlestick(pattern as CandlestickPattern),
  ),

  cross('groupMean', 'mean over market or sector', { group: 'market' }, 1, ({ group }, [input]) =>
    groupMean(input, group as Group),
  ),
  cross('groupDeviation', 'deviation over market or sector', { group: 'market' }, 1, ({ group }, [input]) =>
    groupDeviation(input, group as Group),
  ),
  cross('groupZScore', 'deviations above the group', { group: 'market' }, 1, ({ group }, [input]) =>
    groupZScore(input, group as Group),
  ),
  cross('rank', 'place in the group, 0 to 1', { group: 'market' }, 1, ({ group }, [input]) =>
    rank(input, group as Group),
  ),
  cross(
    'groupCorrelation',
    'correlation of returns with the group',
    { period: 130, group: 'market' },
    0,
    ({ period, group }) => groupCorrelation(period, group as Group),
  ),
  cross('groupBeta', 'beta of returns to the group', { period: 130, group: 'market' }, 0, ({ period, group }) =>
    groupBeta(period, group as Group),
  ),
  cross('rollingCorrelation', 'correlation of two inputs', { period: 130 }, 2, ({ period }, [a, b]) =>
    rollingCorrelation(period, a, b),
  ),
  cross('rollingBeta', 'slope of the first input on the second', { period: 130 }, 2, ({ period }, [a, b]) =>
    rollingBeta(period, a, b),
  ),
  cross('sectorMomentum', 'mean return of the sector', { bars: 26 }, 0, ({ bars }) => sectorMomentum(bars)),
  cross('relativeStrength', 'return less that of the group', { bars: 26, group: 'market' }, 0, ({ bars, group }) =>
    relativeStrength(bars, group as Group),
  ),
  cross('relativeStrengthRank', 'its rank in the group', { bars: 26, group: 'market' }, 0, ({ bars, group }) =>
    relativeStrengthRank(bars, group as Group),
  ),
  cross('breadth', 'part of the group above its average', { period: 130, group: 'market' }, 0, ({ period, group }) =>
    breadth(period, group as Group),
  ),
  cross('dispersion', 'deviation of returns over the group', { bars: 26, group: 'market' }, 0, ({ bars, group }) =>
    dispersion(bars, group as Group),
  ),

  returns('logReturn', 'ln of value ÷ the one before', { bars: 1 }, 0, ({ bars }) => logReturn(bars)),
  returns('overnightReturn', 'ln of the session’s open ÷ the close before', {}, 0, () => overnightReturn()),
  returns('intradayReturn', 'ln of close ÷ open of the session', {}, 0, () => intradayReturn()),
  returns('barGap', 'ln of open ÷ close of the bar before', {}, 0, () => barGap()),
  returns(
    'rollingSkewness',
    'skewness of log returns, or of an input',
    { period: 130 },
    1,
    ({ period }, [input]) => rollingSkewness({ period, input }),
    logReturn(),
  ),

  combine('lag', 'the value some bars before', { bars: 1 }, 1, ({ bars }, [input]) => lag(input, bars)),
  combine('change', 'value − the one some bars before', { bars: 1 }, 1, ({ bars }, [input]) => change(input, bars)),
  combine('difference', 'first − second', {}, 2, (_, [a, b]) => difference(a, b)),
  combine('ratio', 'first ÷ second', {}, 2, (_, [a, b]) => ratio(a, b)),
  combine('middle', 'mean of both', {}, 2, (_, [a, b]) => middle(a, b)),
  combine('scale', 'value × factor', { factor: 1 }, 1, ({ factor }, [input]) => scale(input, factor)),
  combine(
    'clip',
    'not below least, not above most; no price and no volume',
    { least: -3, most: 3 },
    1,
    ({ least, most }, [input]) => clip(input, least, most),
    logReturn(),
  ),
  combine('rollingZScore', 'deviations from the mean of the last values', { period: 130 }, 1, ({ period }, [input]) =>
    rollingZScore({ period, input }),
  ),
];

/** The indicators that a feature can name, by name. */
export const catalogue: ReadonlyMap<string, CatalogueEntry> = new Map(ENTRIES.map((entry) => [entry.name, entry]));
