/** The loops in TypeScript. */
import { MISSING } from './bins.js';
import { type BinnedRows, FEATURE, type Kernels, type RowBuffer, type Sampled, type Side } from './kernels.js';
import { addLeaf, addSides, addTree } from './leaves.js';
import { softmaxDerivatives } from './softmax.js';
import { bestSplit } from './split.js';

/** The loops as they run without WebAssembly, each column of its own. */
export function typescriptKernels(): Kernels {
  const arena = {
    float64: (length: number) => new Float64Array(length),
    float32: (length: number) => new Float32Array(length),
    int32: (length: number) => new Int32Array(length),
    int8: (length: number) => new Int8Array(length),
  };
  return {
    arena,
    bin,
    softmax: softmaxDerivatives,
    gather,
    addRows,
    subtract,
    bestSplit,
    part,
    addSides,
    addLeaf,
    addTree,
  };
}

function bin(
  values: Float32Array,
  count: number,
  limits: Float64Array,
  { words, width }: BinnedRows,
  from: number,
  feature: number,
): void {
  // A word's lowest byte is its first one on every machine that Node runs on; the readers shift, so this must hold.
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  for (let k = 0; k < count; k++) bytes[4 * width * (from + k) + feature] = binOf(limits, values[k]!);
}

function binOf(limits: Float64Array, value: number): number {
  if (Number.isNaN(value)) return MISSING;
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function gather(all: BinnedRows, derivatives: Float64Array, { rows, features }: Sampled, to: RowBuffer): void {
  const { words: from, width } = all;
  const own = Math.ceil(features.length / 4);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!;
    for (let k = 0; k < own; k++) {
      let word = 0;
      for (let byte = 0; byte < 4 && 4 * k + byte < features.length; byte++) {
        const feature = features[4 * k + byte]!;
        word |= ((from[row * width + (feature >> 2)]! >>> ((feature & 3) << 3)) & 255) << (byte << 3);
      }
      to.words[place * own + k] = word;
    }
    to.derivatives[2 * place] = derivatives[2 * row]!;
    to.derivatives[2 * place + 1] = derivatives[2 * row + 1]!;
    to.ids[place] = row;
  }
}

function addRows(
  histogram: Float64Array,
  { words, derivatives }: RowBuffer,
  width: number,
  from: number,
  to: number,
): void {
  let word = from * width;
  for (let row = from; row < to; row++) {
    const first = derivatives[2 * row]!;
    const second = derivatives[2 * row + 1]!;
    const end = word + width;
    for (let base = 0; word < end; word++) {
      const four = words[word]!;
      const a = base + ((four & 255) << 1);
      histogram[a]! += first;
      histogram[a + 1]! += second;
      const b = base + FEATURE + ((four >>> 7) & 510);
      histogram[b]! += first;
      histogram[b + 1]! += second;
      const c = base + 2 * FEATURE + ((four >>> 15) & 510);
      histogram[c]! += first;
      histogram[c + 1]! += second;
      const d = base + 3 * FEATURE + ((four >>> 23) & 510);
      histogram[d]! += first;
      histogram[d + 1]! += second;
      base += 4 * FEATURE;
    }
  }
}

function subtract(parent: Float64Array, child: Float64Array, length: number): void {
  for (let k = 0; k < length; k++) parent[k]! -= child[k]!;
}

function part(
  { words, derivatives, ids }: RowBuffer,
  { words: toWords, derivatives: toDerivatives, ids: toIds }: RowBuffer,
  width: number,
  from: number,
  to: number,
  { feature, shift, most }: Side,
): number {
  const offset = feature >> 2;
  const bits = (feature & 3) << 3;
  let front = from;
  let back = to;
  for (let row = from; row < to; row++) {
    const start = row * width;
    // The sign of a difference: a branch here would be foreseen every other time.
    const side = ((((words[start + offset]! >>> bits) + shift) & 255) - most - 1) >>> 31;
    back -= 1 - side;
    const place = side === 1 ? front : back;
    front += side;
    toDerivatives[2 * place] = derivatives[2 * row]!;
    toDerivatives[2 * place + 1] = derivatives[2 * row + 1]!;
    toIds[place] = ids[row]!;
    const end = start + width;
    let word = start;
    let at = place * width;
    for (; word + 3 < end; word += 4) {
      toWords[at] = words[word]!;
      toWords[at + 1] = words[word + 1]!;
      toWords[at + 2] = words[word + 2]!;
      toWords[at + 3] = words[word + 3]!;
      at += 4;
    }
    for (; word < end; word++) toWords[at++] = words[word]!;
  }
  return front;
}
