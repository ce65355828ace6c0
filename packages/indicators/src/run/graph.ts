import {
  type BarMoment,
  type Bars,
  ConfigError,
  type FeatureInput,
  type FeatureKernel,
  type FeatureSpec,
  type KernelSetup,
  type KernelState,
} from '@tradekit/core';

/** A kernel, and where its values stand. */
interface Node {
  readonly kernel: FeatureKernel;
  /** Taken out of the kernel: kernels are of many shapes, and a look-up on each costs more than a small kernel's step. */
  readonly step: FeatureKernel['step'];
  readonly out: Float64Array;
  /** Place of the first instrument in the first row, and how far the next row is. */
  readonly base: number;
  readonly stride: number;
}

/** A feature with its place among those that are stepped. */
interface Placed {
  readonly spec: FeatureSpec;
  readonly inputs: readonly number[];
}

/** Features in the order in which they are stepped: inputs before what is computed of them, and each key once. */
class Order {
  readonly placed: Placed[] = [];
  readonly #places = new Map<string, number>();
  readonly #open = new Set<string>();
  readonly #timeframe: FeatureSpec['timeframe'];

  constructor(timeframe: FeatureSpec['timeframe']) {
    this.#timeframe = timeframe;
  }

  add(spec: FeatureSpec): number {
    const { key, timeframe, inputs = [] } = spec;
    if (timeframe !== this.#timeframe) {
      const message = `feature "${key}" is of timeframe ${timeframe ?? 'the bars'} among others of ${this.#timeframe ?? 'the bars'}; give bars of one length, or run it in the engine`;
      throw new ConfigError('FEATURE_TIMEFRAME', message, { key });
    }
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    if (this.#open.has(key)) {
      const message = `feature "${key}" is computed of itself; take it out of its inputs`;
      throw new ConfigError('FEATURE_CYCLE', message, { key });
    }
    this.#open.add(key);
    const places = inputs.map((input) => this.add(input));
    this.#open.delete(key);
    this.placed.push({ spec, inputs: places });
    this.#places.set(key, this.placed.length - 1);
    return this.placed.length - 1;
  }
}

/** For whom features are computed, and where to. */
interface GraphOptions extends Pick<KernelSetup, 'instruments' | 'sector'> {
  /** Columns for the features asked for, time-major; without them only the last row is kept. */
  readonly columns?: readonly Float64Array[];
}

/** Features that share what they are computed of, stepped together as the engine does. */
export class FeatureGraph {
  /** Everything that it remembers between rows: the states of all kernels. */
  readonly state: readonly KernelState[];
  /** Where the last row of each feature asked for stands; without columns. */
  readonly asked: readonly FeatureInput[];
  readonly #nodes: readonly Node[];
  /** Columns of features that others read: their rows are copied. */
  readonly #copied: readonly { readonly from: number; readonly to: Float64Array }[];
  readonly #values: Float64Array;
  readonly #instruments: number;

  constructor(specs: readonly FeatureSpec[], { instruments, sector, columns }: GraphOptions) {
    const order = new Order(specs[0]?.timeframe);
    const asked = specs.map((spec) => order.add(spec));
    const { placed } = order;
    const read = new Set(placed.flatMap(({ inputs }) => inputs));
    const values = new Float64Array(placed.length * instruments).fill(Number.NaN);
    const place = (k: number): FeatureInput => ({ values, base: k * instruments });
    // A feature that no other reads, and that is asked for once, goes to its column at once.
    const direct = placed.map((_, k) =>
      read.has(k) || asked.indexOf(k) !== asked.lastIndexOf(k) ? -1 : asked.indexOf(k),
    );
    this.#nodes = placed.map(({ spec, inputs }, k) => {
      const kernel = spec.create({ instruments, inputs: inputs.map(place), sector });
      const column = columns?.[direct[k] ?? -1];
      return column === undefined
        ? { kernel, step: kernel.step, out: values, base: k * instruments, stride: 0 }
        : { kernel, step: kernel.step, out: column, base: 0, stride: instruments };
    });
    this.#copied = asked.flatMap((k, n) => {
      const column = columns?.[n];
      return column === undefined || direct[k] === n ? [] : [{ from: k * instruments, to: column }];
    });
    this.asked = asked.map(place);
    this.state = this.#nodes.flatMap(({ kernel }) => kernel.state);
    this.#values = values;
    this.#instruments = instruments;
  }

  /** Steps every feature over the row of `bars` that begins at `offset`, the `row`-th of the columns. */
  step(bars: Bars, offset: number, moment: BarMoment, row: number): void {
    const nodes = this.#nodes;
    for (let k = 0; k < nodes.length; k++) {
      const { kernel, step, out, base, stride } = nodes[k]!;
      step.call(kernel, bars, offset, out, base + row * stride, moment);
    }
    const copied = this.#copied;
    if (copied.length === 0) return;
    const values = this.#values;
    const instruments = this.#instruments;
    const at = row * instruments;
    for (let k = 0; k < copied.length; k++) {
      const { from, to } = copied[k]!;
      for (let i = 0; i < instruments; i++) to[at + i] = values[from + i]!;
    }
  }
}
