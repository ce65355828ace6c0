import type { Bars } from '../market/bars.js';
import type { Direction, Signal, StanceStatus } from '../strategy/signal.js';

const STATUS: readonly StanceStatus[] = ['standing', 'refused', 'ended'];
/** The places of the statuses in their column. */
export const STANDING = 0;
export const REFUSED = 1;
export const ENDED = 2;

/** What has become of every strategy's wishes: one cell per strategy and instrument, `strategy * instruments + instrument`. */
export class Stances {
  readonly direction: Int8Array;
  readonly status: Uint8Array;
  readonly target: Float64Array;
  readonly stopPrice: Float64Array;
  readonly targetPrice: Float64Array;
  /** Dollars that a trailing stop stays behind, NaN where the stop does not trail; and whether it has followed a row yet. */
  readonly trailDistance: Float64Array;
  readonly #isFollowed: Uint8Array;
  readonly sinceSlice: Int32Array;
  /** End of that slice. */
  readonly sinceTime: Float64Array;
  /** The wish behind the stance, kept while it may yet be sized: for a retry after a refusal, and for a resize. */
  readonly signal: (Signal | undefined)[];
  /** The session in which a refusal was last tried. */
  readonly triedSession: Int32Array;
  /** Cells whose status is refused, and cells whose stop trails. */
  refused = 0;
  trailing = 0;

  constructor(cells: number) {
    this.direction = new Int8Array(cells);
    this.status = new Uint8Array(cells);
    this.target = new Float64Array(cells);
    this.stopPrice = new Float64Array(cells).fill(Number.NaN);
    this.targetPrice = new Float64Array(cells).fill(Number.NaN);
    this.trailDistance = new Float64Array(cells).fill(Number.NaN);
    this.#isFollowed = new Uint8Array(cells);
    this.sinceSlice = new Int32Array(cells).fill(-1);
    this.sinceTime = new Float64Array(cells);
    this.signal = new Array<Signal | undefined>(cells).fill(undefined);
    this.triedSession = new Int32Array(cells);
  }

  setStatus(cell: number, status: number): void {
    if (this.status[cell] === REFUSED) this.refused -= 1;
    if (status === REFUSED) this.refused += 1;
    this.status[cell] = status;
  }

  /** The prices of a signal. A stop that trails already stays where it is, or comes nearer. */
  setLegs(cell: number, signal: Signal | undefined, isSame: boolean): void {
    const { stopPrice = Number.NaN, targetPrice = Number.NaN, trailDistance = Number.NaN } = signal ?? {};
    const didTrail = !Number.isNaN(this.trailDistance[cell]!);
    const trails = !Number.isNaN(trailDistance);
    this.trailing += Number(trails) - Number(didTrail);
    this.targetPrice[cell] = targetPrice;
    this.trailDistance[cell] = trailDistance;
    if (isSame && trails && didTrail) {
      this.stopPrice[cell] = this.#nearer(cell, this.stopPrice[cell]!, stopPrice);
      return;
    }
    this.stopPrice[cell] = stopPrice;
    this.#isFollowed[cell] = 0;
  }

  /** Trailing stops follow a row: its best price, or in the bar in which a book was opened its close, for nobody knows what came before. */
  follow({ high, low, close }: Bars, held: Float64Array): void {
    if (this.trailing === 0) return;
    for (let cell = 0; cell < held.length; cell++) {
      const distance = this.trailDistance[cell]!;
      if (Number.isNaN(distance)) continue;
      const direction = this.direction[cell]!;
      const instrument = cell % close.length;
      if (held[cell]! * direction <= 0) {
        this.#isFollowed[cell] = 0;
        continue;
      }
      const best = this.#isFollowed[cell] === 0 ? close : direction > 0 ? high : low;
      this.#isFollowed[cell] = 1;
      if (Number.isNaN(best[instrument]!)) continue;
      this.stopPrice[cell] = this.#nearer(cell, this.stopPrice[cell]!, best[instrument]! - direction * distance);
    }
  }

  #nearer(cell: number, a: number, b: number): number {
    return this.direction[cell]! > 0 ? Math.max(a, b) : Math.min(a, b);
  }

  statusName(cell: number): StanceStatus {
    return STATUS[this.status[cell]!]!;
  }

  directionOf(cell: number): Direction {
    return this.direction[cell] as Direction;
  }

  /** A stop or a target is wanted. */
  isProtected(cell: number): boolean {
    return !Number.isNaN(this.stopPrice[cell]!) || !Number.isNaN(this.targetPrice[cell]!);
  }
}

/** The place of a status by its name. */
export function statusPlace(status: StanceStatus): number {
  return STATUS.indexOf(status);
}
