import type { BarHistory } from '@tradekit/core';

/** A part of a bar. `open` is NaN where nobody traded in it. */
export interface Stretch {
  open: number;
  high: number;
  low: number;
}

/** What happened inside the bars of a market, as stretches one after the other. */
export interface PathOf {
  /** How many a bar has. */
  readonly stretches: number;
  /** A stretch only rises or only falls: then the order of what it touches is known. */
  readonly isMonotone: boolean;
  /** Stretches at the start of a bar that an order sent for it comes too late for. */
  readonly late: number;
  /** Writes a stretch of a bar. */
  stretch(row: number, instrument: number, place: number, into: Stretch): void;
  /** What an order trades at that is sent for the open of a bar; NaN where nobody traded. */
  open(row: number, instrument: number): number;
}

/** What is assumed of the path inside a bar. Within a stretch that is not monotone the worse comes first. */
export interface BarPath {
  /** Stands among the assumptions of a report. */
  readonly name: string;
  /** Made ready for a market. Throws `ConfigError` when it does not fit. */
  on(market: BarHistory): PathOf;
}

/** Nothing is known of the path: where a bar touches a stop and a target, the stop trades. The default. */
export const worstCase: BarPath = Object.freeze<BarPath>({
  name: 'not known: where a bar touches stop and target, the stop',
  on({ universe: { size }, bars: { open, high, low } }) {
    return {
      stretches: 1,
      isMonotone: false,
      late: 0,
      stretch(row, instrument, _place, into) {
        const cell = row * size + instrument;
        into.open = open[cell]!;
        into.high = high[cell]!;
        into.low = low[cell]!;
      },
      open: (row, instrument) => open[row * size + instrument]!,
    };
  },
});
