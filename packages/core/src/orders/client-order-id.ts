import { isoDate, type SessionDay, type Timestamp } from '../time/timestamp.js';
import type { ClientOrderId, OrderRole } from './request.js';

/** What an id is made of. All of it is known from the journal, so a restart makes the same text again. */
export interface OrderIdentity {
  /** Distinguishes accounts and systems at one broker; letters, digits, `.` and `-`. */
  readonly accountTag: string;
  /** The session that the order belongs to. */
  readonly session: SessionDay;
  /** End of the slice that caused it. */
  readonly slice: Timestamp;
  readonly instrument: string;
  readonly strategy: string;
  readonly role: OrderRole;
  /** Which of several orders of the same role in one group, from 0. */
  readonly child: number;
  /** Count of earlier orders for the same rest. */
  readonly attempt: number;
}

/**
 * The text by which a broker knows an order, for example `demo_20210104_1500_AAPL_trend_entry_0_0` (time of the slice in
 * UTC). A retry is a new attempt and so a new id: brokers refuse an id that was ever used before.
 */
export function clientOrderId(identity: OrderIdentity): ClientOrderId {
  const date = isoDate(identity.session).replaceAll('-', '');
  const time = new Date(identity.slice).toISOString().slice(11, 16).replace(':', '');
  const parts = [
    identity.accountTag,
    date,
    time,
    identity.instrument,
    identity.strategy,
    identity.role,
    identity.child,
    identity.attempt,
  ];
  return parts.join('_') as ClientOrderId;
}
