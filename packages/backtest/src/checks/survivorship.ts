import { isoDate, type SessionDay } from '@tradekit/core';
import { barRow } from '../metrics/bar-row.js';
import { type Check, verdictOf } from './check.js';
import type { CheckSubject } from './subject.js';

/** A hole of so many sessions, and a price beyond so many times the one before it, are another company. */
const HOLE_SESSIONS = 20;
const JUMP = 2;

/**
 * Looks for symbols that were traded and changed their identity: a long hole with another price level behind it. Notes where every
 * symbol is there from the first session to the last, so that the list was perhaps made with hindsight, and what the data's own report says.
 */
export function survivorship({ options: { history }, result, dataWarnings }: CheckSubject): Check {
  const { universe, sessions } = history;
  const traded = new Set(result.fills.instrument);
  const found: string[] = [];
  for (const instrument of traded) found.push(...changesOf(history, instrument));
  if (found.length > 0) return verdictOf('survivorship', found, '');
  const lastRow = barRow(result, result.equity.length - 1);
  const isWhole = [...traded].every(
    (instrument) => hasBar(history, instrument, 0) && hasBar(history, instrument, sessions.length - 1),
  );
  const hindsight = (history.actions ?? []).every(({ action }) => action.type !== 'delisted');
  const notes = [...dataWarnings];
  if (isWhole && hindsight && traded.size > 1 && lastRow > 0) {
    notes.push(
      `all ${traded.size} symbols that were traded live to the end: was the list of ${universe.size} made with hindsight?`,
    );
  }
  if (notes.length > 0) return { name: 'survivorship', verdict: 'noted', evidence: notes };
  return verdictOf('survivorship', [], 'no symbol that was traded changes its identity');
}

function changesOf(history: CheckSubject['options']['history'], instrument: number): readonly string[] {
  const { universe, sessions, firstRow, bars, actions = [] } = history;
  const found: string[] = [];
  let last = Number.NaN;
  let lastSession = -1;
  for (let session = 0; session < sessions.length; session++) {
    for (let row = firstRow[session]!; row < firstRow[session + 1]!; row++) {
      const close = bars.close[row * universe.size + instrument]!;
      if (Number.isNaN(close)) continue;
      const jump = Math.max(close / last, last / close);
      if (lastSession >= 0 && session - lastSession > HOLE_SESSIONS && jump > JUMP) {
        const { id } = universe.instruments[instrument]!;
        const day = sessions[session]!.day;
        const isSplit = actions.some(
          (action) => action.instrument === id && action.action.type === 'split' && action.session <= day,
        );
        if (!isSplit)
          found.push(
            `${id} is traded across a hole of ${session - lastSession - 1} sessions up to ${isoDate(day as SessionDay)}, ${last} before it and ${close} after: is it one company?`,
          );
      }
      last = close;
      lastSession = session;
    }
  }
  return found;
}

function hasBar(
  { firstRow, bars, universe }: CheckSubject['options']['history'],
  instrument: number,
  session: number,
): boolean {
  for (let row = firstRow[session]!; row < firstRow[session + 1]!; row++) {
    if (!Number.isNaN(bars.close[row * universe.size + instrument]!)) return true;
  }
  return false;
}
