/** Bars that cannot be: no market ever traded so. */
import { changeRow, dropRows } from './ledger.js';
import { requireKnown, requireOneOf } from './parameters.js';
import type { CleaningStep } from './step.js';
import type { WorkingBars } from './working-bars.js';

const NAME = 'impossible';

/** Parameters of {@link impossibleStep}. */
export interface ImpossibleParameters {
  /** `widen` moves a high or a low so that it encloses open and close, where all four prices are above zero. Default `drop`. */
  readonly action?: 'drop' | 'widen';
}

/**
 * Bars with a high below the low, an open or close outside of them, a price that is not above zero, a volume below zero, or a
 * value that is no finite number. Throws `ConfigError` `CLEANING_PARAMETER`.
 */
export function impossibleStep(parameters: ImpossibleParameters = {}): CleaningStep {
  requireKnown(NAME, parameters, ['action']);
  const { action = 'drop' } = parameters;
  requireOneOf(NAME, 'action', action, ['drop', 'widen']);
  return {
    name: NAME,
    run(bars, { ledger }) {
      const dropped: number[] = [];
      for (const row of impossibleRows(bars)) {
        if (action === 'widen' && canWiden(bars, row)) {
          const { open, high, low, close } = bars.columns;
          const enclosing = {
            high: Math.max(open[row]!, high[row]!, low[row]!, close[row]!),
            low: Math.min(open[row]!, high[row]!, low[row]!, close[row]!),
          };
          changeRow(bars, ledger, NAME, row, enclosing, faultOf(bars, row));
        } else dropped.push(row);
      }
      dropRows(bars, ledger, NAME, dropped, (row) => faultOf(bars, row));
    },
  };
}

function impossibleRows({ columns, rows }: WorkingBars): number[] {
  const { start, open, high, low, close, volume } = columns;
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    const o = open[row]!;
    const h = high[row]!;
    const l = low[row]!;
    const c = close[row]!;
    const v = volume[row]!;
    const enclosed = l > 0 && h >= o && h >= c && l <= o && l <= c;
    if (!(enclosed && v >= 0 && Number.isFinite(h + v + start[row]!))) found.push(row);
  }
  return found;
}

function canWiden({ columns }: WorkingBars, row: number): boolean {
  const prices = [columns.open[row]!, columns.high[row]!, columns.low[row]!, columns.close[row]!];
  const volume = columns.volume[row]!;
  return prices.every((price) => price > 0 && Number.isFinite(price)) && volume >= 0 && Number.isFinite(volume);
}

function faultOf({ columns }: WorkingBars, row: number): string {
  const values = { ...columns };
  for (const [name, column] of Object.entries(values)) {
    if (!Number.isFinite(column[row])) return `${name} ${column[row]} is no finite number`;
  }
  for (const name of ['open', 'high', 'low', 'close'] as const) {
    if (!(columns[name][row]! > 0)) return `${name} ${columns[name][row]} is not above zero`;
  }
  const [high, low] = [columns.high[row]!, columns.low[row]!];
  if (columns.volume[row]! < 0) return `volume ${columns.volume[row]} is below zero`;
  if (high < low) return `high ${high} is below low ${low}`;
  const outside = (['open', 'close'] as const).find((name) => columns[name][row]! > high || columns[name][row]! < low);
  return `${outside} ${columns[outside ?? 'open'][row]} is outside low ${low} and high ${high}`;
}
