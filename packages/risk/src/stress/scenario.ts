import type { StressBook } from './book.js';

/** Something that may happen to a book between two marks. */
export interface Scenario {
  /** Stands in tables, for example `2022`. */
  readonly name: string;
  /** What is assumed and where the numbers come from, in words. */
  readonly source: string;
  /** Dollars that each position wins, a loss below 0, in the order of the book. Pure. */
  profits(book: StressBook): readonly number[];
}
