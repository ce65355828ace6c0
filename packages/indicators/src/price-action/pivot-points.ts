import { ConfigError } from '@tradekit/core';
import { formula, type Indicator } from '../base/indicator.js';
import { requireOneOf } from '../base/require.js';
import { previousSession } from './previous-session.js';

/** How pivot points are computed. */
export type PivotMethod = 'classic' | 'fibonacci' | 'camarilla' | 'woodie';

/** The pivot and what lies above (r) and below (s) it; level 4 is Camarilla's alone. */
export type PivotLevel = 'p' | 'r1' | 'r2' | 'r3' | 'r4' | 's1' | 's2' | 's3' | 's4';

/** Options of {@link pivotPoint}. */
export interface PivotOptions {
  /** Default `p`. */
  readonly level?: PivotLevel;
  /** Default `classic`. */
  readonly method?: PivotMethod;
}

/** A level as weights of the last session's high, low and close. */
type Weights = readonly [high: number, low: number, close: number];

const CLASSIC: Partial<Record<PivotLevel, Weights>> = {
  p: [1 / 3, 1 / 3, 1 / 3],
  r1: [2 / 3, -1 / 3, 2 / 3], // 2 P − L
  s1: [-1 / 3, 2 / 3, 2 / 3], // 2 P − H
  r2: [4 / 3, -2 / 3, 1 / 3], // P + (H − L)
  s2: [-2 / 3, 4 / 3, 1 / 3],
  r3: [5 / 3, -4 / 3, 2 / 3], // H + 2 (P − L)
  s3: [-4 / 3, 5 / 3, 2 / 3],
};

const WOODIE: Partial<Record<PivotLevel, Weights>> = {
  p: [1 / 4, 1 / 4, 1 / 2],
  r1: [1 / 2, -1 / 2, 1],
  s1: [-1 / 2, 1 / 2, 1],
  r2: [5 / 4, -3 / 4, 1 / 2],
  s2: [-3 / 4, 5 / 4, 1 / 2],
  r3: [3 / 2, -3 / 2, 1],
  s3: [-3 / 2, 3 / 2, 1],
};

/** The pivot and fractions of the range on both sides of it. */
function around(pivot: Weights, fractions: readonly number[], centre: Weights): Partial<Record<PivotLevel, Weights>> {
  const levels: Partial<Record<PivotLevel, Weights>> = { p: pivot };
  for (const [place, fraction] of fractions.entries()) {
    const [high, low, close] = centre;
    levels[`r${place + 1}` as PivotLevel] = [high + fraction, low - fraction, close];
    levels[`s${place + 1}` as PivotLevel] = [high - fraction, low + fraction, close];
  }
  return levels;
}

const THIRDS: Weights = [1 / 3, 1 / 3, 1 / 3];

const METHODS: Record<PivotMethod, Partial<Record<PivotLevel, Weights>>> = {
  classic: CLASSIC,
  fibonacci: around(THIRDS, [0.382, 0.618, 1], THIRDS),
  camarilla: around(THIRDS, [1.1 / 12, 1.1 / 6, 1.1 / 4, 1.1 / 2], [0, 0, 1]),
  woodie: WOODIE,
};

/**
 * Pivot point of the session before, the same on every bar of this one, from its high H, low L and close C. In dollars.
 *
 * - classic: P = (H + L + C) / 3; r1 = 2 P − L, r2 = P + (H − L), r3 = H + 2 (P − L), and the same downwards
 * - fibonacci: P ± 0.382, 0.618 and 1 × (H − L)
 * - camarilla (Stott, 1989): C ± 1.1 / 12, / 6, / 4 and / 2 × (H − L)
 * - woodie: P = (H + L + 2 C) / 4, levels as classic
 *
 * NaN when the session before had no bar of the instrument, and where this bar is missing. Throws `ConfigError` on a method or a
 * level that there is not.
 */
export function pivotPoint({ level = 'p', method = 'classic' }: PivotOptions = {}): Indicator {
  requireOneOf('pivotPoint', 'method', method, Object.keys(METHODS));
  const weights = METHODS[method][level];
  if (weights === undefined) {
    const message = `${method} pivot points have no level "${level}"; give one of ${Object.keys(METHODS[method]).join(', ')}`;
    throw new ConfigError('INDICATOR_PARAMETER', message, { level, method });
  }
  const [ofHigh, ofLow, ofClose] = weights;
  const inputs = [previousSession('high'), previousSession('low'), previousSession('close')];
  return formula({ key: `pivotPoint(${method},${level})`, unit: 'price', inputs }, (out, base, count, prices) => {
    const { values: highs, base: atHigh } = prices[0]!;
    const { values: lows, base: atLow } = prices[1]!;
    const { values: closes, base: atClose } = prices[2]!;
    for (let i = 0; i < count; i++) {
      out[base + i] = ofHigh * highs[atHigh + i]! + ofLow * lows[atLow + i]! + ofClose * closes[atClose + i]!;
    }
  });
}
