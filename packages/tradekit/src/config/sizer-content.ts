/** `risk.sizer`: how wishes are sized, as it stands in a config. */
import type { FeatureDefinition } from '@tradekit/indicators';

/** One sizer of `@tradekit/risk`, by its name; some are made of others. */
export type SizerContent =
  | FixedFractionContent
  | FixedQuantityContent
  | FixedRiskContent
  | VolatilityTargetContent
  | KellyContent
  | EqualRiskContent
  | BookVolatilityContent
  | CappedContent
  | ScaledContent
  | SmallestContent;

/** Every position is worth the same fraction of its strategy's share of the equity. */
export interface FixedFractionContent {
  /** Tells it from the others. */
  readonly kind: 'fixed-fraction';
  /** `0.04` is 4 %. */
  readonly targetFraction: number;
}

/** Every position has the same number of shares. */
export interface FixedQuantityContent {
  /** Tells it from the others. */
  readonly kind: 'fixed-quantity';
  /** Above 0. */
  readonly shares: number;
}

/** The way to the stop costs the same fraction of the strategy's share of the equity. */
export interface FixedRiskContent {
  /** Tells it from the others. */
  readonly kind: 'fixed-risk';
  /** `0.005` is 0.5 %. */
  readonly riskFraction: number;
}

/** Every position moves equally much. */
export interface VolatilityTargetContent {
  /** Tells it from the others. */
  readonly kind: 'volatility-target';
  /** What a position moves in a year: `0.01` is 1 %. */
  readonly annualFraction: number;
  /** Default: the realised volatility of 60 sessions. */
  readonly measure?: MeasureContent | undefined;
}

/** How much a share moves: the deviation of its last session returns, or its average true range of sessions. */
export type MeasureContent =
  | { readonly kind: 'realised'; readonly sessions?: number | undefined }
  | { readonly kind: 'average-true-range'; readonly period?: number | undefined };

/** Mean ÷ variance at the holding horizon, of which a fraction is taken. */
export interface KellyContent {
  /** Tells it from the others. */
  readonly kind: 'kelly';
  /** Where the expected return comes from. */
  readonly edge: EdgeContent;
  /** How long a position is held. */
  readonly horizonSessions: number;
  /** Costs of one side, taken twice from the mean. Default 0. */
  readonly costBps?: number | undefined;
  /** The part of the full Kelly fraction that is taken. Default 0.25. */
  readonly fraction?: number | undefined;
}

/** The signal's own probability, target and stop; the strategy's closed trades; or a feature that forecasts the return. */
export type EdgeContent =
  | { readonly kind: 'signal' }
  | {
      readonly kind: 'trades';
      readonly minTrades?: number | undefined;
      readonly shrinkageTrades?: number | undefined;
    }
  | { readonly kind: 'forecast'; readonly feature: Omit<FeatureDefinition, 'name'> };

/** Everything held and wanted adds the same to the volatility of the book. */
export interface EqualRiskContent {
  /** Tells it from the others. */
  readonly kind: 'equal-risk';
  /** What the whole book comes to: `0.9` is 90 %. */
  readonly grossFraction: number;
}

/** The sizes of another sizer, scaled down together to a volatility of the whole book. */
export interface BookVolatilityContent {
  /** Tells it from the others. */
  readonly kind: 'book-volatility';
  /** Highest volatility of the book in a year. */
  readonly annualFraction: number;
  /** Sizes the wishes first. */
  readonly of: SizerContent;
}

/** The sizes of another sizer, none above a fraction of the strategy's share of the equity. */
export interface CappedContent {
  /** Tells it from the others. */
  readonly kind: 'capped';
  /** `0.04` is 4 %. */
  readonly capFraction: number;
  /** Sizes the wishes first. */
  readonly of: SizerContent;
}

/** The sizes of another sizer, times a factor. */
export interface ScaledContent {
  /** Tells it from the others. */
  readonly kind: 'scaled';
  /** Above 0. */
  readonly factor: number;
  /** Sizes the wishes first. */
  readonly of: SizerContent;
}

/** The smallest of what several sizers give. */
export interface SmallestContent {
  /** Tells it from the others. */
  readonly kind: 'smallest';
  /** At least one. */
  readonly of: readonly SizerContent[];
}
