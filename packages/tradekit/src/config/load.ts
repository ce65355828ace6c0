/** Reads a config file with all that it names, and reports every fault in one pass. */
import { existsSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path';
import { everySlice, nearest, parseIsoDate, type SessionDay, sessionTimetable, type Timetable } from '@tradekit/core';
import type { InstrumentRecord } from '@tradekit/data';
import type { ConfiguredRisk, ConfiguredStrategy, ConfiguredSymbols, RunConfig, RunFlags } from './config.js';
import type { ConfigContent, ListedSymbol, TimetableContent } from './content.js';
import { type ConfigFault, ConfigFaults } from './faults.js';
import { faultsOf } from './issues.js';
import type { RiskLimits } from './risk-content.js';
import { type Checked, checkConfig, checkInstrumentsFile, checkSymbols } from './schema.js';
import { isDatabase } from './store-place.js';
import { type Path, readYamlFile, type YamlFile } from './yaml-file.js';

/** The years that the calendar covers: the period when none is given. The data narrows it down. */
const FIRST_DATE = '2000-01-01';
const LAST_DATE = '2035-12-31';

/**
 * Reads a config file. Paths in it are relative to it; those of `flags` to the working folder. Throws `ConfigFaults`, which is
 * a `ConfigError` that lists all faults.
 */
export function loadConfig(path: string, flags: RunFlags = {}): RunConfig {
  const file = readYamlFile(resolve(path), 'name a config file, or make one with tradekit init');
  const checked: Checked<ConfigContent> = checkConfig(file.value);
  const faults: ConfigFault[] = [...flagFaults(flags)];
  if ('issues' in checked) throw new ConfigFaults([...faults, ...faultsOf(checked.issues, file)]);
  const content = checked.value;
  const reading = new Reading(file, faults);
  const symbols = reading.symbols(content, flags);
  const strategies = reading.strategies(content);
  const risk = reading.risk(content, symbols);
  const { start, end } = reading.period(content, flags);
  const data = dataOf(content, reading, flags);
  if (faults.length > 0) throw new ConfigFaults(faults);
  return {
    file: file.path,
    name: content.name ?? basename(path, extname(path)),
    mode: flags.mode ?? content.mode,
    data,
    symbols,
    start,
    end,
    cash: content.cash,
    lot: content.lot,
    strategies,
    ...(content.train === undefined
      ? {}
      : { train: { ...content.train, output: reading.beside(content.train.output) } }),
    risk,
    costs: content.costs,
    fills: fillsOf(content, reading),
    ...(content.account === undefined ? {} : { account: content.account }),
    benchmark: content.benchmark,
    timetable: timetableOf(content.timetable),
    engine: content.engine,
    cashRate: content.cashRate,
    paperSpeed: content.paper.speed,
    output: reading.beside(content.output),
  };
}

function fillsOf({ fills }: ConfigContent, reading: Reading): RunConfig['fills'] {
  const { folder } = fills;
  return folder === undefined ? fills : { ...fills, folder: reading.beside(folder) };
}

function dataOf({ data }: ConfigContent, reading: Reading, flags: RunFlags): RunConfig['data'] {
  const instruments = reading.instruments(data);
  if (flags.data !== undefined) {
    // Another folder is nobody's synthetic market to be made.
    const { synthetic: _, store: __, ...own } = data;
    return { ...ofFiles(own), instruments, folder: resolve(flags.data) };
  }
  const { folder, store } = data;
  if (folder !== undefined) return { ...ofFiles(data), instruments, folder: reading.beside(folder) };
  return {
    ...data,
    instruments,
    ...(store === undefined || isDatabase(store) ? {} : { store: reading.beside(store) }),
  };
}

/** Reads an instruments file. Throws `ConfigFaults`, which lists everything that is wrong with it. */
export function loadInstruments(path: string): readonly InstrumentRecord[] {
  const file = readYamlFile(path);
  const checked = checkInstrumentsFile(file.value);
  if ('issues' in checked) throw new ConfigFaults(faultsOf(checked.issues, file));
  return checked.value;
}

/** What files do not say of themselves. */
function ofFiles(data: ConfigContent['data']): ConfigContent['data'] {
  const {
    feed = 'unknown',
    adjusted = 'split',
    clean = 'strict',
    zone = 'UTC',
    stamps = 'bar-start',
    barMinutes = 15,
  } = data;
  return { ...data, feed, adjusted, clean, zone, stamps, barMinutes };
}

function timetableOf(timetable: TimetableContent): Timetable {
  return timetable === 'every-slice' ? everySlice : sessionTimetable(timetable);
}

function flagFaults({ start, end }: RunFlags): readonly ConfigFault[] {
  return Object.entries({ start, end }).flatMap(([flag, value]) =>
    value === undefined || parseIsoDate(value) !== undefined
      ? []
      : [{ message: `--${flag} is "${value}"; write a date as YYYY-MM-DD` }],
  );
}

/** What the parts of one file come to; what is wrong with them is added to the faults. */
class Reading {
  readonly #file: YamlFile;
  readonly #faults: ConfigFault[];

  constructor(file: YamlFile, faults: ConfigFault[]) {
    this.#file = file;
    this.#faults = faults;
  }

  /** An absolute path from one that is relative to the config file. */
  beside(path: string): string {
    return resolve(dirname(this.#file.path), path);
  }

  symbols({ symbols }: ConfigContent, { everyFile = false }: RunFlags): ConfiguredSymbols {
    if (symbols === 'all') return { listed: [], everyFile: true };
    return { listed: typeof symbols === 'string' ? this.#symbolsFile(symbols) : symbols, everyFile };
  }

  #symbolsFile(path: string): readonly ListedSymbol[] {
    return this.#listFile(path, ['symbols'], checkSymbols);
  }

  instruments({ instruments = [] }: ConfigContent['data']): readonly InstrumentRecord[] {
    if (typeof instruments !== 'string') return instruments;
    return this.#listFile(instruments, ['data', 'instruments'], checkInstrumentsFile);
  }

  /** The list in a file of its own, which a key of the config names. */
  #listFile<T>(path: string, key: Path, check: (value: unknown) => Checked<readonly T[]>): readonly T[] {
    const file = this.beside(path);
    if (!existsSync(file)) {
      const what = `${key.join('.')} names "${path}", and there is no such file`;
      this.#fault(key, `${what}; write its path from the config file, or a list`);
      return [];
    }
    const yaml = readYamlFile(file);
    const checked = check(yaml.value);
    if ('value' in checked) return checked.value;
    this.#faults.push(...faultsOf(checked.issues, yaml));
    return [];
  }

  strategies({ strategies }: ConfigContent): readonly ConfiguredStrategy[] {
    const names = new Set<string>();
    return strategies.map(({ use, name = nameOf(use), weight = 1, parameters, model, retrain, feeds }, place) => {
      const path = ['strategies', place, 'use'];
      if (names.has(name))
        this.#fault(['strategies', place], `two strategies are called "${name}"; give each a name of its own`);
      names.add(name);
      return {
        use: this.#userFile(use, path),
        name,
        weight,
        parameters,
        ...(model === undefined ? {} : { model: this.beside(model) }),
        ...(retrain === undefined ? {} : { retrain }),
        ...(feeds === undefined ? {} : { feeds }),
        place: this.#place(path),
      };
    });
  }

  risk({ risk, data }: ConfigContent, symbols: ConfiguredSymbols): RiskLimits | ConfiguredRisk {
    if (!('use' in risk)) {
      if (!symbols.everyFile) this.#riskSymbols(risk, [...symbols.listed.map(({ symbol }) => symbol), ...idsOf(data)]);
      return risk;
    }
    const path = ['risk', 'use'];
    return { ...risk, use: this.#userFile(risk.use, path), place: this.#place(path) };
  }

  /** A slip in a symbol would forbid too much, or let pass what was to be kept out. */
  #riskSymbols({ shortSymbols = [], blackOuts = [] }: RiskLimits, known: readonly string[]): void {
    const said: readonly (readonly [string | undefined, Path])[] = [
      ...shortSymbols.map((symbol, place) => [symbol, ['risk', 'shortSymbols', place]] as const),
      ...blackOuts.map(({ symbol }, place) => [symbol, ['risk', 'blackOuts', place, 'symbol']] as const),
    ];
    for (const [symbol, path] of said) {
      if (symbol === undefined || known.includes(symbol)) continue;
      const near = nearest(symbol, known);
      const remedy = near === undefined ? 'add it there, or take it out here' : `did you mean "${near}"?`;
      this.#fault(path, `"${symbol}" is not among the symbols; ${remedy}`);
    }
  }

  /** The absolute path of a file, or the name of a package as it is. */
  #userFile(use: string, path: Path): string {
    if (!isPath(use)) return use;
    const file = this.beside(use);
    if (!existsSync(file)) this.#fault(path, `there is no file "${use}"; write its path from the config file`);
    return file;
  }

  period({ period }: ConfigContent, flags: RunFlags): { start: SessionDay; end: SessionDay } {
    const start = day(flags.start) ?? period.start ?? day(FIRST_DATE);
    const end = day(flags.end) ?? period.end ?? day(LAST_DATE);
    if (start === undefined || end === undefined) return { start: 0 as SessionDay, end: 0 as SessionDay };
    if (start <= end) return { start, end };
    const first =
      flags.start === undefined ? `period.start (${this.#place(['period', 'start'])})` : `--start ${flags.start}`;
    const last = flags.end === undefined ? `period.end (${this.#place(['period', 'end'])})` : `--end ${flags.end}`;
    this.#faults.push({ message: `${first} is after ${last}; exchange them or move one` });
    return { start, end };
  }

  #place(path: Path): string {
    return `${basename(this.#file.path)}:${this.#file.lineOf(path)}`;
  }

  #fault(path: Path, message: string): void {
    this.#faults.push({ file: basename(this.#file.path), line: this.#file.lineOf(path), message });
  }
}

function idsOf({ instruments }: ConfigContent['data']): readonly string[] {
  return typeof instruments === 'object' ? instruments.map(({ id }) => id) : [];
}

function day(text: string | undefined): SessionDay | undefined {
  return text === undefined ? undefined : parseIsoDate(text);
}

/** A name that ends like a script, or starts like a path, is a file; anything else is a package. */
function isPath(use: string): boolean {
  return use.startsWith('.') || isAbsolute(use) || /\.[cm]?[jt]s$/.test(use);
}

function nameOf(use: string): string {
  const name = isPath(use) ? basename(use, extname(use)) : use.replace(/^@/, '');
  return name.replace(/[^A-Za-z0-9.-]+/g, '-');
}
