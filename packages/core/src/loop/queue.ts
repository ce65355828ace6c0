import { empty, objectList } from '../list.js';

/** First in, first out, without a cost that grows: for the few events that wait between two turns of a loop. */
export class Queue<T extends object> {
  readonly #waiting: T[] = objectList();
  #head = 0;

  /** Nothing waits. */
  get isEmpty(): boolean {
    return this.#head === this.#waiting.length;
  }

  /** Adds an item at the end. */
  put(item: T): void {
    this.#waiting.push(item);
  }

  /** The item that has waited longest; `undefined` when none waits. */
  take(): T | undefined {
    if (this.#head === this.#waiting.length) return undefined;
    const item = this.#waiting[this.#head];
    this.#head += 1;
    if (this.#head === this.#waiting.length) {
      empty(this.#waiting);
      this.#head = 0;
    }
    return item;
  }
}
