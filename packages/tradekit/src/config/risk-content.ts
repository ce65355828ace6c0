/** `risk`: the sizer and the rules of the shipped risk manager, as they stand in a config. */
import type { Competition, HaltPolicy } from '@tradekit/risk';
import type { SizerContent } from './sizer-content.js';

/** `risk`: each key is one rule of `@tradekit/risk`; one that is left out, and has no default, is no limit. */
export interface RiskLimits {
  /** Value of a new position as a fraction of its strategy's share of the equity. Default 0.04; absent where there is a sizer. */
  readonly targetFraction?: number | undefined;
  /** Sizes the wishes, in place of `targetFraction`. */
  readonly sizer?: SizerContent | undefined;
  /** Who gives way when wishes of one slice want the same room. Default `pro-rata`. */
  readonly competition?: Competition | undefined;
  /** How many times a limit on exposure drift may come to before what is held is trimmed. Default 1.2. */
  readonly trimFactor?: number | undefined;
  /** Most in one symbol, as a fraction of the equity. Default 0.05. */
  readonly maxPositionFraction: number;
  /** Most in one sector. Default 0.25 where a symbol has a sector; where none has, absent is no limit. */
  readonly maxSectorFraction?: number | undefined;
  /** Most in all, longs and shorts added up. Default 1. */
  readonly maxGrossFraction: number;
  /** Most by which the book may lean to one side. */
  readonly maxNetFraction?: number | undefined;
  /** Most in all as a multiple of the equity. */
  readonly maxLeverage?: number | undefined;
  /** What buys are paid with: the cash that is there (the default), or the margin of everything held and working. */
  readonly buyingPower?: 'cash' | MarginContent | undefined;
  /** Most instruments held or being opened. */
  readonly maxPositions?: number | undefined;
  /** Highest Σ w ρ of a name that is added with the book and itself. */
  readonly maxCorrelation?: number | undefined;
  /** Most in names that move as one. */
  readonly maxClusterFraction?: number | undefined;
  /** Names with a higher correlation move as one. Default 0.7. */
  readonly clusterCorrelation?: number | undefined;
  /** Most of the mean volume of a session that may be at work on one side of an instrument. */
  readonly maxVolumeShare?: number | undefined;
  /** Most shares of one opening order. */
  readonly maxOrderQuantity?: number | undefined;
  /** Most dollars of one opening order at its worst price. */
  readonly maxOrderNotional?: number | undefined;
  /** Most that a position may lose at its stop, as a fraction of the equity. A wish without a stop is refused then. */
  readonly maxTradeLossFraction?: number | undefined;
  /** How far an order's price may lie from the last bar's close. */
  readonly priceCollarFraction?: number | undefined;
  /** Most minutes since the end of the instrument's last bar. */
  readonly maxDataAgeMinutes?: number | undefined;
  /** Most opening orders within 60 seconds. */
  readonly maxOrdersPerMinute?: number | undefined;
  /** Most opening orders of a session. */
  readonly maxTradesPerDay?: number | undefined;
  /** So long the same order must not be repeated. */
  readonly repeatedOrderSeconds?: number | undefined;
  /** `refuse`: nothing opens against an order of ours that rests on the other side. Default `allow`. */
  readonly washTrades?: 'refuse' | 'allow' | undefined;
  /** Ids that may be sold short; an empty list: none. Absent: all. */
  readonly shortSymbols?: readonly string[] | undefined;
  /** Hours of the session in which something may open. */
  readonly tradingHours?: TradingHoursContent | undefined;
  /** Sessions in which nothing opens. */
  readonly blackOuts?: readonly BlackOutContent[] | undefined;
  /** After a trade that lost, nothing opens in its instrument for so long. */
  readonly coolDownMinutes?: number | undefined;
  /** Loss since the last official close that halts trading for the session. */
  readonly maxDailyLossFraction?: number | undefined;
  /** Fall from the peak that halts trading until a start releases it. */
  readonly maxDrawdownFraction?: number | undefined;
  /** What a halt does with positions. Default `flatten`. */
  readonly onHalt?: HaltPolicy | undefined;
  /** For research: a halt for drawdown ends by itself so many sessions later. */
  readonly releaseAfterSessions?: number | undefined;
}

/** `risk.buyingPower` as margin: equity that a dollar ties up. */
export interface MarginContent {
  /** Of longs. Default 0.5. */
  readonly longMarginFraction?: number | undefined;
  /** Of shorts, beside their proceeds. Default 0.5. */
  readonly shortMarginFraction?: number | undefined;
}

/** `risk.tradingHours`: minutes from the session's own open and to its own close. */
export interface TradingHoursContent {
  /** Nothing opens before. Default 0. */
  readonly afterOpenMinutes?: number | undefined;
  /** Nothing opens after. Default 0. */
  readonly beforeCloseMinutes?: number | undefined;
}

/** One of `risk.blackOuts`. */
export interface BlackOutContent {
  /** Id of the instrument; absent: every one. */
  readonly symbol?: string | undefined;
  /** First New York date, `YYYY-MM-DD`. */
  readonly first: string;
  /** Last New York date, included. */
  readonly last: string;
  /** Stands in the refusal. */
  readonly why: string;
}
