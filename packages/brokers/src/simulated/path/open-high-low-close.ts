import type { BarPath, PathOf } from './bar-path.js';

/**
 * From the open to the nearer of high and low, on to the other, and to the close: the rule of thumb of charting programs. It is
 * kinder than the truth as often as harsher; prefer the worst case, or finer bars.
 */
export const openHighLowClose: BarPath = Object.freeze<BarPath>({
  name: 'from the open to the nearer extreme, to the other, to the close',
  on({ universe: { size }, bars: { open, high, low, close } }): PathOf {
    return {
      stretches: 3,
      isMonotone: true,
      late: 0,
      stretch(row, instrument, place, into) {
        const cell = row * size + instrument;
        const isHighFirst = high[cell]! - open[cell]! < open[cell]! - low[cell]!;
        const first = isHighFirst ? high[cell]! : low[cell]!;
        const second = isHighFirst ? low[cell]! : high[cell]!;
        const from = place === 0 ? open[cell]! : place === 1 ? first : second;
        const to = place === 0 ? first : place === 1 ? second : close[cell]!;
        into.open = from;
        into.high = Math.max(from, to);
        into.low = Math.min(from, to);
      },
      open: (row, instrument) => open[row * size + instrument]!,
    };
  },
});
