/**
 * An empty list for objects. A plain `[]` counts as a list of small integers until its first object comes, and code that was
 * optimized for objects is thrown away when it meets such a list in the next engine: half the time of a second run.
 */
export function objectList<T extends object>(): T[] {
  const list: (T | undefined)[] = [undefined];
  list.pop();
  return list as T[];
}

/** Empties a list that is mostly short: popping is several times faster than setting the length. */
export function empty(list: unknown[]): void {
  while (list.length > 0) list.pop();
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

/** Takes an item out of a short list and keeps the order of the others. */
export function removeItem<T>(list: T[], item: T): void {
  const place = list.indexOf(item);
  for (let k = place + 1; place >= 0 && k < list.length; k++) list[k - 1] = list[k]!;
  if (place >= 0) list.pop();
}

/**
 * Items by numbers that count up from 1, of which only the latest are there: an array that forgets its beginning. A `Map` would
 * be made anew over and over as its entries come and go.
 */
export class Numbered<T extends object> {
  readonly #items: (T | undefined)[] = objectList<T>();
  #first = 1;
  /** Places at the beginning that are empty. */
  #gone = 0;

  /** The item of a number; `undefined` when there is none. */
  get(number: number): T | undefined {
    return this.#items[number - this.#first];
  }

  /** Puts an item at its number, in place of the one that is there. Numbers may come late: a replacement leaves before an older entry. */
  put(number: number, item: T): void {
    if (this.#items.length === 0) this.#first = number;
    while (number < this.#first) {
      this.#items.unshift(undefined);
      this.#first -= 1;
      this.#gone += 1;
    }
    while (this.#items.length < number - this.#first) this.#items.push(undefined);
    const place = number - this.#first;
    if (place === this.#items.length) this.#items.push(item);
    else this.#items[place] = item;
    // A place that was counted as empty is not any more.
    if (place < this.#gone) this.#gone = place;
  }

  /** Takes out the item of a number; nothing happens when there is none. */
  delete(number: number): void {
    const place = number - this.#first;
    if (place < 0 || place >= this.#items.length) return;
    this.#items[place] = undefined;
    while (this.#gone < this.#items.length && this.#items[this.#gone] === undefined) this.#gone += 1;
    if (this.#gone < this.#items.length && this.#gone < 256) return;
    // A good part at a time: moving the rest costs as much as there is of it.
    this.#items.splice(0, this.#gone);
    this.#first += this.#gone;
    this.#gone = 0;
  }

  /** The items that are there, in the order of their numbers. */
  values(): readonly T[] {
    return this.#items.filter((item) => item !== undefined);
  }
}
