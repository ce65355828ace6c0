import { type BarMoment, emptyBars, type FeatureSpec, type KernelState, type SessionDay } from '@tradekit/core';
import { FeatureGraph } from './graph.js';

/** One bar of one instrument. */
export interface StreamBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A feature of one instrument, bar by bar. */
export interface Stream {
  /** Everything that it remembers: copied and later set again, it goes on as if nothing had been in between. */
  readonly state: readonly KernelState[];
  /**
   * Takes the next bar and returns the value at it; NaN while not warmed up. A bar that is missing in time is a bar of NaN in every field.
   * Without a `moment` every bar counts as a session of its own, which is what daily bars are.
   */
  next(bar: StreamBar, moment?: BarMoment): number;
}

/** Several features of one instrument, bar by bar. */
export interface StreamAll {
  /** Everything that it remembers. */
  readonly state: readonly KernelState[];
  /** The values at the next bar, in the order of the features: one array, written again with every bar. See {@link Stream}. */
  next(bar: StreamBar, moment?: BarMoment): Float64Array;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

class OneInstrument {
  readonly state: readonly KernelState[];
  readonly graph: FeatureGraph;
  readonly #bars = emptyBars(1);
  readonly #day: Writable<BarMoment> = { session: 0 as SessionDay, minute: 390, sessionMinutes: 390 };
  /** Bars so far, which stand for their sessions. */
  readonly #count = new Float64Array(1);

  constructor(specs: readonly FeatureSpec[]) {
    this.graph = new FeatureGraph(specs, { instruments: 1, sector: () => undefined });
    this.state = [...this.graph.state, this.#count];
  }

  step(bar: StreamBar, moment: BarMoment | undefined): void {
    const bars = this.#bars;
    bars.open[0] = bar.open;
    bars.high[0] = bar.high;
    bars.low[0] = bar.low;
    bars.close[0] = bar.close;
    bars.volume[0] = bar.volume;
    this.graph.step(bars, 0, moment ?? this.#ownDay());
  }

  #ownDay(): BarMoment {
    const count = this.#count[0]!;
    this.#count[0] = count + 1;
    this.#day.session = count as SessionDay;
    return this.#day;
  }
}

/**
 * A feature of one instrument, to be asked bar by bar: the same kernels as in the engine and in {@link batch}, and the same values to the bit. Throws `ConfigError`
 * when features of several timeframes are mixed: bars are of one length here.
 */
export function stream(spec: FeatureSpec): Stream {
  const one = new OneInstrument([spec]);
  const { values, base } = one.graph.asked[0]!;
  return {
    state: one.state,
    next(bar, moment) {
      one.step(bar, moment);
      return values[base]!;
    },
  };
}

/** Several features of one instrument, which share what they are computed of; see {@link stream}. */
export function streamAll(specs: readonly FeatureSpec[]): StreamAll {
  const one = new OneInstrument(specs);
  const values = one.graph.asked[0]?.values ?? new Float64Array(0);
  const places = Int32Array.from(one.graph.asked, ({ base }) => base);
  const out = new Float64Array(specs.length);
  return {
    state: one.state,
    next(bar, moment) {
      one.step(bar, moment);
      for (let k = 0; k < out.length; k++) out[k] = values[places[k]!]!;
      return out;
    },
  };
}
