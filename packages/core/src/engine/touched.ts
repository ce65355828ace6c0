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

/** Sorts a short list by insertion: stable, and without the scratch array of the built-in sort. */
export function sortInPlace<T>(list: T[], compare: (a: T, b: T) => number): void {
  if (list.length > 32) {
    list.sort(compare);
    return;
  }
  for (let k = 1; k < list.length; k++) {
    const item = list[k]!;
    let place = k - 1;
    while (place >= 0 && compare(list[place]!, item) > 0) {
      list[place + 1] = list[place]!;
      place -= 1;
    }
    list[place + 1] = item;
  }
}

/** Empties a list that is mostly short: popping is several times faster than setting the length. */
export function empty(list: unknown[]): void {
  while (list.length > 0) list.pop();
}
