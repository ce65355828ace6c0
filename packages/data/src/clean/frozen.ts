/** Runs of bars that are alike: a feed that repeats its last word. */
import { dropRows, flagRow } from './ledger.js';
import { requireKnown, requireOneOf, requireWhole } from './parameters.js';
import type { CleaningStep } from './step.js';
import { BAR_FLAGS } from './working-bars.js';

const NAME = 'frozen';

/** Parameters of {@link frozenStep}. */
export interface FrozenParameters {
  /** Shortest run that counts. Default 8 bars. */
  readonly bars?: number;
  /** Default `flag`. */
  readonly action?: 'flag' | 'drop';
}

/**
 * Bars of regular hours that follow each other with the same open, high, low and close, across sessions too. Outside regular hours
 * the same price again is nothing special. Throws `ConfigError` `CLEANING_PARAMETER`.
 */
export function frozenStep(parameters: FrozenParameters = {}): CleaningStep {
  requireKnown(NAME, parameters, ['bars', 'action']);
  const { bars: shortest = 8, action = 'flag' } = parameters;
  requireWhole(NAME, 'bars', shortest, 2);
  requireOneOf(NAME, 'action', action, ['flag', 'drop']);
  return {
    name: NAME,
    needs: ['order', 'duplicates'],
    follows: ['impossible', 'grid', 'hours'],
    run(bars, context) {
      const { open, high, low, close } = bars.columns;
      const { ledger } = context;
      const dropped: number[] = [];
      const reasons: string[] = [];
      let run: number[] = [];
      let previous = -1;
      const end = () => {
        if (run.length >= shortest) {
          const reason = `${run.length} bars alike, from line ${bars.lines[run[0]!]} on`;
          for (const row of run) {
            if (action === 'flag') flagRow(bars, ledger, NAME, row, BAR_FLAGS.frozen, reason);
            else reasons[dropped.push(row) - 1] = reason;
          }
        }
        run = [];
      };
      for (const day of context.days(bars)) {
        for (let row = day.open; row < day.close; row++) {
          const alike =
            previous >= 0 &&
            close[row] === close[previous] &&
            open[row] === open[previous] &&
            high[row] === high[previous] &&
            low[row] === low[previous];
          if (alike) {
            if (run.length === 0) run.push(previous);
            run.push(row);
          } else if (run.length > 0) end();
          previous = row;
        }
      }
      end();
      let place = 0;
      dropRows(bars, ledger, NAME, dropped, () => reasons[place++]!);
    },
  };
}
