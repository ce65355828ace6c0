/**
 * Correlations of session returns, shrunk by half to the mean of their sectors. Returns are kept as whole millionths, so that
 * running sums are exact: the same numbers come out whatever the order in which they were added, after a restart too.
 */
import { type InstrumentIndex, RETURN_SESSIONS, type RiskContext } from '@tradekit/core';
import { engineContext } from './granted.js';

/** Sessions that a pair must have in common before anything is said of it. */
const LEAST_COMMON = 20;
/** Whole units in a return of 1. Squares of 120 returns up to 800 % stay below 2^53. */
const UNITS = 1e6;
/** A larger return counts as this much. */
const MOST_RETURN = 8;
/** How much of the sectors' mean goes into a correlation. */
const SHRINKAGE = 0.5;

/** What is known of a universe's session returns. */
export interface Correlations {
  /** Shrunk correlation of two instruments, 1 with itself; NaN where they have too few sessions in common. */
  correlation(i: number, j: number): number;
  /** Standard deviation (n − 1) of an instrument's session returns; NaN below 20 of them. */
  volatility(i: number): number;
  /** All that are joined to an instrument by correlations above a threshold, or unknown ones, directly or through others; ascending. */
  cluster(i: InstrumentIndex, threshold: number): readonly InstrumentIndex[];
}

const tables = new WeakMap<RiskContext, Table>();

/** The correlations as of the last official close. Kept with the engine's context, and brought up to date once a session. */
export function correlationsOf(context: RiskContext): Correlations {
  const owner = engineContext(context);
  let table = tables.get(owner);
  if (table === undefined) {
    table = new Table(owner.instruments.length);
    tables.set(owner, table);
  }
  table.update(owner);
  return table;
}

/** Sums over the sessions that two instruments have in common, for every pair i ≤ j. */
class Table implements Correlations {
  readonly #size: number;
  readonly #window: Float64Array;
  readonly #count: Float64Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #xx: Float64Array;
  readonly #yy: Float64Array;
  readonly #xy: Float64Array;
  readonly #shrunk: Float64Array;
  readonly #sector: Int32Array;
  /** By threshold, the cluster of every instrument; made anew when the correlations are. */
  readonly #clusters = new Map<number, readonly (readonly InstrumentIndex[])[]>();
  #sectors = 0;
  #sessions = 0;

  constructor(size: number) {
    const pairs = (size * (size + 1)) / 2;
    const column = (): Float64Array => new Float64Array(pairs);
    this.#size = size;
    this.#window = new Float64Array(RETURN_SESSIONS * size).fill(Number.NaN);
    this.#count = column();
    this.#x = column();
    this.#y = column();
    this.#xx = column();
    this.#yy = column();
    this.#xy = column();
    this.#shrunk = new Float64Array(size * size).fill(Number.NaN);
    this.#sector = new Int32Array(size);
  }

  /** Takes the sessions that have closed since the last time. */
  update(context: RiskContext): void {
    const closed = context.sessionsClosed;
    if (closed === this.#sessions) return;
    if (this.#sectors === 0) this.#nameSectors(context);
    // No more than the window is told; what lies before it is not missed.
    for (let ago = Math.min(RETURN_SESSIONS, closed - this.#sessions); ago >= 1; ago--) {
      const row = ((closed - ago) % RETURN_SESSIONS) * this.#size;
      this.#add(row, -1);
      for (let i = 0; i < this.#size; i++)
        this.#window[row + i] = units(context.sessionReturn(context.instruments[i]!, ago));
      this.#add(row, 1);
    }
    this.#sessions = closed;
    this.#clusters.clear();
    this.#shrink();
  }

  #nameSectors(context: RiskContext): void {
    const names: (string | undefined)[] = [];
    for (const i of context.instruments) {
      const name = context.sector(i);
      if (!names.includes(name)) names.push(name);
      this.#sector[i] = names.indexOf(name);
    }
    this.#sectors = names.length;
  }

  /** Adds a session of the window to the sums, or takes it out. */
  #add(row: number, sign: 1 | -1): void {
    const returns = this.#window;
    for (let i = 0; i < this.#size; i++) {
      const a = returns[row + i]!;
      if (Number.isNaN(a)) continue;
      const first = this.#row(i);
      for (let j = i; j < this.#size; j++) {
        const b = returns[row + j]!;
        if (Number.isNaN(b)) continue;
        const pair = first + j;
        this.#count[pair]! += sign;
        this.#x[pair]! += sign * a;
        this.#y[pair]! += sign * b;
        this.#xx[pair]! += sign * a * a;
        this.#yy[pair]! += sign * b * b;
        this.#xy[pair]! += sign * a * b;
      }
    }
  }

  /** Where the pairs of an instrument begin, less itself: the pair (i, j) stands at `row(i) + j`. */
  #row(i: number): number {
    return i * this.#size - (i * (i + 1)) / 2;
  }

  #shrink(): void {
    const sums = new Float64Array(this.#sectors * this.#sectors);
    const counts = new Float64Array(this.#sectors * this.#sectors);
    for (let i = 0; i < this.#size; i++) {
      for (let j = i + 1; j < this.#size; j++) {
        const rho = this.#sample(this.#row(i) + j);
        this.#shrunk[i * this.#size + j] = rho;
        if (Number.isNaN(rho)) continue;
        const block = this.#block(i, j);
        sums[block]! += rho;
        counts[block]! += 1;
      }
    }
    for (let i = 0; i < this.#size; i++) {
      this.#shrunk[i * this.#size + i] = 1;
      for (let j = i + 1; j < this.#size; j++) {
        const block = this.#block(i, j);
        const rho = (1 - SHRINKAGE) * this.#shrunk[i * this.#size + j]! + (SHRINKAGE * sums[block]!) / counts[block]!;
        this.#shrunk[i * this.#size + j] = rho;
        this.#shrunk[j * this.#size + i] = rho;
      }
    }
  }

  /** The pairs of two sectors, or of one. */
  #block(i: number, j: number): number {
    const [a, b] = [this.#sector[i]!, this.#sector[j]!];
    return Math.min(a, b) * this.#sectors + Math.max(a, b);
  }

  #sample(pair: number): number {
    const n = this.#count[pair]!;
    if (n < LEAST_COMMON) return Number.NaN;
    const [x, y] = [this.#x[pair]!, this.#y[pair]!];
    const spread = Math.sqrt((this.#xx[pair]! - (x * x) / n) * (this.#yy[pair]! - (y * y) / n));
    // An instrument that never moves goes with nothing.
    return spread > 0 ? Math.max(-1, Math.min(1, (this.#xy[pair]! - (x * y) / n) / spread)) : 0;
  }

  cluster(i: InstrumentIndex, threshold: number): readonly InstrumentIndex[] {
    let clusters = this.#clusters.get(threshold);
    if (clusters === undefined) {
      clusters = this.#join(threshold);
      this.#clusters.set(threshold, clusters);
    }
    return clusters[i]!;
  }

  #join(threshold: number): readonly (readonly InstrumentIndex[])[] {
    const clusters: (readonly InstrumentIndex[])[] = [];
    for (let from = 0; from < this.#size; from++) {
      if (clusters[from] !== undefined) continue;
      const found = new Set([from]);
      for (const i of found) {
        for (let j = 0; j < this.#size; j++) if (!(this.correlation(i, j) <= threshold)) found.add(j);
      }
      const members = [...found].sort((a, b) => a - b) as InstrumentIndex[];
      for (const member of members) clusters[member] = members;
    }
    return clusters;
  }

  correlation(i: number, j: number): number {
    return i === j ? 1 : (this.#shrunk[i * this.#size + j] ?? Number.NaN);
  }

  volatility(i: number): number {
    const pair = this.#row(i) + i;
    const n = this.#count[pair]!;
    if (!(n >= LEAST_COMMON)) return Number.NaN;
    const x = this.#x[pair]!;
    return Math.sqrt(Math.max(0, this.#xx[pair]! - (x * x) / n) / (n - 1)) / UNITS;
  }
}

/** A return in whole millionths. */
function units(value: number): number {
  return Math.round(Math.max(-MOST_RETURN, Math.min(MOST_RETURN, value)) * UNITS);
}
