/**
 * The simulated venue: a recorded market and the matching engine that trades it.
 * @module
 */
export {
  noSlippage,
  type SlippageModel,
  slippageBps,
  type Traded,
  type VolumeShareOptions,
  volumeShare,
} from './slippage.js';
export {
  type SimulatedVenue,
  type SimulatedVenueOptions,
  simulatedCapabilities,
  simulatedVenue,
} from './venue.js';
