/**
 * Rows and where they go. A row goes left where `((bin + shift) & 255) <= most`: without a shift those of the bins up to `most`; with a shift of 1 the missing
 * ones, whose bin is 255, come before all others.
 */

/** Copies the rows `from` to `to` of one buffer to another: to the left ones the front, the rest to the back from the end. Gives the first of the back. */
export function part(
  words: usize,
  derivatives: usize,
  ids: usize,
  toWords: usize,
  toDerivatives: usize,
  toIds: usize,
  width: usize,
  from: usize,
  to: usize,
  feature: usize,
  shift: u32,
  most: u32,
): usize {
  const stride = width << 2;
  let front = from;
  let back = to;
  let word = words + from * stride;
  for (let row = from; row < to; row++) {
    const isLeft = <usize>(((load<u8>(word + feature) + shift) & 255) <= most);
    back -= 1 - isLeft;
    const place = select(front, back, isLeft);
    front += isLeft;
    v128.store(toDerivatives + (place << 4), v128.load(derivatives + (row << 4)));
    store<u32>(toIds + (place << 2), load<u32>(ids + (row << 2)));
    const end = word + stride;
    let at = toWords + place * stride;
    for (; word + 8 <= end; word += 8) {
      store<u64>(at, load<u64>(word));
      at += 8;
    }
    if (word < end) {
      store<u32>(at, load<u32>(word));
      word += 4;
    }
  }
  return front;
}

/** Adds `left` or `right` to the margins of the rows `from` to `to`, by where each goes. */
export function addSides(
  words: usize,
  ids: usize,
  width: usize,
  from: usize,
  to: usize,
  feature: usize,
  shift: u32,
  most: u32,
  left: f64,
  right: f64,
  margins: usize,
  outputs: usize,
): void {
  const stride = width << 2;
  let word = words + from * stride + feature;
  for (let row = from; row < to; row++) {
    const isLeft = ((load<u8>(word) + shift) & 255) <= most;
    const margin = margins + ((<usize>load<u32>(ids + (row << 2)) * outputs) << 3);
    store<f64>(margin, load<f64>(margin) + select(left, right, isLeft));
    word += stride;
  }
}

/** Adds a leaf to the margins of the rows `from` to `to`. */
export function addLeaf(ids: usize, from: usize, to: usize, value: f64, margins: usize, outputs: usize): void {
  for (let row = from; row < to; row++) {
    const margin = margins + ((<usize>load<u32>(ids + (row << 2)) * outputs) << 3);
    store<f64>(margin, load<f64>(margin) + value);
  }
}

/**
 * Adds the leaves of a tree to the margins of `rows` rows. Of a node there are five numbers of 32 bits: its left child, the right one, feature, shift and
 * most; a leaf is its own left child. `values` are those of the leaves.
 */
export function addTree(
  nodes: usize,
  values: usize,
  words: usize,
  width: usize,
  rows: usize,
  margins: usize,
  outputs: usize,
): void {
  const stride = width << 2;
  for (let row: usize = 0; row < rows; row++) {
    let node: usize = 0;
    let at = nodes;
    let left = <usize>load<u32>(at);
    while (left !== node) {
      const own = (load<u8>(words + <usize>load<u32>(at, 8)) + load<u32>(at, 12)) & 255;
      node = select(left, <usize>load<u32>(at, 4), own <= load<u32>(at, 16));
      at = nodes + node * 20;
      left = <usize>load<u32>(at);
    }
    store<f64>(margins, load<f64>(margins) + load<f64>(values + (node << 3)));
    margins += outputs << 3;
    words += stride;
  }
}

/** Copies `rows` rows of a list, and of each `features` bytes of a list, side by side into a buffer. */
export function gather(
  words: usize,
  width: usize,
  derivatives: usize,
  list: usize,
  rows: usize,
  columns: usize,
  features: usize,
  toWords: usize,
  toDerivatives: usize,
  toIds: usize,
): void {
  const stride = (features + 3) & ~3;
  for (let place: usize = 0; place < rows; place++) {
    const row = load<u32>(list + (place << 2));
    const from = words + <usize>row * (width << 2);
    for (let k: usize = 0; k < features; k++) {
      store<u8>(toWords + k, load<u8>(from + <usize>load<u32>(columns + (k << 2))));
    }
    for (let k = features; k < stride; k++) store<u8>(toWords + k, 0);
    toWords += stride;
    v128.store(toDerivatives + (place << 4), v128.load(derivatives + ((<usize>row) << 4)));
    store<u32>(toIds + (place << 2), row);
  }
}

/**
 * The bins of `count` values of a feature, one a row of `stride` bytes from `to` on: how many of its limits each has reached, 255 where it is missing.
 * Where there is no limit the first number there is infinite.
 */
export function bin(values: usize, count: usize, limits: usize, length: usize, to: usize, stride: usize): void {
  const end = values + (count << 2);
  for (; values < end; values += 4) {
    const value = <f64>load<f32>(values);
    let low: usize = 0;
    for (let open = length; open > 1; ) {
      const half = open >> 1;
      low += select(half, 0, load<f64>(limits + ((low + half) << 3) - 8) <= value);
      open -= half;
    }
    low += <usize>(load<f64>(limits + (low << 3)) <= value);
    store<u8>(to, select(<u8>low, 255, value <= Infinity));
    to += stride;
  }
}
