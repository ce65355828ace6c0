import type { TradingCalendar } from '../calendar/session.js';
import { sessionTimetable, type Timetable } from '../calendar/timetable.js';
import { ConfigError } from '../errors.js';
import type { Universe } from '../market/instrument.js';
import type { BrokerCapabilities } from '../ports/broker.js';
import { type Commission, freeOfCharge } from '../ports/commission.js';
import type { ExecutionAlgorithm } from '../ports/execution.js';
import type { RiskManager } from '../ports/risk.js';
import type { StrategyFactory } from '../strategy/strategy.js';

/** When a refused wish is tried again. A refusal that is about the slice alone (no bar, a thin or late slice) is tried at the next one. */
export type RetryRefused = 'never' | 'next-session' | 'every-slice';

/** A strategy and its share. */
export interface StrategySlot {
  /** Unique in the engine; part of order ids. */
  readonly name: string;
  readonly create: StrategyFactory;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Cuts its entries into child orders. Default: one order at once. */
  readonly execution?: ExecutionAlgorithm;
  /** Share of the equity that its sizes are reckoned from, 0 … 1; all together at most 1. */
  readonly weight: number;
}

/**
 * How entries are sent: at the market; as limits `collarBps` beyond the last mark, which trade at once unless the price has run
 * away, and of which the rest waits as long as the order stands; or for the closing auction of the session, at the official close.
 */
export type EntryOrders = 'market' | 'marketable-limit' | 'market-on-close';

/** What an engine is made of. */
export interface EngineOptions {
  readonly universe: Universe;
  readonly calendar: TradingCalendar;
  readonly strategies: readonly StrategySlot[];
  readonly risk: RiskManager;
  /** Dollars. */
  readonly initialCash: number;
  readonly capabilities: BrokerCapabilities;
  /** Length of the slices' bars in milliseconds: a feature of a timeframe that they do not fill is refused. Default: not known, nothing is refused. */
  readonly barMs?: number | undefined;
  /** Default: decisions 10:00–15:45, entries to 15:30, orders of the day. */
  readonly timetable?: Timetable;
  /** What the broker will charge: reserved with every opening order. Default: nothing. */
  readonly commission?: Commission;
  /** First part of every order id. Default `tk`. */
  readonly accountTag?: string;
  /** How far beyond the last mark an order without a limit is reckoned to be filled. Default 100. */
  readonly collarBps?: number;
  /** How entries are sent. Default `market`. */
  readonly entryOrders?: EntryOrders;
  /** Default `next-session`. */
  readonly retryRefused?: RetryRefused;
  /** A strategy's own size must differ by more than this fraction before a standing position is resized. Default 0.25. */
  readonly resizeThreshold?: number;
  /** Smallest order in dollars that opens or resizes. Default 0. */
  readonly minTradeNotional?: number;
  /** A slice learned later than this after its end opens nothing. Default: no limit. */
  readonly maxDecisionAgeMs?: number;
  /** How long a partly filled entry may wait for its protection before the rest is cancelled; at the latest the next slice. */
  readonly nakedEntryMs?: number;
  /** Dollars by which the broker's account may differ before only reductions are allowed. Default 0.01. */
  readonly accountTolerance?: number;
}

/** Options with their defaults in place. A class, so that every engine's has one shape and optimized code stays valid. */
export class EngineSettings implements EngineOptions {
  readonly universe: Universe;
  readonly calendar: TradingCalendar;
  readonly strategies: readonly StrategySlot[];
  readonly risk: RiskManager;
  readonly initialCash: number;
  readonly capabilities: BrokerCapabilities;
  readonly barMs: number | undefined;
  readonly timetable: Timetable;
  readonly commission: Commission;
  readonly accountTag: string;
  readonly collarBps: number;
  readonly entryOrders: EntryOrders;
  readonly retryRefused: RetryRefused;
  readonly resizeThreshold: number;
  readonly minTradeNotional: number;
  readonly maxDecisionAgeMs: number;
  /** Infinity: at the next slice. */
  readonly nakedEntryMs: number;
  readonly accountTolerance: number;

  /** Throws `ConfigError` when the parts cannot be meant. */
  constructor(options: EngineOptions) {
    this.universe = options.universe;
    this.calendar = options.calendar;
    this.strategies = options.strategies;
    this.risk = options.risk;
    this.initialCash = options.initialCash;
    this.capabilities = options.capabilities;
    this.barMs = options.barMs;
    this.timetable = options.timetable ?? sessionTimetable();
    this.commission = options.commission ?? freeOfCharge;
    this.accountTag = options.accountTag ?? 'tk';
    this.collarBps = options.collarBps ?? 100;
    this.entryOrders = options.entryOrders ?? 'market';
    this.retryRefused = options.retryRefused ?? 'next-session';
    this.resizeThreshold = options.resizeThreshold ?? 0.25;
    this.minTradeNotional = options.minTradeNotional ?? 0;
    this.maxDecisionAgeMs = options.maxDecisionAgeMs ?? Number.POSITIVE_INFINITY;
    this.nakedEntryMs = options.nakedEntryMs ?? Number.POSITIVE_INFINITY;
    this.accountTolerance = options.accountTolerance ?? 0.01;
    requireStrategies(this.strategies);
    requireAtLeastZero(this);
    requireEntryOrders(this);
    if (this.universe.size === 0)
      throw new ConfigError('UNIVERSE_EMPTY', 'the universe has no instrument; list at least one');
    if (!/^[A-Za-z0-9.-]+$/.test(this.accountTag)) {
      throw new ConfigError(
        'ACCOUNT_TAG',
        `account tag "${this.accountTag}" may hold letters, digits, dots and hyphens only`,
      );
    }
  }
}

function requireStrategies(slots: readonly StrategySlot[]): void {
  if (slots.length === 0) throw new ConfigError('STRATEGY_MISSING', 'an engine needs at least one strategy');
  const names = new Set<string>();
  let total = 0;
  for (const { name, weight } of slots) {
    if (names.has(name))
      throw new ConfigError('STRATEGY_REPEATED', `two strategies are called "${name}"; give each its own name`, {
        name,
      });
    names.add(name);
    if (!(weight > 0 && weight <= 1)) {
      throw new ConfigError(
        'STRATEGY_WEIGHT',
        `strategy "${name}" has weight ${weight}; give a fraction above 0 and at most 1`,
        { name, weight },
      );
    }
    total += weight;
  }
  if (total > 1 + 1e-9) {
    throw new ConfigError(
      'STRATEGY_WEIGHTS',
      `the strategies' weights add up to ${total}; they share one account, so at most 1`,
      { total },
    );
  }
}

function requireEntryOrders({ entryOrders, capabilities }: EngineSettings): void {
  const type = entryOrders === 'marketable-limit' ? 'limit' : entryOrders;
  if (capabilities.pricing.includes(type)) return;
  const message = `entries are to be sent as "${entryOrders}", and the broker has no ${type} orders; it has ${capabilities.pricing.join(', ')}`;
  throw new ConfigError('ENTRY_ORDERS', message, { entryOrders });
}

function requireAtLeastZero(settings: EngineSettings): void {
  for (const name of AT_LEAST_ZERO) {
    const value = settings[name];
    if (!(value >= 0))
      throw new ConfigError('ENGINE_OPTION', `${name} is ${value}; give a number of at least 0`, { name, value });
  }
}

const AT_LEAST_ZERO = [
  'initialCash',
  'collarBps',
  'resizeThreshold',
  'minTradeNotional',
  'maxDecisionAgeMs',
  'nakedEntryMs',
  'accountTolerance',
] as const;
