import type { FeatureKernel } from '@tradekit/core';
import { formula, type Indicator, indicator } from '../base/indicator.js';
import { SESSION_BARS } from '../base/lengths.js';
import { SessionMark } from '../base/session-mark.js';
import { previousSession } from './previous-session.js';
import { sessionOpen } from './session-open.js';

/**
 * Opening gap as a fraction: the session's first open over the last close of the session before, less 1; the same on every bar of the session.
 * NaN when the session before had no bar of the instrument, and where this bar is missing.
 */
export function openingGap(): Indicator {
  const inputs = [sessionOpen(), previousSession('close')];
  return formula({ key: 'openingGap', unit: 'none', inputs }, (out, base, count, prices) => {
    const { values: opens, base: atOpen } = prices[0]!;
    const { values: closes, base: atClose } = prices[1]!;
    for (let i = 0; i < count; i++) out[base + i] = opens[atOpen + i]! / closes[atClose + i]! - 1;
  });
}

/**
 * 1 from the bar on in which the price has traded back to the last close of the session before, 0 before that; 1 at once where there was no
 * gap. NaN as for {@link openingGap}; a missing bar gives NaN, and what is filled stays filled.
 */
export function gapFilled(): Indicator {
  return indicator({
    key: 'gapFilled',
    unit: 'none',
    memory: () => SESSION_BARS,
    inputs: [openingGap(), previousSession('close')],
    create({ instruments, inputs }): FeatureKernel {
      const { values: gaps, base: atGap } = inputs[0]!;
      const { values: closes, base: atClose } = inputs[1]!;
      const mark = new SessionMark();
      const filled = new Uint8Array(instruments);
      return {
        state: [...mark.state, filled],
        step({ high, low }, offset, out, base, moment) {
          if (mark.isNew(moment)) filled.fill(0);
          for (let i = 0; i < instruments; i++) {
            const gap = gaps[atGap + i]!;
            const target = closes[atClose + i]!;
            if (gap >= 0 ? low[offset + i]! <= target : high[offset + i]! >= target) filled[i] = 1;
            out[base + i] = Number.isNaN(gap) ? Number.NaN : filled[i]!;
          }
        },
      };
    },
  });
}
