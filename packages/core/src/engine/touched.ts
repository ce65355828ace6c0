import { empty, sortInPlace } from '../list.js';

/** The books that `work` must look at: a flag a cell, and the list of them. */
export class TouchedCells {
  readonly #flag: Uint8Array;
  #touched: number[] = [];
  #taken: number[] = [];

  constructor(cells: number) {
    this.#flag = new Uint8Array(cells);
  }

  add(cell: number): void {
    if (this.#flag[cell] === 1) return;
    this.#flag[cell] = 1;
    this.#touched.push(cell);
  }

  get isEmpty(): boolean {
    return this.#touched.length === 0;
  }

  /** The touched cells, ascending, whatever order they were touched in; none is touched any more. Valid until the next call. */
  take(): readonly number[] {
    const taken = this.#touched;
    this.#touched = this.#taken;
    empty(this.#touched);
    this.#taken = taken;
    if (taken.length > 1) sortInPlace(taken, ascending);
    for (const cell of taken) this.#flag[cell] = 0;
    return taken;
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
