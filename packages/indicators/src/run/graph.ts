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
  readonly run: FeatureKernel['run'];
  /** What a kernel that knows one row alone reads: rows of its inputs, copied one after the other. */
  readonly rowed: readonly Rowed[];
  readonly out: Float64Array;
  /** Place of the first instrument in the first row, and how far the next row is from it in a column; 0 in a block, which is written again and again. */
  readonly base: number;
  readonly stride: number;
}

/** An input in a block of rows, and the one row of it that is read. */
interface Rowed {
  readonly block: FeatureInput;
  readonly row: FeatureInput;
}

/** A feature with the place of its first value among all, and those of its inputs. */
interface Placed {
  readonly spec: FeatureSpec;
  readonly place: number;
  readonly inputs: readonly number[];
}

/** Features in the order in which they are stepped: inputs before what is computed of them, each key once, and outputs of one kernel side by side. */
class Order {
  readonly placed: Placed[] = [];
  /** How many values an instrument has in a row. */
  size = 0;
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
    // One of several outputs of an input: known by now.
    const made = this.#places.get(key);
    if (made !== undefined) return made;
    const place = this.size;
    this.placed.push({ spec, place, inputs: places });
    const outputs = spec.outputs ?? [key];
    this.size += outputs.length;
    this.#places.set(key, place);
    for (const [k, output] of outputs.entries()) {
      if (!this.#places.has(output)) this.#places.set(output, place + k);
    }
    return place;
  }
}

/** For whom features are computed, and where to. */
interface GraphOptions extends Pick<KernelSetup, 'instruments' | 'sector'> {
  /** Columns for the features asked for, time-major; without them only the last row is kept. */
  readonly columns?: readonly Float64Array[];
  /** How many rows are taken at once at most, default 1. */
  readonly rows?: number;
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

  constructor(specs: readonly FeatureSpec[], { instruments, sector, columns, rows = 1 }: GraphOptions) {
    const order = new Order(specs[0]?.timeframe);
    const asked = specs.map((spec) => order.add(spec));
    const { placed, size } = order;
    const read = new Set(placed.flatMap(({ inputs }) => inputs));
    const apart = rows * instruments;
    const values = new Float64Array(size * apart).fill(Number.NaN);
    const block = (place: number): FeatureInput => ({ values, base: place * apart });
    // A feature that no other reads, and that is asked for once, goes to its column at once.
    const direct = ({ spec, place }: Placed): number =>
      spec.outputs !== undefined || read.has(place) || asked.indexOf(place) !== asked.lastIndexOf(place)
        ? -1
        : asked.indexOf(place);
    const nodes = placed.map((feature): Node => {
      const { spec, place } = feature;
      const inputs = feature.inputs.map(block);
      const setup = { instruments, apart, sector };
      let kernel = spec.create({ ...setup, inputs });
      let rowed: readonly Rowed[] = [];
      if (kernel.run === undefined && rows > 1 && inputs.length > 0) {
        rowed = inputs.map((input) => ({ block: input, row: { values: new Float64Array(instruments), base: 0 } }));
        kernel = spec.create({ ...setup, inputs: rowed.map(({ row }) => row) });
      }
      const { step, run } = kernel;
      const column = columns?.[direct(feature)];
      return column === undefined
        ? { kernel, step, run, rowed, out: values, base: place * apart, stride: 0 }
        : { kernel, step, run, rowed, out: column, base: 0, stride: instruments };
    });
    const written = new Set(nodes.map(({ out }) => out));
    this.#nodes = nodes;
    this.#copied = asked.flatMap((place, n) => {
      const column = columns?.[n];
      return column === undefined || written.has(column) ? [] : [{ from: place * apart, to: column }];
    });
    this.asked = asked.map(block);
    this.state = nodes.flatMap(({ kernel }) => kernel.state);
    this.#values = values;
    this.#instruments = instruments;
  }

  /** Steps every feature over the row of `bars` that begins at `offset`. Without columns. */
  step(bars: Bars, offset: number, moment: BarMoment): void {
    const nodes = this.#nodes;
    for (let k = 0; k < nodes.length; k++) {
      const { kernel, step, run, out, base } = nodes[k]!;
      if (run !== undefined) run.call(kernel, bars, offset, out, base, 1);
      else step.call(kernel, bars, offset, out, base, moment);
    }
  }

  /** Takes rows of `bars` from `first` on, one for each moment, and writes them to the columns: kernel after kernel, not row after row. */
  run(bars: Bars, first: number, moments: readonly BarMoment[]): void {
    const instruments = this.#instruments;
    const rows = moments.length;
    const offset = first * instruments;
    for (const node of this.#nodes) {
      const { kernel, run, out, stride } = node;
      const base = node.base + first * stride;
      if (run !== undefined) run.call(kernel, bars, offset, out, base, rows);
      else this.#rowByRow(node, bars, offset, base, moments);
    }
    const cells = rows * instruments;
    for (const { from, to } of this.#copied) to.set(this.#values.subarray(from, from + cells), offset);
  }

  #rowByRow(
    { kernel, step, rowed, out }: Node,
    bars: Bars,
    offset: number,
    base: number,
    moments: readonly BarMoment[],
  ): void {
    const instruments = this.#instruments;
    for (let r = 0, at = 0; r < moments.length; r++, at += instruments) {
      for (const { block, row } of rowed) {
        for (let i = 0; i < instruments; i++) row.values[i] = block.values[block.base + at + i]!;
      }
      step.call(kernel, bars, offset + at, out, base + at, moments[r]!);
    }
  }
}
