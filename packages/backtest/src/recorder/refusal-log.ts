import type { Decision, StrategyIndex, Timestamp } from '@tradekit/core';
import type { RefusalRow } from '../result/run-result.js';

type Refused = Extract<Decision, { kind: 'refused' }>;
type StanceTaken = Extract<Decision, { kind: 'stance' }>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Refusals, one row for a wish and a rule for as long as the wish stands. */
export class RefusalLog {
  readonly #instruments: number;
  readonly #rows: Writable<RefusalRow>[] = [];
  /** By book: the direction of its wish, and the rows of that wish. */
  readonly #direction: Int8Array;
  readonly #open: (Writable<RefusalRow>[] | undefined)[];

  constructor(strategies: number, instruments: number) {
    this.#instruments = instruments;
    this.#direction = new Int8Array(strategies * instruments);
    this.#open = new Array<Writable<RefusalRow>[] | undefined>(strategies * instruments).fill(undefined);
  }

  /** A wish that changed, or was granted, is another wish from now on. */
  stance({ strategy, instrument, stance }: StanceTaken): void {
    const book = this.#book(strategy, instrument);
    if (stance.direction === this.#direction[book] && stance.status === 'refused') return;
    this.#direction[book] = stance.direction;
    this.#open[book] = undefined;
  }

  refused({ strategy, instrument, rule, measured, limit, reason }: Refused, time: Timestamp, mark: number): void {
    const book = this.#book(strategy, instrument);
    const open = this.#open[book] ?? [];
    const known = open.find((row) => row.rule === rule);
    if (known !== undefined) {
      known.count += 1;
      known.lastTime = time;
      return;
    }
    const direction = this.#direction[book]!;
    const row = {
      time,
      lastTime: time,
      strategy,
      instrument,
      direction,
      rule,
      measured,
      limit,
      reason,
      count: 1,
      mark,
    };
    this.#rows.push(row);
    open.push(row);
    this.#open[book] = open;
  }

  #book(strategy: StrategyIndex, instrument: number): number {
    return strategy * this.#instruments + instrument;
  }

  rows(): readonly RefusalRow[] {
    return this.#rows.map((row) => ({ ...row }));
  }
}
