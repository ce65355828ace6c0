import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { SESSION_BARS } from '../base/lengths.js';
import { SessionMark } from '../base/session-mark.js';

/** Open of the first bar that the instrument has in the session, on every bar of it. In dollars; a missing bar gives NaN. */
export function sessionOpen(): Indicator {
  return indicator({
    key: 'sessionOpen',
    unit: 'price',
    memory: () => SESSION_BARS,
    create({ instruments }): FeatureKernel {
      const mark = new SessionMark();
      const first = new Float64Array(instruments).fill(Number.NaN);
      return {
        state: [...mark.state, first],
        step({ open }, offset, out, base, moment) {
          if (mark.isNew(moment)) first.fill(Number.NaN);
          for (let i = 0; i < instruments; i++) {
            const value = open[offset + i]!;
            if (Number.isNaN(first[i]!)) first[i] = value;
            out[base + i] = Number.isNaN(value) ? Number.NaN : first[i]!;
          }
        },
      };
    },
  });
}
