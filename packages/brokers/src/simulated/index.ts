/**
 * The simulated venue: a recorded market and the matching engine that trades it.
 * @module
 */
export { type AccountTerms, type BorrowTerms, borrowAt } from './account/terms.js';
export {
  type FeeSchedule,
  noFees,
  SEC_FEES,
  type SecFeeRow,
  TAF_FEES,
  type TafRow,
  usFees,
} from './costs/fees.js';
export { type BrokerCharges, type BrokerChargesName, brokerCharges } from './costs/presets.js';
export { type BarPath, type PathOf, type Stretch, worstCase } from './path/bar-path.js';
export { type FinerBarsOptions, finerBars } from './path/finer-bars.js';
export { openHighLowClose } from './path/open-high-low-close.js';
export { adverseDrift, slippageBps } from './slippage/basis-points.js';
export { type HalfSpreadOptions, halfSpread } from './slippage/half-spread.js';
export {
  type Execution,
  noSlippage,
  type SlippageCost,
  type SlippageModel,
  type SlippageOf,
  slippages,
} from './slippage/model.js';
export { participation } from './slippage/participation.js';
export { type SquareRootImpactOptions, squareRootImpact } from './slippage/square-root-impact.js';
export { type VolumeShareOptions, volumeShare } from './slippage/volume-share.js';
export {
  type SimulatedVenue,
  type SimulatedVenueOptions,
  simulatedCapabilities,
  simulatedVenue,
} from './venue.js';
