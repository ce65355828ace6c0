/** Strategies that see what everybody sees, in twenty tempers. */
import type { FeatureHandle, InstrumentIndex, MarketView, Signal, StrategyFactory } from '@tradekit/core';
import {
  atr,
  donchianLower,
  donchianUpper,
  ema,
  macdHistogram,
  obvChange,
  roc,
  rollingZScore,
  rsi,
  sma,
  stochasticK,
} from '@tradekit/indicators';
import { meanReversion, momentum } from '@tradekit/strategies';

type Ask = Parameters<StrategyFactory>[0]['feature'];
type Read = (handle: FeatureHandle) => number;
type Rule = (ask: Ask) => (read: Read, market: MarketView, instrument: InstrumentIndex) => number;

/** Long where the rule is above 0, flat, or short, where it is below. */
function by(name: string, rule: Rule, below: 0 | -1 = 0): [string, StrategyFactory] {
  return [
    name,
    (setup) => {
      const value = rule((spec) => setup.feature(spec));
      return {
        name,
        generateSignals: (market) =>
          market.instruments.flatMap((instrument): Signal[] => {
            const v = value((handle) => market.feature(handle, instrument), market, instrument);
            if (Number.isNaN(v)) return [];
            const direction = v > 0 ? 1 : below;
            return direction === market.stance(instrument).direction
              ? []
              : [{ instrument, direction, reason: String(v > 0) }];
          }),
      };
    },
  ];
}

const cross =
  (make: (period: number) => Parameters<Ask>[0], fast: number, slow: number): Rule =>
  (ask) => {
    const a = ask(make(fast));
    const b = ask(make(slow));
    return (read) => read(a) - read(b);
  };

/** Twenty honest ones. */
export const honest: readonly (readonly [string, StrategyFactory])[] = [
  by('sma 5 over 20', cross(sma, 5, 20)),
  by('sma 10 over 40', cross(sma, 10, 40), -1),
  by('ema 3 over 10', cross(ema, 3, 10)),
  by('ema 5 over 12', cross(ema, 5, 12), -1),
  by('rsi 10 below 45', (ask) => {
    const handle = ask(rsi(10));
    return (read) => 45 - read(handle);
  }),
  by('rsi 5 above 60', (ask) => {
    const handle = ask(rsi(5));
    return (read) => read(handle) - 60;
  }),
  by('z-score below −1', (ask) => {
    const handle = ask(rollingZScore(20));
    return (read) => -1 - read(handle);
  }),
  by('above the middle of its channel', (ask) => {
    const upper = ask(donchianUpper(20));
    const lower = ask(donchianLower(20));
    return (read, market, instrument) => market.close(instrument) - (read(upper) + read(lower)) / 2;
  }),
  by('macd above its signal', (ask) => {
    const handle = ask(macdHistogram());
    return (read) => read(handle);
  }),
  by('roc 10', (ask) => {
    const handle = ask(roc(10));
    return (read) => read(handle);
  }),
  by('volume balance rises', (ask) => {
    const handle = ask(obvChange(10));
    return (read) => read(handle);
  }),
  by('stochastic below 30', (ask) => {
    const handle = ask(stochasticK());
    return (read) => 30 - read(handle);
  }),
  by('always long', () => () => 1),
  by('long on Mondays', () => (_read, market) => (Math.floor(market.session) % 7 === 4 ? 1 : -1)),
  by('long in the morning', () => (_read, market) => 13 - (market.slice % 26)),
  by('up bars', () => (_read, market, instrument) => market.close(instrument) - market.open(instrument)),
  by(
    'a coin of its own',
    () => (_read, market, instrument) => (((market.slice * 2_654_435_761 + instrument * 97) >>> 7) % 2) - 0.5,
  ),
  [
    'breakout with stop and target',
    (setup) => {
      const average = setup.feature(sma(10));
      const range = setup.feature(atr(10));
      return {
        name: 'breakout',
        generateSignals: (market) =>
          market.instruments.flatMap((instrument): Signal[] => {
            const close = market.close(instrument);
            const step = market.feature(range, instrument);
            if (!(close > market.feature(average, instrument) + step / 2)) return [];
            if (market.stance(instrument).direction !== 0) return [];
            return [
              {
                instrument,
                direction: 1,
                stopPrice: close - 2 * step,
                targetPrice: close + 2 * step,
                reason: 'breakout',
              },
            ];
          }),
      };
    },
  ],
  ['momentum', momentum as StrategyFactory],
  ['mean reversion', meanReversion as StrategyFactory],
];
