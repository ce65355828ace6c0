/**
 * Highs and lows that nobody could have traded at. A bar goes from the close before it to the open after it; how far it went beyond both
 * of them is measured in local sigma, and what is far beyond is suspected. A real move of any size leaves its mark on the close or on
 * the next open, or has neighbours that are as wild.
 */
import { isoTime, MINUTE_MS, type Timestamp } from '@tradekit/core';
import { changeRow, dropRows, flagRow } from './ledger.js';
import { FarBars } from './local-sigma.js';
import { refused, requireKnown, requireNumber, requireOneOf, shown } from './parameters.js';
import type { CleaningStep } from './step.js';
import { BAR_FLAGS, type BarValues, valuesAt, type WorkingBars } from './working-bars.js';

const NAME = 'bad-prints';

/** A bar that looks like a bad print and is none. */
export interface AllowedPrint {
  readonly symbol: string;
  /** Start of the bar in UTC, `2025-04-07T14:15:00Z`. */
  readonly time: string;
}

/** Parameters of {@link badPrintsStep}. */
export interface BadPrintsParameters {
  /**
   * `flag` leaves the prices alone. `clip` cuts a high or low back to the farthest of its own open and close, the close before and the
   * open after; a bar whose open or close is itself beyond the limit is dropped. `drop` drops the bar. Default `flag`.
   */
  readonly action?: 'flag' | 'clip' | 'drop';
  /** Limit in regular hours, in local sigma. Default 3.75. */
  readonly regularSigmas?: number;
  /** Limit outside of them, where trade is thin and jumps are common. Default 7. */
  readonly extendedSigmas?: number;
  /** Bars that were looked at and are right. */
  readonly allow?: readonly AllowedPrint[];
}

/**
 * Bad prints: see the guide for the rule and what it finds. It looks at the bar after, so the first and the last bar are undecided, and
 * no strategy may use the flag. Throws `ConfigError` `CLEANING_PARAMETER`.
 */
export function badPrintsStep(parameters: BadPrintsParameters = {}): CleaningStep {
  requireKnown(NAME, parameters, ['action', 'regularSigmas', 'extendedSigmas', 'allow']);
  const { action = 'flag', regularSigmas = 3.75, extendedSigmas = 7, allow = [] } = parameters;
  requireOneOf(NAME, 'action', action, ['flag', 'clip', 'drop']);
  requireNumber(NAME, 'regularSigmas', regularSigmas, 1);
  requireNumber(NAME, 'extendedSigmas', extendedSigmas, 1);
  const allowed = allowedStarts(allow);
  const limits = { regular: regularSigmas, extended: extendedSigmas };
  return {
    name: NAME,
    needs: ['order', 'duplicates'],
    follows: ['impossible', 'grid', 'hours', 'unfinished', 'frozen'],
    run(bars, context) {
      const days = context.days(bars);
      const suspects: Suspect[] = [];
      const barMs = context.barMinutes * MINUTE_MS;
      new FarBars().visit(bars.columns, days, barMs, limits, (row, sigma, limit) => {
        const suspect = judge(bars, row, sigma, limit);
        if (suspect === undefined || allowed.get(bars.symbol)?.has(bars.columns.start[row]!)) return;
        suspects.push(suspect);
      });
      const clipped = suspects.filter(({ clip }) => action === 'clip' && clip !== undefined);
      const dropped = suspects.filter(({ clip }) => action === 'drop' || (action === 'clip' && clip === undefined));
      if (action === 'flag') {
        for (const { row, reason } of suspects) flagRow(bars, context.ledger, NAME, row, BAR_FLAGS.badPrint, reason);
      }
      for (const { row, reason, clip } of clipped) changeRow(bars, context.ledger, NAME, row, clip ?? {}, reason);
      const reasons = new Map(dropped.map(({ row, reason }) => [row, reason]));
      dropRows(bars, context.ledger, NAME, [...reasons.keys()], (row) => reasons.get(row)!);
    },
  };
}

interface Suspect {
  readonly row: number;
  readonly reason: string;
  /** The high and low cut back; `undefined` when the body of the bar is beyond the limit too. */
  readonly clip: Partial<BarValues> | undefined;
}

/** `sigma` is a fraction of the price. */
function judge(bars: WorkingBars, row: number, sigma: number, limit: number): Suspect | undefined {
  const { open, close } = bars.columns;
  const bar = valuesAt(bars, row);
  const before = close[row - 1]!;
  const after = open[row + 1]!;
  const step = sigma * before;
  const top = Math.max(before, after);
  const bottom = Math.min(before, after);
  const isHigh = bar.high - top > limit * step;
  const isLow = bottom - bar.low > limit * step;
  if (!isHigh && !isLow) return undefined;
  const words = [
    ...(isHigh ? [`high ${bar.high} is ${((bar.high - top) / step).toFixed(1)} local sigma above`] : []),
    ...(isLow ? [`low ${bar.low} is ${((bottom - bar.low) / step).toFixed(1)} local sigma below`] : []),
  ];
  const reason = `${words.join(' and ')} the close before ${before} and the open after ${after}`;
  const isBody =
    Math.max(bar.open, bar.close) - top > limit * step || bottom - Math.min(bar.open, bar.close) > limit * step;
  if (isBody) return { row, reason, clip: undefined };
  const high = isHigh ? Math.max(top, bar.open, bar.close) : bar.high;
  const low = isLow ? Math.min(bottom, bar.open, bar.close) : bar.low;
  return { row, reason, clip: { high, low } };
}

function allowedStarts(allow: readonly AllowedPrint[]): ReadonlyMap<string, ReadonlySet<number>> {
  if (!Array.isArray(allow)) throw refused(NAME, 'allow', `allow of the step "${NAME}" is no list; give a list`);
  const allowed = new Map<string, Set<number>>();
  for (const entry of allow) {
    const { symbol, time } = Object(entry) as Partial<AllowedPrint>;
    const start = Date.parse(String(time));
    const isUtc = Number.isFinite(start) && isoTime(start as Timestamp).replace('.000Z', 'Z') === time;
    if (typeof symbol !== 'string' || !isUtc) {
      const remedy = "give { symbol: 'AAPL', time: '2021-01-04T18:45:00Z' }";
      throw refused(NAME, 'allow', `allow of the step "${NAME}" has ${shown(entry)}; ${remedy}`);
    }
    const starts = allowed.get(symbol) ?? new Set();
    allowed.set(symbol, starts.add(start));
  }
  return allowed;
}
