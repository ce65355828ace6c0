import { type InstrumentIndex, type RiskContext, RiskError } from '@tradekit/core';
import { type Correlations, correlationsOf } from '../correlation.js';

/** Session returns of a universe, as a run has recorded them. */
export interface SessionReturns {
  /** By instrument. */
  readonly sectors: readonly (string | undefined)[];
  /** By session, the earliest first: the return of each instrument, NaN where it has none. */
  readonly sessions: readonly ArrayLike<number>[];
}

/** What correlations read of a context, and nothing more. */
type Read = Pick<RiskContext, 'instruments' | 'sector' | 'sessionReturn' | 'sessionsClosed'>;

/**
 * The correlations that a risk manager had after so many sessions of a run: of the last 120, shrunk by half to the mean of the
 * sectors. Answers for one count after the other, never for an earlier one: throws `RiskError` `STRESS_SESSIONS` then, and on a
 * count that the run does not have.
 */
export function correlationsAt({ sectors, sessions }: SessionReturns): (closed: number) => Correlations {
  let closed = 0;
  const read: Read = {
    instruments: sectors.map((_, i) => i as InstrumentIndex),
    get sessionsClosed() {
      return closed;
    },
    sector: (i) => sectors[i],
    sessionReturn: (i, ago) => sessions[closed - ago]?.[i] ?? Number.NaN,
  };
  return (now) => {
    if (!(Number.isInteger(now) && now >= closed && now <= sessions.length)) {
      const message = `correlations after ${now} sessions; ask for a count from ${closed} to ${sessions.length}, in ascending order`;
      throw new RiskError('STRESS_SESSIONS', message, { now, closed });
    }
    closed = now;
    return correlationsOf(read as RiskContext);
  };
}
