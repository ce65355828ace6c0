import { isExitSlice, phase } from '../calendar/timetable.js';
import { assertNever, CalendarError } from '../errors.js';
import type { InstrumentIndex } from '../market/instrument.js';
import type { Decision, EngineEvent, EngineOutput, SliceEvent, TradingState } from '../ports/events.js';
import type { Stance } from '../strategy/signal.js';
import type { StrategyIndex } from '../strategy/strategy.js';
import { isoDate } from '../time/timestamp.js';
import { applyCorrection, applyFill, applySessionClose, applyTimer, applyUpdate } from './apply.js';
import { Core } from './core.js';
import { applyAdjustment, applyCorporateAction } from './corporate.js';
import { decide, THIN_SLICE } from './decide.js';
import { takeTargets } from './endings.js';
import { applyAccount, applyCommand, applyStarted, flattenAll, sessionBegins, tighten } from './halts.js';
import { tightenLimits } from './limits.js';
import { type EngineOptions, EngineSettings } from './options.js';
import { trim } from './trim.js';
import { work } from './work.js';

/** What may be read of an engine's account and books. */
export interface AccountView {
  readonly cash: number;
  /** Cash and positions at the last mark. */
  readonly equity: number;
  /** Growth of one dollar with deposits and withdrawals taken out, and its peak. */
  readonly index: number;
  readonly peakIndex: number;
  readonly state: TradingState;
  /** Signed shares of the account. */
  position(instrument: InstrumentIndex): number;
  /** Last mark, NaN before the first bar. */
  mark(instrument: InstrumentIndex): number;
  /** One strategy's book of one instrument. */
  stance(strategy: StrategyIndex, instrument: InstrumentIndex): Stance;
  /** Totals of one strategy's book. */
  book(strategy: StrategyIndex): BookTotals;
  /** Cash that belongs to no book: the initial cash, deposits, interest, fees of the account. */
  readonly unallocatedCash: number;
}

/** What a strategy's book has come to. */
export interface BookTotals {
  /** What its fills, dividends and commissions have brought and cost, in dollars. */
  readonly cash: number;
  /** Result of closed shares before commission. */
  readonly realised: number;
  readonly commission: number;
}

/** Turns events into decisions, one after the other. Pure: the same events give the same decisions, for ever. */
export interface Engine {
  /** Takes one event. The output is valid until the next call. Throws `StrategyError`, `RiskError` or `InvariantError`; the engine is unusable then. */
  process(event: EngineEvent): EngineOutput;
  /** Takes an event with the decisions that a journal holds of it: asks no strategy and no rule. */
  recover(event: EngineEvent, decisions: readonly Decision[]): void;
  readonly account: AccountView;
}

/** Makes an engine. Throws `ConfigError` when its parts cannot be meant. */
export function createEngine(options: EngineOptions): Engine {
  return new TradingEngine(options);
}

class TradingEngine implements Engine {
  readonly #core: Core;
  readonly account: AccountView;

  constructor(options: EngineOptions) {
    this.#core = new Core(new EngineSettings(options));
    this.account = accountView(this.#core);
  }

  process(event: EngineEvent): EngineOutput {
    const core = this.#core;
    core.outbox.clear();
    core.now = event.time;
    apply(core, event);
    if (event.kind === 'slice') {
      takeSlice(core, event);
      watch(core);
      if (!core.options.capabilities.oco) takeTargets(core);
      if (core.deciding) {
        trim(core);
        decide(core);
        core.features.seen();
      }
      if (core.nextSlice.size > 0) lookAgain(core);
    } else if (event.kind === 'fill' || event.kind === 'command') {
      if (event.kind === 'command' && event.command === 'tighten') tightenLimits(core, event);
      watch(core);
    }
    work(core);
    return core.outbox.close();
  }

  recover(event: EngineEvent, decisions: readonly Decision[]): void {
    const core = this.#core;
    core.now = event.time;
    core.outbox.clear();
    apply(core, event);
    if (event.kind === 'slice') {
      takeSlice(core, event);
      if (core.deciding) core.features.seen();
    }
    core.outbox.close(); // what `apply` put out stands in the record as well
    for (const decision of decisions) core.commit(decision);
    core.touched.take();
  }
}

/** Books that waited for this slice. */
function lookAgain({ nextSlice, touched }: Core): void {
  for (const cell of nextSlice) touched.add(cell);
  nextSlice.clear();
}

function apply(core: Core, event: EngineEvent): void {
  switch (event.kind) {
    case 'fill':
      return applyFill(core, event);
    case 'order-update':
      return applyUpdate(core, event);
    case 'session-close':
      return applySessionClose(core, event);
    case 'fill-corrected':
      return applyCorrection(core, event);
    case 'timer':
      return applyTimer(core, event);
    case 'corporate-action':
      return applyCorporateAction(core, event);
    case 'account':
      return applyAccount(core, event);
    case 'adjustment':
      return applyAdjustment(core, event);
    case 'command':
      return applyCommand(core, event);
    case 'started':
      return applyStarted(core, event);
    case 'slice':
    case 'bar-correction': // recorded by the journal, never recomputed
    case 'connection':
      return;
    default:
      return assertNever(event);
  }
}

/** Steps 2 and 3: the row, the session, the marks and the features. */
function takeSlice(core: Core, event: SliceEvent): void {
  const { row, cursor, options } = core;
  const { bars } = event;
  row.open.set(bars.open);
  row.high.set(bars.high);
  row.low.set(bars.low);
  row.close.set(bars.close);
  row.volume.set(bars.volume);
  core.reissues.clear();
  cursor.slice += 1;
  cursor.time = event.end;
  if (event.session !== core.sessionDay) enterSession(core, event);
  core.tradedCount = core.memory.step(row, event.end);
  const session = core.session!;
  const what = phase(options.timetable, session, event.end);
  core.deciding = what !== 'closed';
  cursor.canEnter = what === 'enter';
  cursor.lastExit = isExitSlice(options.timetable, session, event.end);
  const isLate = event.time - event.end > options.maxDecisionAgeMs;
  core.entriesOpen = cursor.canEnter && !isLate && core.tradedCount >= THIN_SLICE * core.instruments;
  core.portfolio.markTo(row.close);
  core.stances.follow(row, core.portfolio.held);
  core.features.step(row, session, event.end);
}

function enterSession(core: Core, event: SliceEvent): void {
  const session = core.options.calendar.session(event.session);
  if (session === undefined) {
    const date = isoDate(event.session);
    throw new CalendarError(
      'SESSION_UNKNOWN',
      `a slice of ${date} came, but calendar "${core.options.calendar.name}" has no session then`,
      { date },
    );
  }
  core.session = session;
  core.sessionDay = event.session;
  core.orders.session = event.session;
  core.cursor.session = event.session;
  core.memory.enterSession();
  sessionBegins(core);
}

function watch(core: Core): void {
  const tightening = core.risk.watch(core.context);
  if (tightening === undefined) return;
  const hasTightened = tighten(core, tightening);
  if (hasTightened && tightening.flatten) flattenAll(core);
}

function accountView(core: Core): AccountView {
  const { portfolio, instruments } = core;
  return Object.freeze<AccountView>({
    get cash() {
      return portfolio.cash;
    },
    get equity() {
      return portfolio.equity;
    },
    get index() {
      return portfolio.index;
    },
    get peakIndex() {
      return portfolio.peakIndex;
    },
    get state() {
      return core.state;
    },
    get unallocatedCash() {
      return portfolio.initialCash + portfolio.unallocated;
    },
    position: (instrument) => portfolio.position[instrument] ?? 0,
    mark: (instrument) => portfolio.mark[instrument] ?? Number.NaN,
    stance: (strategy, instrument) => core.stanceOf(strategy * instruments + instrument),
    book: (strategy) => ({
      cash: portfolio.bookCash[strategy] ?? 0,
      realised: portfolio.realised[strategy] ?? 0,
      commission: portfolio.commission[strategy] ?? 0,
    }),
  });
}
