import type { FeatureKernel } from '@tradekit/core';
import { endless, type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod, requireRange } from '../base/require.js';
import { SwingLevels } from './swing-levels.js';
import type { SwingOptions } from './swing-points.js';

/** Options of {@link support} and {@link resistance}. */
export interface LevelOptions extends SwingOptions {
  /** Swings that are remembered, the last ones, default 20. */
  readonly swings?: number;
  /** How far swings of one level may lie from it, as a fraction of its price, default 0.005. */
  readonly toleranceFraction?: number;
  /** Swings that make a level, default 2. */
  readonly touches?: number;
}

type Side = 'support' | 'resistance';
type Part = 'price' | 'touches' | 'age';

function level(side: Side, part: Part, options: LevelOptions): Indicator {
  const { left = 3, right = 3, swings = 20, toleranceFraction = 0.005, touches = 2 } = options;
  requirePeriod(side, left, 1, 'left');
  requirePeriod(side, right, 1, 'right');
  requirePeriod(side, swings, 1, 'swings');
  requirePeriod(side, touches, 1, 'touches');
  requireRange(side, 'toleranceFraction', toleranceFraction, 0, 1);
  return indicator({
    key: `${side}(${part},${left},${right},${swings},${toleranceFraction},${touches})`,
    unit: part === 'price' ? 'price' : 'none',
    bars: left + right + 1,
    memory: endless,
    create({ instruments }): FeatureKernel {
      const levels = new SwingLevels({ left, right, swings, toleranceFraction, touches }, instruments);
      const sign = side === 'resistance' ? 1 : -1;
      return {
        state: levels.state,
        step(bars, offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            const close = bars.close[offset + i]!;
            out[base + i] = Number.NaN;
            if (Number.isNaN(close)) continue;
            levels.push(i, bars, offset + i);
            if (levels.find(i, close, sign)) out[base + i] = levels[part];
          }
        },
      };
    },
  });
}

/**
 * Price of the nearest support at or below the close: the mean of at least `touches` of the last swings, highs and lows alike, that lie within
 * `toleranceFraction` of one of them. Swings are known only after their confirmation, see {@link swingHigh}. In dollars. NaN where there is
 * no such level; `warmUpBars` is the earliest bar at which a swing can be known. A missing bar gives NaN and is left out. How long two starts
 * differ depends on the price: no bound. Throws `ConfigError` on counts that are no whole numbers of at least 1 and a tolerance outside
 * 0 … 1.
 */
export function support(options: LevelOptions = {}): Indicator {
  return level('support', 'price', options);
}

/** How many of the remembered swings make the {@link support}; NaN where there is none. */
export function supportTouches(options: LevelOptions = {}): Indicator {
  return level('support', 'touches', options);
}

/** Bars since the oldest remembered swing of the {@link support} was confirmed, bars of the instrument; NaN where there is none. */
export function supportAge(options: LevelOptions = {}): Indicator {
  return level('support', 'age', options);
}

/** Price of the nearest resistance at or above the close; see {@link support}. */
export function resistance(options: LevelOptions = {}): Indicator {
  return level('resistance', 'price', options);
}

/** How many of the remembered swings make the {@link resistance}; NaN where there is none. */
export function resistanceTouches(options: LevelOptions = {}): Indicator {
  return level('resistance', 'touches', options);
}

/** Bars since the oldest remembered swing of the {@link resistance} was confirmed; NaN where there is none. */
export function resistanceAge(options: LevelOptions = {}): Indicator {
  return level('resistance', 'age', options);
}
