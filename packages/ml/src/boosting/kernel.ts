/** The inner loops: histograms of derivatives, and rows parted by a split. Nothing is allocated here. */

/** Numbers of a feature in a histogram: first and second derivative of each of 256 bins. */
export const FEATURE = 512;

/** Rows in the order in which their node reads them. */
export interface RowBuffer {
  /** Bins, `width` words a row. */
  readonly words: Int32Array;
  /** First and second derivative of each row. */
  readonly derivatives: Float64Array;
  /** Where each row is in the training set. */
  readonly ids: Int32Array;
}

/** Adds the derivatives of the rows `from` to `to` (without it) to the bins of all features. */
export function addRows(
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

/** Takes the histogram of one child from that of its parent: what is left is the other child's. */
export function subtract(parent: Float64Array, child: Float64Array, length: number): void {
  for (let k = 0; k < length; k++) parent[k]! -= child[k]!;
}

/** How rows are parted: which bins of which feature go left. */
export interface Parting {
  readonly feature: number;
  /** 1 for each bin that goes left, of 256. */
  readonly goesLeft: Uint8Array;
  /** The side whose histogram is made from its rows: 1 for left, 0 for right. */
  readonly counted: number;
}

/**
 * Copies the rows `from` to `to` of one buffer to the same places of another: those that go left to the front in their order, the rest to the back from the end.
 * Gives the place of the first row of the back.
 */
export function part(
  { words, derivatives, ids }: RowBuffer,
  { words: toWords, derivatives: toDerivatives, ids: toIds }: RowBuffer,
  width: number,
  from: number,
  to: number,
  { feature, goesLeft }: Parting,
): number {
  const offset = feature >> 2;
  const shift = (feature & 3) << 3;
  let front = from;
  let back = to;
  for (let row = from; row < to; row++) {
    const start = row * width;
    const side = goesLeft[(words[start + offset]! >>> shift) & 255]!;
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

/**
 * As {@link part}, but of the rows only where each is goes to the other buffer, which is enough where the next split is the last; and the side `counted` is
 * added to a histogram on the way.
 */
export function partCounting(
  { words, derivatives, ids }: RowBuffer,
  { ids: toIds }: RowBuffer,
  width: number,
  from: number,
  to: number,
  { feature, goesLeft, counted }: Parting,
  histogram: Float64Array,
): number {
  const offset = feature >> 2;
  const shift = (feature & 3) << 3;
  let front = from;
  let back = to;
  for (let row = from; row < to; row++) {
    const start = row * width;
    const side = goesLeft[(words[start + offset]! >>> shift) & 255]!;
    back -= 1 - side;
    toIds[side === 1 ? front : back] = ids[row]!;
    front += side;
    if (side !== counted) continue;
    // As in `addRows`: a call a row would cost a third more.
    const first = derivatives[2 * row]!;
    const second = derivatives[2 * row + 1]!;
    const end = start + width;
    let base = 0;
    for (let word = start; word < end; word++) {
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
  return front;
}

/** As {@link part}, but only where each row is, and its bin is looked up in the rows of the whole set: enough where both sides are leaves. */
export function partIds(
  ids: Int32Array,
  toIds: Int32Array,
  from: number,
  to: number,
  { words, width }: { readonly words: Int32Array; readonly width: number },
  { feature, goesLeft }: Parting,
): number {
  const offset = feature >> 2;
  const shift = (feature & 3) << 3;
  let front = from;
  let back = to;
  for (let place = from; place < to; place++) {
    const row = ids[place]!;
    const side = goesLeft[(words[row * width + offset]! >>> shift) & 255]!;
    back -= 1 - side;
    toIds[side === 1 ? front : back] = row;
    front += side;
  }
  return front;
}
