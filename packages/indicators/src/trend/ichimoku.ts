import type { Indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { lag } from '../combine/lag.js';
import { middle } from '../combine/middle.js';
import { donchianMiddle } from '../volatility/donchian.js';

/** Options of the cloud of Ichimoku. */
export interface IchimokuOptions {
  /** Period of the conversion line, default 9. */
  readonly conversion?: number;
  /** Period of the base line, default 26. */
  readonly base?: number;
  /** Period of the second edge, default 52. */
  readonly span?: number;
  /** Bars by which the cloud is drawn ahead, default 26. */
  readonly displacement?: number;
}

/**
 * Tenkan-sen, the conversion line of Ichimoku Kinko Hyo (Hosoda, 1969): middle of the highest high and the lowest low of 9 bars.
 * In dollars; a missing bar gives NaN and is left out of the window. Throws `ConfigError` on a period that is no whole number of
 * at least 1.
 */
export function ichimokuConversion(period = 9): Indicator {
  requirePeriod('ichimokuConversion', period);
  return donchianMiddle(period);
}

/** Kijun-sen, the base line: as {@link ichimokuConversion} over 26 bars. */
export function ichimokuBase(period = 26): Indicator {
  requirePeriod('ichimokuBase', period);
  return donchianMiddle(period);
}

/**
 * Senkou span A, the first edge of the cloud that lies over this bar: the middle of conversion and base line as they were
 * `displacement` rows ago. (The cloud ahead is the same without {@link lag}; the lagging span, drawn backwards, would look ahead:
 * compare with `change('close', 26)` instead.) NaN where there was no bar then.
 */
export function ichimokuSpanA({ conversion = 9, base = 26, displacement = 26 }: IchimokuOptions = {}): Indicator {
  requirePeriod('ichimokuSpanA', displacement, 1, 'displacement');
  return lag(middle(ichimokuConversion(conversion), ichimokuBase(base)), displacement);
}

/** Senkou span B, the second edge: the middle of the range of 52 bars as it was `displacement` rows ago. */
export function ichimokuSpanB({ span = 52, displacement = 26 }: IchimokuOptions = {}): Indicator {
  requirePeriod('ichimokuSpanB', span, 1, 'span');
  requirePeriod('ichimokuSpanB', displacement, 1, 'displacement');
  return lag(donchianMiddle(span), displacement);
}
