/** From a config to what the simulated venue does. */
import {
  type AccountTerms,
  adverseDrift,
  type BarPath,
  borrowAt,
  finerBars,
  halfSpread,
  noFees,
  openHighLowClose,
  participation,
  type SimulatedVenueOptions,
  type SlippageModel,
  slippageBps,
  slippages,
  squareRootImpact,
  usFees,
  volumeShare,
  worstCase,
} from '@tradekit/brokers/simulated';
import type { BarHistory } from '@tradekit/core';
import type { RunConfig } from '../config/config.js';

/** What a venue of a run is made with, beside its cash. */
export type VenueSettings = Omit<SimulatedVenueOptions, 'initialCash' | 'capabilities'>;

/** The venue that a config asks for. `finer` loads the finer bars, and is called only when they are wanted. Throws `ConfigError`. */
export function venueSettings(
  config: RunConfig,
  finer: (folder: string, barMinutes: number) => BarHistory,
): VenueSettings {
  const { costs, account } = config;
  return {
    commission: costs.commission,
    fees: costs.fees === 'us' ? usFees : noFees,
    slippage: slippageOf(config),
    path: pathOf(config, finer),
    ...(account === undefined ? {} : { account: termsOf(account) }),
  };
}

function slippageOf({ costs: { slippage, participation: most } }: RunConfig): SlippageModel {
  const { bps, halfSpread: spread, volumeShare: share, squareRootImpact: root, driftBps } = slippage;
  return slippages(
    ...(bps === undefined ? [] : [slippageBps(bps)]),
    ...(spread === undefined ? [] : [halfSpread(spread)]),
    ...(share === undefined ? [] : [volumeShare(share)]),
    ...(root === undefined ? [] : [squareRootImpact(root)]),
    ...(driftBps === undefined ? [] : [adverseDrift(driftBps)]),
    ...(most === undefined ? [] : [participation(most)]),
  );
}

function pathOf(
  { fills: { path, folder = '', barMinutes = 1, delayMinutes = 0 } }: RunConfig,
  finer: (folder: string, barMinutes: number) => BarHistory,
): BarPath {
  switch (path) {
    case 'worst-case':
      return worstCase;
    case 'open-high-low-close':
      return openHighLowClose;
    case 'finer-bars':
      return finerBars(finer(folder, barMinutes), { delayMinutes });
  }
}

function termsOf({ borrow, dayTradeRule, ...terms }: NonNullable<RunConfig['account']>): AccountTerms {
  return {
    ...terms,
    ...(borrow === undefined ? {} : { borrow: borrowAt(borrow.feeFraction, borrow.not) }),
    ...(dayTradeRule === undefined ? {} : { dayTradeRule }),
  } as AccountTerms;
}
