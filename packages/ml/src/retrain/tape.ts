/** What a strategy has been shown so far, bar by bar: it cannot hold what has not come. */
import { createHash } from 'node:crypto';
import {
  type BarHistory,
  type Bars,
  type FeatureKernel,
  type FeatureSpec,
  isoDate,
  MINUTE_MS,
  type Session,
  type SessionDay,
  stock,
  type Timestamp,
  universe,
} from '@tradekit/core';
import type { FeatureColumns, FeatureSet } from '@tradekit/indicators';

const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Bars and features of every row that was stepped. Written by a kernel of {@link Tape.spec}, so every slice is on it, decided on or not. */
export class Tape {
  readonly #ids: readonly string[];
  readonly #features: FeatureSet;
  readonly #names: readonly string[];
  /** Bars, then features; time-major, longer than what is used. */
  readonly #columns: Float64Array[];
  readonly #minutes: number[] = [];
  readonly #days: number[] = [];
  /** First row of each session. */
  readonly #firstRow: number[] = [];
  /** What is to be added to the minutes of a session to have the time, where a decision has told it. */
  readonly #opens: number[] = [];
  #rows = 0;

  constructor(ids: readonly string[], features: FeatureSet) {
    this.#ids = ids;
    this.#features = features;
    this.#names = features.features.map(({ name }) => name).filter((name) => !name.startsWith('_'));
    this.#columns = [...FIELDS, ...this.#names].map(() => new Float64Array(1024 * ids.length));
  }

  /** Sessions that have begun. */
  get sessions(): number {
    return this.#firstRow.length;
  }

  /** Rows that were stepped. */
  get rows(): number {
    return this.#rows;
  }

  /** The feature whose kernel writes the tape. Its own value is always 0. Its memory is this tape, which a restart fills again from the bars. */
  spec(key: string): FeatureSpec {
    return {
      key,
      unit: 'none',
      warmUpBars: 1,
      inputs: this.#names.map((name) => this.#features.spec(name)),
      create: ({ inputs }): FeatureKernel => ({
        state: [],
        step: (bars, offset, out, base, { session, minute }) => {
          this.#begin(session, minute);
          this.#write(bars, offset, inputs);
          out.fill(0, base, base + this.#ids.length);
        },
      }),
    };
  }

  #begin(session: SessionDay, minute: number): void {
    if (this.#days.at(-1) !== session) {
      this.#days.push(session);
      this.#firstRow.push(this.#rows);
      this.#opens.push(Number.NaN);
    }
    this.#minutes.push(minute);
  }

  #write(
    bars: Bars,
    offset: number,
    inputs: readonly { readonly values: Float64Array; readonly base: number }[],
  ): void {
    const size = this.#ids.length;
    const at = this.#rows * size;
    if (at + size > this.#columns[0]!.length) this.#grow();
    for (const [f, field] of FIELDS.entries()) this.#columns[f]!.set(bars[field].subarray(offset, offset + size), at);
    for (const [k, { values, base }] of inputs.entries()) {
      this.#columns[FIELDS.length + k]!.set(values.subarray(base, base + size), at);
    }
    this.#rows++;
  }

  #grow(): void {
    for (const [c, column] of this.#columns.entries()) {
      const longer = new Float64Array(2 * column.length);
      longer.set(column);
      this.#columns[c] = longer;
    }
  }

  /** The last row ends at that time: with it the times of its session are known. */
  tell(time: Timestamp): void {
    this.#opens[this.#opens.length - 1] = time - this.#minutes.at(-1)! * MINUTE_MS;
  }

  /** Sessions `from` to `to`, without the end, as a history and its features. Nothing is copied. A session without a decision has no times: NaN. */
  part(
    from: number,
    to: number,
  ): { readonly history: BarHistory; readonly columns: FeatureColumns; readonly data: string } {
    const size = this.#ids.length;
    const begin = this.#firstRow[from]!;
    const end = this.#firstRow[to] ?? this.#rows;
    const columns = this.#columns.map((column) => column.subarray(begin * size, end * size));
    const [open, high, low, close, volume, ...features] = columns;
    const ends = new Float64Array(end - begin);
    for (let k = from; k < to; k++) {
      for (let row = this.#firstRow[k]!; row < (this.#firstRow[k + 1] ?? this.#rows); row++) {
        ends[row - begin] = this.#opens[k]! + this.#minutes[row]! * MINUTE_MS;
      }
    }
    const barMs = (this.#minutes[begin] ?? 0) * MINUTE_MS;
    const history: BarHistory = {
      universe: universe(this.#ids.map((id) => stock(id))),
      barMs,
      sessions: this.#days.slice(from, to).map((day, k) => this.#session(day as SessionDay, from + k)),
      firstRow: Int32Array.from([...this.#firstRow.slice(from, to), end], (row) => row - begin),
      starts: ends.map((time) => time - barMs),
      ends,
      bars: { open: open!, high: high!, low: low!, close: close!, volume: volume! },
      official: new Float64Array((to - from) * size).fill(Number.NaN),
    };
    const shape = { rows: end - begin, instruments: size };
    return {
      history,
      columns: { names: this.#names, columns: features, ...shape, text: this.#features.text },
      data: hashOf(this.#ids, columns.slice(0, FIELDS.length)),
    };
  }

  #session(day: SessionDay, k: number): Session {
    const open = this.#opens[k]!;
    const last = (this.#firstRow[k + 1] ?? this.#rows) - 1;
    const close = open + this.#minutes[last]! * MINUTE_MS;
    return { day, date: isoDate(day), open: open as Timestamp, close: close as Timestamp, half: false };
  }
}

function hashOf(ids: readonly string[], bars: readonly Float64Array[]): string {
  const hash = createHash('sha256').update(JSON.stringify(ids));
  for (const { buffer, byteOffset, byteLength } of bars) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}
