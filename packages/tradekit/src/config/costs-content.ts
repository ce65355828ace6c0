/** `costs`, `fills` and `account`: what the simulated venue does to orders, checked and with defaults in place. */
import type { HalfSpreadOptions, SquareRootImpactOptions, VolumeShareOptions } from '@tradekit/brokers/simulated';
import type { Commission } from '@tradekit/core';

/** `costs`: what a fill costs. */
export interface CostsContent {
  /** What the broker charges. A `costs.broker` of the file has been put in. */
  readonly commission: Commission;
  /** What regulators take beside it: nothing, or the fees of US stocks by date. */
  readonly fees: 'none' | 'us';
  /** How much worse a fill is than the price that traded. */
  readonly slippage: SlippageContent;
  /** Largest part of a bar's volume that a fill may take; any where it is absent. */
  readonly participation?: number | undefined;
}

/** `costs.slippage`: what is given adds up. */
export interface SlippageContent {
  /** Always so many hundredths of a percent worse. */
  readonly bps?: number | undefined;
  /** The model `halfSpread` of `@tradekit/brokers/simulated`; the others have their names there too. */
  readonly halfSpread?: HalfSpreadOptions | undefined;
  /** Worse with the share of the bar's volume that is taken. */
  readonly volumeShare?: VolumeShareOptions | undefined;
  /** Worse with the root of the share of the day's volume. */
  readonly squareRootImpact?: SquareRootImpactOptions | undefined;
  /** Hundredths of a percent that the price moves against an order on its way. */
  readonly driftBps?: number | undefined;
}

/** `fills`: what is assumed of the path inside a bar. */
export interface FillsContent {
  /** Default `worst-case`. */
  readonly path: 'worst-case' | 'open-high-low-close' | 'finer-bars';
  /** Folder with the finer bars. */
  readonly folder?: string | undefined;
  /** Their length. Default 1. */
  readonly barMinutes?: number | undefined;
  /** Minutes that an order is on its way; only with finer bars. Default 0. */
  readonly delayMinutes?: number | undefined;
}

/** `account`: terms of the account; see `AccountTerms` of `@tradekit/brokers/simulated`. */
export interface AccountContent {
  /** What may be done with it. */
  readonly type: 'cash' | 'margin';
  /** Largest gross position over equity within a session. */
  readonly intradayLeverage?: number | undefined;
  /** The same for the night. */
  readonly overnightLeverage?: number | undefined;
  /** Interest a year on cash, as a fraction. */
  readonly creditRate?: number | undefined;
  /** Interest a year on loans, as a fraction. */
  readonly debitRate?: number | undefined;
  /** What short positions cost. */
  readonly borrow?: { readonly feeFraction: number; readonly not: readonly string[] } | undefined;
  /** A limit above the last price after a fall of 10 %. */
  readonly shortSaleRestriction?: boolean | undefined;
  /** The pattern-day-trader rule, up to a date. */
  readonly dayTradeRule?: { readonly until?: string | undefined } | undefined;
}
