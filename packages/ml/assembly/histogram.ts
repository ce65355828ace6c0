/** Histograms: 256 bins a feature, first and second derivative of each side by side, 16 bytes a bin. */

/** Rows that are added to one word of features after the other: their derivatives stay in the nearest cache, and so do the bins of four features. */
const BLOCK: usize = 1024;
/** Bytes of a feature in a histogram. */
const FEATURE: usize = 4096;

/** Adds the derivatives of the rows `from` to `to` (without it) to the bins of all features; `width` words a row. */
export function addRows(
  histogram: usize,
  words: usize,
  derivatives: usize,
  width: usize,
  from: usize,
  to: usize,
): void {
  const stride = width << 2;
  for (let start = from; start < to; start += BLOCK) {
    const end = derivatives + (min(start + BLOCK, to) << 4);
    let base = histogram;
    for (let k: usize = 0; k < stride; k += 4) {
      let word = words + start * stride + k;
      for (let row = derivatives + (start << 4); row < end; row += 16) {
        const both = v128.load(row);
        const four = load<u32>(word);
        const a = base + ((<usize>(four & 255)) << 4);
        v128.store(a, f64x2.add(v128.load(a), both));
        const b = base + <usize>((four >>> 4) & 0xff0);
        v128.store(b, f64x2.add(v128.load(b, FEATURE), both), FEATURE);
        const c = base + <usize>((four >>> 12) & 0xff0);
        v128.store(c, f64x2.add(v128.load(c, 2 * FEATURE), both), 2 * FEATURE);
        const d = base + <usize>((four >>> 20) & 0xff0);
        v128.store(d, f64x2.add(v128.load(d, 3 * FEATURE), both), 3 * FEATURE);
        word += stride;
      }
      base += 4 * FEATURE;
    }
  }
}

/** Takes the `bytes` of one histogram from those of another. */
export function subtract(parent: usize, child: usize, bytes: usize): void {
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(parent + k, f64x2.sub(v128.load(parent + k), v128.load(child + k)));
  }
}
