/** From a config to the parts of a run: instruments, bars, strategies, risk, and how the venue trades. */
import { readdirSync, statSync } from 'node:fs';
import { type SlippageModel, slippageBps, volumeShare } from '@tradekit/brokers/simulated';
import {
  ConfigError,
  DataError,
  type EngineOptions,
  type Instrument,
  isoDate,
  nyse,
  type RiskManager,
  type Strategy,
  type StrategyFactory,
  type StrategySlot,
} from '@tradekit/core';
import {
  barFileName,
  type InstrumentRecord,
  type LoadedBars,
  loadBars,
  recordsFor,
  UNIVERSE_46,
  writeSyntheticMarket,
} from '@tradekit/data';
import type { RunConfig } from '../config/config.js';
import { resolveLimits, sectorWarnings } from '../config/resolve.js';
import { isSymbol } from '../config/schema.js';
import { made, UserCodeLoader } from '../user-code/load.js';
import type { RunHooks } from './hooks.js';
import { limitsManager } from './limits.js';

/** What a run is made of. */
export interface Assembly {
  readonly bars: LoadedBars;
  /** Sentences about the data and its sectors. */
  readonly warnings: readonly string[];
  readonly engine: Omit<EngineOptions, 'universe' | 'capabilities' | 'barMs'>;
  readonly slippage: SlippageModel;
}

/**
 * Loads what a config names. The user's code comes first: its faults need no data. Throws `ConfigError`, `StrategyError` and
 * `DataError`.
 */
export async function assemble(config: RunConfig, hooks: RunHooks): Promise<Assembly> {
  const loader = new UserCodeLoader(config.file);
  const strategies: StrategySlot[] = [];
  for (const strategy of config.strategies) strategies.push(await slotOf(strategy, loader));
  const riskFor = await riskOf(config, loader);
  const bars = barsOf(config, hooks);
  const { instruments } = bars.history.universe;
  const { engine, timetable, commission, cash } = config;
  const { maxDecisionAgeMs, nakedEntryMs, ...settings } = engine;
  return {
    bars,
    warnings: [...bars.warnings, ...sectorWarnings(config, instruments)],
    slippage: slippageOf(config),
    engine: {
      ...settings,
      ...(maxDecisionAgeMs === undefined ? {} : { maxDecisionAgeMs }),
      ...(nakedEntryMs === undefined ? {} : { nakedEntryMs }),
      calendar: nyse,
      strategies,
      risk: riskFor(instruments),
      initialCash: cash,
      timetable,
      commission,
    },
  };
}

async function slotOf(strategy: RunConfig['strategies'][number], loader: UserCodeLoader): Promise<StrategySlot> {
  const { name, weight, parameters } = strategy;
  const factory = (await loader.defaultFunction(strategy, 'StrategyFactory')) as StrategyFactory;
  return {
    name,
    weight,
    parameters,
    create(setup, given) {
      const answer: Partial<Strategy> | undefined = made(strategy, 'strategy', () => factory(setup, given));
      if (typeof answer?.generateSignals === 'function') return answer as Strategy;
      const message = `${strategy.place}: "${strategy.use}" made no Strategy; give it generateSignals`;
      throw new ConfigError('STRATEGY_MADE', message, { use: strategy.use });
    },
  };
}

/** The user's own is loaded at once; the shipped one is made when the instruments are known. */
async function riskOf(
  { risk }: RunConfig,
  loader: UserCodeLoader,
): Promise<(instruments: readonly Instrument[]) => RiskManager> {
  if (!('use' in risk)) return (instruments) => limitsManager(resolveLimits(risk, instruments));
  const factory = await loader.defaultFunction(risk, 'function that makes a RiskManager');
  const manager = made(risk, 'risk manager', () => (factory as (parameters: object) => RiskManager)(risk.parameters));
  if (
    typeof manager?.plan === 'function' &&
    typeof manager.approve === 'function' &&
    typeof manager.watch === 'function'
  )
    return () => manager;
  const message = `${risk.place}: "${risk.use}" made no RiskManager; give it plan, approve and watch`;
  throw new ConfigError('RISK_MANAGER', message, { use: risk.use });
}

function slippageOf({ slippage }: RunConfig): SlippageModel {
  return 'volumeShare' in slippage ? volumeShare(slippage.volumeShare) : slippageBps(slippage.bps);
}

function barsOf(config: RunConfig, hooks: RunHooks): LoadedBars {
  const { data, start, end } = config;
  const { folder = '', zone, stamps, barMinutes, feed, adjusted, synthetic } = data;
  const instruments = recordsOf(config);
  if (synthetic !== undefined) makeMarket(folder, instruments, synthetic, hooks);
  hooks.progress?.('reading bars', 0, instruments.length, folder);
  const range = { calendar: nyse, start, end, barMinutes, feed, adjusted };
  const bars = readable(folder, () => loadBars({ ...range, folder, source: { zone, stamps }, instruments }));
  hooks.progress?.('reading bars', instruments.length, instruments.length, folder);
  return bars;
}

function makeMarket(
  folder: string,
  instruments: readonly InstrumentRecord[],
  { seed, first, last }: NonNullable<RunConfig['data']['synthetic']>,
  hooks: RunHooks,
): void {
  const options = {
    instruments: instruments.map(({ id, sector }) => (sector === undefined ? { id } : { id, sector })),
    ...(seed === undefined ? {} : { seed }),
    ...(first === undefined ? {} : { first: isoDate(first) }),
    ...(last === undefined ? {} : { last: isoDate(last) }),
  };
  writeSyntheticMarket(folder, options, ({ symbol, done, total }) =>
    hooks.progress?.('making the synthetic market', done, total, symbol),
  );
}

/** What the file system refuses is a fault of the data too: with the folder, and what to do. */
function readable<T>(folder: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const message = `the bars in "${folder}" cannot be read: ${error.message}; name a folder with readable files`;
    throw new DataError('DATA_UNREADABLE', message, { folder }, { cause: error });
  }
}

/** The instruments of a run: its symbols, with what is known of each; sector and lot of the config stand in where a record has none. */
function recordsOf({ symbols, data, lot }: RunConfig): readonly InstrumentRecord[] {
  const sectors = new Map<string, string | undefined>();
  if (symbols.everyFile) for (const { id, sector } of UNIVERSE_46) sectors.set(id, sector);
  for (const { symbol, sector } of symbols.listed) sectors.set(symbol, sector);
  const listed = symbols.everyFile
    ? symbolsIn(data.folder ?? '', data.barMinutes)
    : symbols.listed.map(({ symbol }) => symbol);
  // A made market lends only the names of its symbols.
  return recordsFor(listed, data.synthetic === undefined ? data.instruments : []).map((record) => ({
    ...record,
    sector: record.sector ?? sectors.get(record.id) ?? sectors.get(record.symbol ?? record.id),
    lot: record.lot ?? lot,
  }));
}

/** The symbols of the bar files in a folder. Throws `DataError` when there is none. */
function symbolsIn(folder: string, barMinutes: number): readonly string[] {
  const ending = barFileName('', barMinutes);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const names = isFolder ? readdirSync(folder).filter((name) => name.endsWith(ending) && name !== ending) : [];
  if (names.length > 0) return names.map((name) => symbolOf(name, ending, folder)).sort();
  const what = isFolder ? `"${folder}" has no file SYMBOL${ending}` : `there is no folder "${folder}"`;
  throw new DataError('DATA_FOLDER', `${what}; put the bar files there, or name another folder`, { folder });
}

/** The symbol of a file's name. Throws `DataError` when a config could not list it: the run could not be run again. */
function symbolOf(name: string, ending: string, folder: string): string {
  const symbol = name.slice(0, -ending.length);
  if (isSymbol(symbol)) return symbol;
  const message = `"${name}" in "${folder}" names no symbol: one has letters, digits, "." and "-" only; rename or remove it`;
  throw new DataError('DATA_SYMBOL', message, { folder, file: name });
}
