/** The last bar of a file that was taken while the market was open. */
import { MINUTE_MS } from '@tradekit/core';
import { dropRows, flagRow } from './ledger.js';
import { requireKnown, requireOneOf } from './parameters.js';
import type { CleaningStep } from './step.js';
import { BAR_FLAGS } from './working-bars.js';

const NAME = 'unfinished';

/** Parameters of {@link unfinishedStep}. */
export interface UnfinishedParameters {
  /** Default `drop`. */
  readonly action?: 'drop' | 'flag';
}

/**
 * The last bar of a file that ends inside a session: nobody can see whether it was finished when the file was taken. The last bar
 * of a session is taken for finished. Throws `ConfigError` `CLEANING_PARAMETER`.
 */
export function unfinishedStep(parameters: UnfinishedParameters = {}): CleaningStep {
  requireKnown(NAME, parameters, ['action']);
  const { action = 'drop' } = parameters;
  requireOneOf(NAME, 'action', action, ['drop', 'flag']);
  return {
    name: NAME,
    needs: ['order', 'duplicates'],
    follows: ['hours'],
    run(bars, context) {
      const day = context.days(bars).at(-1);
      const last = bars.rows - 1;
      if (day?.session === undefined || last < day.open || last >= day.close) return;
      if (bars.columns.start[last]! + context.barMinutes * MINUTE_MS >= day.session.close) return;
      const reason = `the file ends inside the session of ${day.session.date}`;
      if (action === 'flag') flagRow(bars, context.ledger, NAME, last, BAR_FLAGS.unfinished, reason);
      else dropRows(bars, context.ledger, NAME, [last], () => reason);
    },
  };
}
