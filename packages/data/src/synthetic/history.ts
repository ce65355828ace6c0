/** A synthetic market as a history, without files. */
import { type BarHistory, nyse } from '@tradekit/core';
import { HistoryAssembly } from '../assembly.js';
import { syntheticSeries } from './market.js';
import { marketPlan, type SyntheticMarketOptions } from './options.js';

/**
 * The history that `loadBars` makes of the files of `writeSyntheticMarket` with the same options, made in memory. Throws `ConfigError` on
 * options that cannot be meant.
 */
export function syntheticHistory(options: SyntheticMarketOptions = {}): BarHistory {
  const plan = marketPlan(options);
  const { sessions } = plan.grid;
  const range = { calendar: options.calendar ?? nyse, start: sessions[0]!.day, end: sessions.at(-1)!.day };
  const assembly = new HistoryAssembly(plan.instruments, range);
  const records = new Map(assembly.records.map((record) => [record.id, record]));
  for (const { instrument, ...columns } of syntheticSeries(plan)) {
    assembly.add(records.get(instrument.id)!, columns, columns.start.length, instrument.id);
  }
  return assembly.finish();
}
