import { type CandlestickPattern, candlestick } from '../../price-action/candlestick.js';
import { gapFilled, openingGap } from '../../price-action/gap.js';
import {
  resistance,
  resistanceAge,
  resistanceTouches,
  support,
  supportAge,
  supportTouches,
} from '../../price-action/levels.js';
import { openingRangeHigh, openingRangeLow } from '../../price-action/opening-range.js';
import { type PivotLevel, type PivotMethod, pivotPoint } from '../../price-action/pivot-points.js';
import { previousSession, type SessionPrice } from '../../price-action/previous-session.js';
import { sessionOpen } from '../../price-action/session-open.js';
import { swingHigh, swingLow } from '../../price-action/swings.js';
import { type CatalogueEntry, family } from './family.js';

const action = family('price action');

const LEVELS = { left: 3, right: 3, swings: 20, toleranceFraction: 0.005, touches: 2 } as const;

/** The indicators of the family price action. */
export const priceActionEntries: readonly CatalogueEntry[] = [
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
];
