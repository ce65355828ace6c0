import { clientOrderId, DAY_MS, type OrderIdentity, type SessionDay, type Timestamp } from '@tradekit/core';
import { orderRoles } from '../result/codes.js';
import type { RunResult } from '../result/run-result.js';
import { isoTexts } from './iso-texts.js';

/**
 * The ids by which a broker knows the orders of a run, by place. They are made from the columns, by the engine's own rule: the
 * attempt counts the orders that the same book made in the same role on the same slice.
 */
export function orderIds(result: RunResult): readonly string[] {
  const { orders, universe, strategies } = result;
  const kinds = strategies.length * universe.size * orderRoles.length;
  const lastRow = new Int32Array(kinds).fill(-2);
  const attempts = new Int32Array(kinds);
  const tails: string[] = [];
  const ids: string[] = [];
  const iso = isoTexts();
  let headRow = -2;
  let head = '';
  for (let k = 0; k < orders.length; k++) {
    const row = orders.row[k]!;
    const book = orders.strategy[k]! * universe.size + orders.instrument[k]!;
    const kind = book * orderRoles.length + orders.role[k]!;
    attempts[kind] = lastRow[kind] === row ? attempts[kind]! + 1 : 0;
    lastRow[kind] = row;
    if (row !== headRow) {
      headRow = row;
      head = headOf(result, row, iso);
    }
    tails[kind] ??= tailOf(clientOrderId(identity(result, k)));
    ids.push(`${head}${tails[kind]}${attempts[kind]}`);
  }
  return ids;
}

function identity({ orders, equity, universe, strategies, accountTag }: RunResult, k: number): OrderIdentity {
  const row = orders.row[k]!;
  const session = (equity.session[row] ?? 0) as SessionDay;
  return {
    accountTag,
    session,
    slice: (session === 0 ? 0 : equity.time[row]!) as Timestamp,
    instrument: universe.instruments[orders.instrument[k]!]!.id,
    strategy: strategies[orders.strategy[k]!]!,
    role: orderRoles[orders.role[k]!]!,
    child: 0,
    attempt: 0,
  };
}

/** Account, date and time: the same for all orders of a slice. */
function headOf({ equity, accountTag }: RunResult, row: number, iso: (time: number) => string): string {
  const session = equity.session[row] ?? 0;
  const date = iso(session * DAY_MS)
    .slice(0, 10)
    .replaceAll('-', '');
  const time = iso(session === 0 ? 0 : equity.time[row]!)
    .slice(11, 16)
    .replace(':', '');
  return `${accountTag}_${date}_${time}`;
}

/** What lies between the time and the attempt: the same for all orders of a book in a role. No part before it holds an underscore. */
function tailOf(id: string): string {
  const head = id.split('_', 3).join('_');
  return id.slice(head.length, id.lastIndexOf('_') + 1);
}
