import { empty } from '../list.js';
import type { InstrumentIndex } from '../market/instrument.js';

/** Of which instruments positions, open orders or marks have changed, since the last change of all of them. */
export class ChangeLog {
  readonly #instruments: InstrumentIndex[] = [];
  #first = 0;

  /** Counts the changes. */
  get count(): number {
    return this.#first + this.#instruments.length;
  }

  add(instrument: number): void {
    this.#instruments.push(instrument as InstrumentIndex);
  }

  addAll(): void {
    this.#first = this.count + 1;
    empty(this.#instruments);
  }

  /** Instruments that changed after so many changes; `undefined` when all of them may have. */
  since(count: number): readonly InstrumentIndex[] | undefined {
    const place = count - this.#first;
    return place >= 0 ? this.#instruments.slice(place) : undefined;
  }
}
