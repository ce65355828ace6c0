import { type BarHistory, ConfigError, MINUTE_MS } from '@tradekit/core';
import type { BarPath, PathOf } from './bar-path.js';

/** Options of {@link finerBars}. */
export interface FinerBarsOptions {
  /** Minutes that an order is on its way: one that is sent for a bar's open trades so much later. Default 0. */
  readonly delayMinutes?: number;
}

/**
 * The path of shorter bars, for example of one minute. Where they lack a bar whole, the longer bar stands in as the worst case
 * has it. `on` throws `ConfigError` when universe or lengths do not fit together.
 */
export function finerBars(finer: BarHistory, { delayMinutes = 0 }: FinerBarsOptions = {}): BarPath {
  const minutes = finer.barMs / MINUTE_MS;
  const delay = delayMinutes === 0 ? '' : `; orders arrive ${delayMinutes} minutes late`;
  return Object.freeze<BarPath>({
    name: `that of bars of ${minutes} minutes; inside one of them the worse comes first${delay}`,
    on: (market) => finerPath(market, finer, delayMinutes),
  });
}

function finerPath(market: BarHistory, finer: BarHistory, delayMinutes: number): PathOf {
  const { size } = market.universe;
  const stretches = market.barMs / finer.barMs;
  const late = (delayMinutes * MINUTE_MS) / finer.barMs;
  requireFit(market, finer, stretches, late);
  const firsts = firstRows(market, finer);
  const { open, high, low } = finer.bars;
  const cellOf = (row: number, instrument: number, place: number): number =>
    firsts[row]! < 0 ? -1 : (firsts[row]! + place) * size + instrument;
  const isMissing = (row: number, instrument: number): boolean => {
    for (let place = 0; place < stretches; place++) {
      const cell = cellOf(row, instrument, place);
      if (cell >= 0 && !Number.isNaN(open[cell]!)) return false;
    }
    return true;
  };
  return {
    stretches,
    isMonotone: false,
    late,
    stretch(row, instrument, place, into) {
      if (place === late && isMissing(row, instrument)) {
        const cell = row * size + instrument;
        into.open = market.bars.open[cell]!;
        into.high = market.bars.high[cell]!;
        into.low = market.bars.low[cell]!;
        return;
      }
      const cell = cellOf(row, instrument, place);
      into.open = cell < 0 ? Number.NaN : open[cell]!;
      into.high = cell < 0 ? Number.NaN : high[cell]!;
      into.low = cell < 0 ? Number.NaN : low[cell]!;
    },
    open(row, instrument) {
      if (late === 0) return market.bars.open[row * size + instrument]!;
      for (let place = late; place < stretches; place++) {
        const cell = cellOf(row, instrument, place);
        if (cell >= 0 && !Number.isNaN(open[cell]!)) return open[cell]!;
      }
      return isMissing(row, instrument) ? market.bars.open[row * size + instrument]! : Number.NaN;
    },
  };
}

/** The finer row at which each row begins; −1 where there is none. */
function firstRows(market: BarHistory, finer: BarHistory): Int32Array {
  const firsts = new Int32Array(market.starts.length).fill(-1);
  let at = 0;
  for (let row = 0; row < firsts.length; row++) {
    while (at < finer.starts.length && finer.starts[at]! < market.starts[row]!) at += 1;
    const last = at + market.barMs / finer.barMs - 1;
    const end = market.ends[row]!;
    if (finer.starts[at] === market.starts[row] && finer.ends[last] === end) firsts[row] = at;
  }
  return firsts;
}

function requireFit(market: BarHistory, finer: BarHistory, stretches: number, late: number): void {
  const ids = (history: BarHistory): string => history.universe.instruments.map(({ id }) => id).join(' ');
  if (ids(market) !== ids(finer)) {
    throw new ConfigError('FINER_UNIVERSE', 'the finer bars are of other instruments; load both with the same symbols');
  }
  if (!(Number.isInteger(stretches) && stretches > 1)) {
    const message = `bars of ${finer.barMs / MINUTE_MS} minutes do not divide bars of ${market.barMs / MINUTE_MS}; give shorter ones that do`;
    throw new ConfigError('FINER_BARS', message, { barMs: finer.barMs });
  }
  if (!(Number.isInteger(late) && late >= 0 && late < stretches)) {
    const message = `a delay of ${(late * finer.barMs) / MINUTE_MS} minutes is no whole number of bars of ${finer.barMs / MINUTE_MS} inside one of ${market.barMs / MINUTE_MS}`;
    throw new ConfigError('FINER_DELAY', message, { late });
  }
}
