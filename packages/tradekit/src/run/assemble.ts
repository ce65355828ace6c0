/** From a config to the parts of a run: instruments, bars, strategies, risk, and how the venue trades. */
import {
  type BarFeed,
  type BarHistory,
  ConfigError,
  DataError,
  type EngineOptions,
  type Instrument,
  isoDate,
  nyse,
  type RiskManager,
  requireExitSlice,
  type Strategy,
  type StrategyFactory,
  type StrategySlot,
} from '@tradekit/core';
import {
  barFileName,
  barFileSymbols,
  type CleaningStep,
  cleaningSteps,
  type InstrumentRecord,
  type LoadedBars,
  type LoadStoredOptions,
  loadBars,
  loadStoredBars,
  recordsFor,
  standardCleaning,
  UNIVERSE_46,
  writeSyntheticMarket,
} from '@tradekit/data';
import type { RiskTally } from '@tradekit/risk';
import type { RunConfig } from '../config/config.js';
import { resolveLimits, sectorWarnings } from '../config/resolve.js';
import { isSymbol } from '../config/schema.js';
import { identityOf, storeAt } from '../stores/store-at.js';
import { made, UserCodeLoader } from '../user-code/load.js';
import { given } from './given.js';
import type { RunHooks } from './hooks.js';
import { type CountedManager, limitsManager } from './limits.js';
import { type VenueSettings, venueSettings } from './venue-options.js';

/** What a run is made of. */
export interface Assembly {
  readonly bars: LoadedBars;
  /** Sentences about the data and its sectors. */
  readonly warnings: readonly string[];
  readonly engine: Omit<EngineOptions, 'universe' | 'capabilities' | 'barMs'>;
  readonly venue: VenueSettings;
  /** What strategies have to say of themselves, once they have run: why they abstained, for example. */
  readonly notes: () => readonly string[];
  /** What the risk manager has counted so far; absent for one of the user's own. */
  readonly tally?: () => RiskTally;
}

/**
 * Loads what a config names. The user's code comes first: its faults need no data. Throws `ConfigError`, `StrategyError` and
 * `DataError`.
 */
export async function assemble(config: RunConfig, hooks: RunHooks): Promise<Assembly> {
  const loader = new UserCodeLoader(config.file);
  const slots: StrategySlot[] = [];
  const all: Strategy[] = [];
  for (const strategy of config.strategies) slots.push(await slotOf(strategy, loader, all));
  const riskFor = await riskOf(config, loader);
  const bars = await barsOf(config, hooks);
  const strategies = slots.map((slot, place) => withModel(slot, config, place, bars.history.feed));
  const { instruments } = bars.history.universe;
  const { engine, timetable, cash } = config;
  const venue = venueSettings(config, (folder, barMinutes) => finerOf(config, bars.history, folder, barMinutes));
  const { manager, tally } = riskFor(instruments);
  requireExitSlice(timetable, bars.history.barMs);
  const { maxDecisionAgeMs, nakedEntryMs, ...settings } = engine;
  return {
    bars,
    warnings: [...bars.warnings, ...sectorWarnings(config, instruments)],
    venue,
    notes: () => all.slice(0, config.strategies.length).flatMap(notesOf),
    ...(tally === undefined ? {} : { tally }),
    engine: {
      ...settings,
      ...(maxDecisionAgeMs === undefined ? {} : { maxDecisionAgeMs }),
      ...(nakedEntryMs === undefined ? {} : { nakedEntryMs }),
      calendar: nyse,
      strategies,
      risk: manager,
      initialCash: cash,
      timetable,
      commission: config.costs.commission,
    },
  };
}

/** Parameters about a model, where a strategy has one. */
function withModel(
  slot: StrategySlot,
  { strategies, train }: RunConfig,
  place: number,
  feed: BarFeed = 'unknown',
): StrategySlot {
  const { model, retrain, feeds = [] } = strategies[place]!;
  if (model === undefined && retrain === undefined) return slot;
  const again = retrain === undefined ? {} : { retrain: { ...given(retrain), plan: train?.plan } };
  return { ...slot, parameters: { ...slot.parameters, ...given({ model }), ...again, feed, feeds } };
}

/** Strategies may say more of themselves than the port asks for. */
function notesOf(strategy: Strategy & { notes?: () => readonly string[] }): readonly string[] {
  return (strategy.notes?.() ?? []).map((note) => `${strategy.name}: ${note}`);
}

async function slotOf(
  strategy: RunConfig['strategies'][number],
  loader: UserCodeLoader,
  /** Is told every strategy that is made: those of the run first, then those that checks run again. */
  all: Strategy[],
): Promise<StrategySlot> {
  const { name, weight, parameters } = strategy;
  const factory = (await loader.defaultFunction(strategy, 'StrategyFactory')) as StrategyFactory;
  return {
    name,
    weight,
    parameters,
    create(setup, given) {
      const answer: Partial<Strategy> | undefined = made(strategy, 'strategy', () => factory(setup, given));
      if (typeof answer?.generateSignals === 'function') {
        all.push(answer as Strategy);
        return answer as Strategy;
      }
      const message = `${strategy.place}: "${strategy.use}" made no Strategy; give it generateSignals`;
      throw new ConfigError('STRATEGY_MADE', message, { use: strategy.use });
    },
  };
}

/** The user's own is loaded at once; the shipped one is made when the instruments are known. */
async function riskOf(
  { risk }: RunConfig,
  loader: UserCodeLoader,
): Promise<(instruments: readonly Instrument[]) => Pick<CountedManager, 'manager'> & Partial<CountedManager>> {
  if (!('use' in risk)) return (instruments) => limitsManager(resolveLimits(risk, instruments));
  const factory = await loader.defaultFunction(risk, 'function that makes a RiskManager');
  const manager = made(risk, 'risk manager', () => (factory as (parameters: object) => RiskManager)(risk.parameters));
  if (
    typeof manager?.plan === 'function' &&
    typeof manager.approve === 'function' &&
    typeof manager.watch === 'function'
  )
    return () => ({ manager });
  const message = `${risk.place}: "${risk.use}" made no RiskManager; give it plan, approve and watch`;
  throw new ConfigError('RISK_MANAGER', message, { use: risk.use });
}

/** The finer bars of the run's own instruments and sessions. */
function finerOf(config: RunConfig, { universe }: BarHistory, folder: string, barMinutes: number): BarHistory {
  const { start, end, data } = config;
  const { zone = 'UTC', stamps = 'bar-start' } = data;
  const symbols = universe.instruments.map(({ id }) => id);
  const how = { barMinutes, source: { zone, stamps }, ...cleaningOf(data.clean) };
  const instruments = recordsFor(symbols, data.synthetic === undefined ? data.instruments : []);
  return readable(folder, () => loadBars({ calendar: nyse, start, end, folder, instruments, ...how })).history;
}

/** The bars that a config names. Throws `DataError`. */
export async function barsOf(config: RunConfig, hooks: RunHooks): Promise<LoadedBars> {
  const { data, start, end } = config;
  const range = { calendar: nyse, start, end };
  if (data.store !== undefined) return storedBars(data.store, config, range, hooks);
  const { folder = '', zone = 'UTC', stamps = 'bar-start', barMinutes = 15, synthetic } = data;
  const { feed = 'unknown', adjusted = 'split' } = data;
  const instruments = recordsOf(config, () => symbolsIn(folder, barMinutes));
  if (synthetic !== undefined) makeMarket(folder, instruments, synthetic, hooks);
  hooks.progress?.('reading bars', 0, instruments.length, folder);
  const how = { barMinutes, feed, adjusted, source: { zone, stamps }, ...cleaningOf(data.clean) };
  const bars = readable(folder, () => loadBars({ ...range, ...how, folder, instruments }));
  hooks.progress?.('reading bars', instruments.length, instruments.length, folder);
  return bars;
}

function cleaningOf(clean: RunConfig['data']['clean'] = 'strict'): { clean?: readonly CleaningStep[] } {
  if (clean === 'strict') return {};
  return { clean: clean === 'standard' ? standardCleaning : cleaningSteps(clean) };
}

async function storedBars(
  place: string,
  config: RunConfig,
  range: Pick<LoadStoredOptions, 'calendar' | 'start' | 'end'>,
  hooks: RunHooks,
): Promise<LoadedBars> {
  const store = await storeAt(place);
  try {
    hooks.progress?.('reading bars', 0, 1, store.kind);
    await identityOf(store, place);
    const stored = await store.list();
    const instruments = recordsOf(config, () => {
      const odd = stored.find(({ symbol }) => !isSymbol(symbol));
      if (odd === undefined) return stored.map(({ symbol }) => symbol);
      const message = `"${odd.symbol}" in the store cannot be listed in a config: a symbol has letters, digits, "." and "-" only; list the others in symbols`;
      throw new DataError('DATA_SYMBOL', message, { symbol: odd.symbol });
    });
    const bars = await loadStoredBars(store, { ...range, instruments });
    hooks.progress?.('reading bars', 1, 1, store.kind);
    return bars;
  } finally {
    await store.close();
  }
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
function recordsOf(
  { symbols, data, lot }: RunConfig,
  everySymbol: () => readonly string[],
): readonly InstrumentRecord[] {
  const sectors = new Map<string, string | undefined>();
  if (symbols.everyFile) for (const { id, sector } of UNIVERSE_46) sectors.set(id, sector);
  for (const { symbol, sector } of symbols.listed) sectors.set(symbol, sector);
  const listed = symbols.everyFile ? everySymbol() : symbols.listed.map(({ symbol }) => symbol);
  // A made market lends only the names of its symbols.
  return recordsFor(listed, data.synthetic === undefined ? data.instruments : []).map((record) => ({
    ...record,
    sector: record.sector ?? sectors.get(record.id) ?? sectors.get(record.symbol ?? record.id),
    lot: record.lot ?? lot,
  }));
}

/** The symbols of a folder. Throws `DataError` on one that a config could not list: the run could not be run again. */
function symbolsIn(folder: string, barMinutes: number): readonly string[] {
  const symbols = barFileSymbols(folder, barMinutes);
  const odd = symbols.find((symbol) => !isSymbol(symbol));
  if (odd === undefined) return symbols;
  const name = barFileName(odd, barMinutes);
  const message = `"${name}" in "${folder}" names no symbol: one has letters, digits, "." and "-" only; rename or remove it`;
  throw new DataError('DATA_SYMBOL', message, { folder, file: name });
}
