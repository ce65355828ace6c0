import { accumulationDistributionChange } from '../../volume/accumulation-distribution.js';
import { chaikinMoneyFlow } from '../../volume/chaikin-money-flow.js';
import { forceIndex } from '../../volume/force-index.js';
import { mfi } from '../../volume/mfi.js';
import { obvChange } from '../../volume/obv.js';
import { relativeVolume } from '../../volume/relative-volume.js';
import { volumeAverage } from '../../volume/volume-average.js';
import { anchoredVwap, vwap, vwapDeviation, vwapLower, vwapUpper } from '../../volume/vwap.js';
import { type CatalogueEntry, family } from './family.js';

const volume = family('volume');

/** The indicators of the family volume. */
export const volumeEntries: readonly CatalogueEntry[] = [
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
];
