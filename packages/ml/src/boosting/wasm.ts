/** The loops in WebAssembly, compiled from `assembly/`. They give the bits of those in TypeScript in less than half the time. */
import type { Arena, Kernels } from './kernels.js';
import { leastOf, nodeScore, type Split } from './split.js';
import { MODULE } from './wasm-module.js';

/** What is used of WebAssembly: Node's own types leave it out. */
interface Api {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { readonly initial: number }) => Memory;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: Memory } },
  ) => { readonly exports: Readonly<Record<keyof typeof LOOPS, Loop>> };
}

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

type Loop = (...numbers: number[]) => number;

/** What the module exports. */
const LOOPS = {
  addRows: 0,
  subtract: 0,
  addLeaf: 0,
  addSides: 0,
  addTree: 0,
  bin: 0,
  gather: 0,
  part: 0,
  search: 0,
  softmax: 0,
};

/** Loops with a memory of their own. */
interface Instance {
  readonly memory: Memory;
  readonly loops: Readonly<Record<keyof typeof LOOPS, Loop>>;
}

const PAGE = 65_536;
/** Bytes at the start, for what a search has found. */
const FOUND = 64;
/** A memory ends where 32 bits do. */
const MOST = 2 ** 32 - PAGE;

/** Bytes that a column takes: vectors want multiples of 16. */
export const columnBytes = (bytes: number): number => 16 * Math.ceil(bytes / 16);

let module: object | undefined;
/** The last one, for the next training, unless the collector has taken it: memory that was once asked for cannot be given back in part. */
let spare: WeakRef<Instance> | undefined;

/** Kernels whose arena holds columns of so many bytes, and what gives the memory back; `undefined` where there is no such memory. */
export function wasmKernels(bytes: number): { readonly kernels: Kernels; release(): void } | undefined {
  const instance = spare?.deref() ?? made();
  spare = undefined;
  if (instance === undefined || !fits(instance.memory, bytes + FOUND)) return undefined;
  return {
    kernels: kernelsOf(instance),
    release() {
      spare = new WeakRef(instance);
    },
  };
}

function made(): Instance | undefined {
  const { WebAssembly: api } = globalThis as unknown as { readonly WebAssembly: Api | undefined };
  if (api === undefined) return undefined;
  try {
    module ??= new api.Module(Buffer.from(MODULE, 'base64'));
    const memory = new api.Memory({ initial: 1 });
    return { memory, loops: new api.Instance(module, { env: { memory } }).exports };
  } catch (error) {
    // No vector instructions, or no room for a memory: the loops in TypeScript need neither.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function fits(memory: Memory, bytes: number): boolean {
  const more = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (more <= 0) return true;
  if (bytes > MOST) return false;
  try {
    memory.grow(more);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Gives out the memory from its start; what was in it before is still there. */
function arenaOf({ buffer }: Memory): Arena {
  let next = FOUND;
  const place = (bytes: number): number => {
    const own = next;
    next += columnBytes(bytes);
    return own;
  };
  return {
    float64: (length) => new Float64Array(buffer, place(8 * length), length),
    float32: (length) => new Float32Array(buffer, place(4 * length), length),
    int32: (length) => new Int32Array(buffer, place(4 * length), length),
    int8: (length) => new Int8Array(buffer, place(length), length),
  };
}

function kernelsOf({ memory, loops }: Instance): Kernels {
  const found = new Float64Array(memory.buffer, 0, 6);
  const at = (column: ArrayBufferView): number => column.byteOffset;
  const marginAt = ({ margins, output }: { readonly margins: Float64Array; readonly output: number }): number =>
    at(margins) + 8 * output;
  return {
    arena: arenaOf(memory),
    bin(values, count, limits, { words, width }, from, feature) {
      loops.bin(at(values), count, at(limits), limits.length, at(words) + 4 * width * from + feature, 4 * width);
    },
    softmax({ margins, targets, weights }, out) {
      loops.softmax(at(margins), at(targets), at(weights), targets.length, out.length, at(out[0]!));
    },
    gather({ words, width }, derivatives, { rows, features }, to) {
      const list = [at(rows), rows.length, at(features), features.length] as const;
      loops.gather(at(words), width, at(derivatives), ...list, at(to.words), at(to.derivatives), at(to.ids));
    },
    addRows: (histogram, { words, derivatives }, width, from, to) =>
      void loops.addRows(at(histogram), at(words), at(derivatives), width, from, to),
    subtract: (parent, child, length) => void loops.subtract(at(parent), at(child), 8 * length),
    bestSplit(histogram, { bins, signs }, node, rules): Split | undefined {
      const { first, second, lower, upper } = node;
      const { l1, l2, minGain, minChildWeight } = rules;
      const of = [at(histogram), bins.length, at(bins), at(signs), first, second, lower, upper, l1, l2] as const;
      loops.search(...of, nodeScore(node, rules), leastOf(minChildWeight), leastOf(minGain), at(found));
      const [feature, bin, missingLeft, gain, leftFirst, leftSecond] = found as unknown as readonly number[];
      if (feature! < 0) return undefined;
      return {
        feature: feature!,
        bin: bin!,
        missingLeft: missingLeft === 1,
        gain: gain!,
        leftFirst: leftFirst!,
        leftSecond: leftSecond!,
      };
    },
    part(rows, to, width, from, end, { feature, shift, most }) {
      const source = [at(rows.words), at(rows.derivatives), at(rows.ids)] as const;
      const target = [at(to.words), at(to.derivatives), at(to.ids)] as const;
      return loops.part(...source, ...target, width, from, end, feature, shift, most);
    },
    addSides({ words, ids }, width, from, to, { feature, shift, most }, left, right, column) {
      const rows = [at(words), at(ids), width, from, to] as const;
      loops.addSides(...rows, feature, shift, most, left, right, marginAt(column), column.outputs);
    },
    addLeaf: ({ ids }, from, to, value, column) =>
      void loops.addLeaf(at(ids), from, to, value, marginAt(column), column.outputs),
    addTree: ({ nodes, values }, { words, width, rows }, column) =>
      void loops.addTree(at(nodes), at(values), at(words), width, rows, marginAt(column), column.outputs),
  };
}
