/** mulberry32: numbers from 0 to below 1, the same for a seed on every machine. */
export function generator(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` of the numbers 0 … n − 1, ascending, each choice as likely as another (D. Knuth, The Art of Computer Programming 2, 3.4.2, S). */
export function sample(n: number, count: number, random: () => number): Int32Array {
  const out = new Int32Array(count);
  let taken = 0;
  for (let k = 0; taken < count; k++) if (random() * (n - k) < count - taken) out[taken++] = k;
  return out;
}
