/** A config as it was meant, written out: every default in place, every path absolute, so that it can be run again as it is. */
import { isoDate, type Timetable } from '@tradekit/core';
import { stringify } from 'yaml';
import type { RunConfig } from './config.js';

/** The config as YAML. */
export function configText(config: RunConfig): string {
  const { name, mode, data, symbols, start, end, cash, strategies, risk, commission, slippage, timetable } = config;
  const { synthetic } = data;
  const dates = (value: object): object =>
    Object.fromEntries(Object.entries(value).map(([key, day]) => [key, key === 'seed' ? day : isoDate(day)]));
  return stringify({
    name,
    mode,
    data: { ...data, ...(synthetic === undefined ? {} : { synthetic: dates(synthetic) }) },
    symbols: symbols.everyFile ? 'all' : symbols.listed,
    period: { start: isoDate(start), end: isoDate(end) },
    cash,
    lot: config.lot,
    strategies: strategies.map(({ use, name: called, weight, parameters }) => ({
      use,
      name: called,
      weight,
      parameters,
    })),
    risk: 'use' in risk ? { use: risk.use, parameters: risk.parameters } : risk,
    costs: { commission, slippage },
    timetable: timesOf(timetable),
    engine: config.engine,
    cashRate: config.cashRate,
    paper: { speed: config.paperSpeed },
    output: config.output,
  });
}

function timesOf(timetable: Timetable): string | object {
  if (timetable.kind === 'every-slice') return 'every-slice';
  const { kind: _, timeInForce: __, ...times } = timetable;
  return times;
}
