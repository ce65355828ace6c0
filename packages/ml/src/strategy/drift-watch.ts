/** Whether features still come as in training: over the last sessions, looked at when a few more have ended. */
import { type DriftBaseline, populationStability } from '../evaluation/drift.js';

/** A feature that has drifted. */
export interface Drifted {
  readonly feature: string;
  /** Population stability index. */
  readonly index: number;
}

/** Sessions from one look to the next. */
const EVERY = 5;

/** Keeps the features of the last sessions. */
export class DriftWatch {
  readonly #names: readonly string[];
  readonly #sessions: number;
  readonly #limit: number;
  /** Rows of each session, the oldest first; the last one is going on. */
  readonly #kept: number[][] = [];
  #session = Number.NaN;
  #untilLook = 0;
  #baseline: readonly DriftBaseline[] | undefined;
  #found: Drifted | undefined;

  /** `names` of the features, the window in sessions, and the index from which a feature has drifted. */
  constructor(names: readonly string[], sessions: number, limit: number) {
    this.#names = names;
    this.#sessions = sessions;
    this.#limit = limit;
  }

  /** Takes a slice's rows of features. */
  take(session: number, values: Float64Array): void {
    if (session !== this.#session) {
      this.#session = session;
      this.#kept.push([]);
      if (this.#kept.length > this.#sessions + 1) this.#kept.shift();
      this.#untilLook--;
    }
    const own = this.#kept.at(-1)!;
    for (const value of values) own.push(value);
  }

  /** The feature that has drifted most from a baseline, beyond the limit; `undefined` where none has, or the window is not full yet. */
  drifted(baseline: readonly DriftBaseline[]): Drifted | undefined {
    if (this.#limit === 0 || this.#kept.length <= this.#sessions) return undefined;
    if (this.#baseline === baseline && this.#untilLook > 0) return this.#found;
    this.#baseline = baseline;
    this.#untilLook = EVERY;
    this.#found = undefined;
    for (const [feature, own] of baseline.entries()) {
      const index = populationStability(own, this.#values(feature));
      if (index > Math.max(this.#limit, this.#found?.index ?? 0))
        this.#found = { feature: this.#names[feature]!, index };
    }
    return this.#found;
  }

  /** A feature over the window, without the session that is going on. */
  #values(feature: number): Float64Array {
    const width = this.#names.length;
    const sessions = this.#kept.slice(0, -1);
    const out = new Float64Array(sessions.reduce((sum, { length }) => sum + length / width, 0));
    let at = 0;
    for (const rows of sessions) for (let cell = feature; cell < rows.length; cell += width) out[at++] = rows[cell]!;
    return out;
  }
}
