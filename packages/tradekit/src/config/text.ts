/** A config as it was meant, written out: every default in place, every path absolute, so that it can be run again as it is. */
import { isoDate, type SessionDay, type Timetable } from '@tradekit/core';
import { stringify } from 'yaml';
import { given } from '../run/given.js';
import type { RunConfig } from './config.js';
import { withoutPassword } from './store-place.js';
import type { TrainContent } from './train-content.js';

/** The config as YAML. */
export function configText(config: RunConfig): string {
  const { name, mode, data, symbols, start, end, cash, strategies, risk, costs, fills, timetable } = config;
  return stringify({
    name,
    mode,
    data: dataText(data),
    symbols: symbols.everyFile ? 'all' : symbols.listed,
    period: { start: isoDate(start), end: isoDate(end) },
    cash,
    lot: config.lot,
    strategies: strategies.map(({ use, name: called, weight, parameters, model, retrain, feeds }) => ({
      use,
      name: called,
      weight,
      ...given({ model, retrain, feeds }),
      parameters,
    })),
    ...(config.train === undefined ? {} : { train: trainText(config.train) }),
    risk: 'use' in risk ? { use: risk.use, parameters: risk.parameters } : risk,
    costs,
    fills,
    ...(config.account === undefined ? {} : { account: config.account }),
    benchmark: config.benchmark,
    timetable: timesOf(timetable),
    engine: config.engine,
    cashRate: config.cashRate,
    paper: { speed: config.paperSpeed },
    output: config.output,
  });
}

/** `train` as it stands in a config. */
function trainText({ plan, ...rest }: TrainContent): object {
  return { ...rest, ...plan };
}

/** Days as dates, and no password. */
function dataText({ store, instruments, ...data }: RunConfig['data']): object {
  return {
    ...(withDates(data) as object),
    ...(store === undefined ? {} : { store: withoutPassword(store) }),
    ...(instruments.length === 0 ? {} : { instruments: withDates(instruments) }),
  };
}

const DAYS: ReadonlySet<string> = new Set(['date', 'from', 'to', 'first', 'last']);

function withDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDates);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const isDay = (key: string, inner: unknown): inner is SessionDay => DAYS.has(key) && typeof inner === 'number';
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, isDay(key, inner) ? isoDate(inner) : withDates(inner)]),
  );
}

function timesOf(timetable: Timetable): string | object {
  if (timetable.kind === 'every-slice') return 'every-slice';
  const { kind: _, timeInForce: __, ...times } = timetable;
  return times;
}
