/**
 * The language of the house: instruments, bars, signals, orders, fills, books; the calendar; the ports; the engine.
 * Pure and synchronous but for `runAsync`, and without a dependency.
 * @module
 */
export * from './calendar/index.js';
export type { AccountView, BookTotals, Engine } from './engine/engine.js';
export { createEngine } from './engine/engine.js';
export { FeatureBoard } from './engine/features.js';
export type { EngineOptions, EntryOrders, RetryRefused, StrategySlot } from './engine/options.js';
export {
  assertNever,
  BrokerError,
  CalendarError,
  ConfigError,
  DataError,
  type ErrorContext,
  InvariantError,
  RiskError,
  StrategyError,
  TradekitError,
} from './errors.js';
export { Numbered, objectList } from './list.js';
export {
  type Difference,
  decisionText,
  type JournalEntry,
  type MemoryJournal,
  memoryJournal,
  recover,
  replay,
} from './loop/journal.js';
export { Queue } from './loop/queue.js';
export { type LoopParts, runAsync, runSync, type SynchronousVenue } from './loop/run.js';
export { Sequencer } from './loop/sequencer.js';
export { type Bars, clearBars, closeBarAt, emptyBars, mergeBar } from './market/bars.js';
export type { BarFeed, BarHistory, DatedAction, PriceAdjustment } from './market/history.js';
export { type Instrument, type InstrumentIndex, nearest, stock, type Universe, universe } from './market/instrument.js';
export { ApprovedOrder } from './orders/approved.js';
export { clientOrderId, type OrderIdentity } from './orders/client-order-id.js';
export { type BrokerCommand, type OrderGroup, ordersOf } from './orders/group.js';
export { canFollow, isFinal, type OrderStatus, orderLife } from './orders/life.js';
export { roundQuantity, wholeLots } from './orders/quantity.js';
export {
  type ClientOrderId,
  isLeg,
  isReducing,
  type OrderNumber,
  type OrderRequest,
  type OrderRole,
  type Pricing,
  type Side,
  sideSign,
  type TimeInForce,
} from './orders/request.js';
export type { Broker, BrokerCapabilities, BrokerOrder, BrokerSnapshot } from './ports/broker.js';
export { type Commission, commission, commissionOf, freeOfCharge } from './ports/commission.js';
export type {
  AccountEvent,
  AdjustmentEvent,
  AdjustmentType,
  BarCorrectionEvent,
  BrokerEvent,
  CommandEvent,
  ConnectionEvent,
  CorporateAction,
  CorporateActionEvent,
  Decision,
  EngineEvent,
  EngineOutput,
  FeedStep,
  FillCorrectedEvent,
  FillCosts,
  FillEvent,
  HaltEnd,
  OrderUpdateEvent,
  SessionCloseEvent,
  SliceEvent,
  Stamp,
  StartedEvent,
  TimerEvent,
  TimerKey,
  TimerRequest,
  TradingState,
} from './ports/events.js';
export type { ExecutionAlgorithm, ExecutionProgress, ExecutionStep } from './ports/execution.js';
export type { Feed } from './ports/feed.js';
export { type Journal, journals, noJournal } from './ports/journal.js';
export {
  noRisk,
  RETURN_SESSIONS,
  type RecentEntry,
  type Refusal,
  type RiskContext,
  type RiskManager,
  type Tightening,
  type TradeStatistics,
  type Trim,
  type Verdict,
  type Wish,
} from './ports/risk.js';
export {
  type BarMoment,
  type FeatureHandle,
  type FeatureInput,
  type FeatureKernel,
  type FeatureSpec,
  type FeatureUnit,
  type KernelSetup,
  type KernelState,
  on,
} from './strategy/feature.js';
export type { Direction, Signal, Stance, StanceStatus } from './strategy/signal.js';
export type {
  MarketView,
  SizingBudget,
  Strategy,
  StrategyFactory,
  StrategyIndex,
  StrategySetup,
} from './strategy/strategy.js';
export * from './time/index.js';
