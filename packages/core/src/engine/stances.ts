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
  readonly sinceSlice: Int32Array;
  /** End of that slice. */
  readonly sinceTime: Float64Array;
  /** The wish behind the stance, kept while it may yet be sized: for a retry after a refusal, and for a resize. */
  readonly signal: (Signal | undefined)[];
  /** The session in which a refusal was last tried. */
  readonly triedSession: Int32Array;
  /** Cells whose status is refused. */
  refused = 0;

  constructor(cells: number) {
    this.direction = new Int8Array(cells);
    this.status = new Uint8Array(cells);
    this.target = new Float64Array(cells);
    this.stopPrice = new Float64Array(cells).fill(Number.NaN);
    this.targetPrice = new Float64Array(cells).fill(Number.NaN);
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
