/** Chance from a seed: streams that never meet, each named by what it is for. */
import { normalQuantile } from './exact-math.js';

const WARM_UP_ROUNDS = 12;

/**
 * One stream of random numbers in 32-bit integer arithmetic: Chris Doty-Humphrey's sfc32 (PractRand), whose state is the
 * hash of the seed and the stream's name. One draw a number, so that a stream's place depends on the count of draws alone.
 */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** The stream of a name under a seed: `new RandomStream(1, 'AAPL', 'bars')`. Other names give other streams. */
  constructor(seed: number, ...name: readonly string[]) {
    const text = JSON.stringify([seed, ...name]);
    this.#a = hash(text, 0x9e3779b9);
    this.#b = hash(text, 0x243f6a88);
    this.#c = hash(text, 0xb7e15162);
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.#next();
  }

  /** A number strictly between 0 and 1, in steps of 2⁻³². */
  uniform(): number {
    return (this.#next() + 0.5) / 4_294_967_296;
  }

  /** A standard normal number; 32 bits of chance reach to ± 6.3. */
  normal(): number {
    return normalQuantile((this.#next() + 0.5) / 4_294_967_296);
  }

  #next(): number {
    const out = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0;
    return out >>> 0;
  }
}

/** FNV-1a over UTF-16 code units from a chosen start, then the finaliser of MurmurHash3. */
function hash(text: string, start: number): number {
  let state = start | 0;
  for (let place = 0; place < text.length; place++) state = Math.imul(state ^ text.charCodeAt(place), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}
