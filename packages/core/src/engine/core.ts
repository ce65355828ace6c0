import type { Session } from '../calendar/session.js';
import { ConfigError } from '../errors.js';
import { objectList } from '../list.js';
import { type Bars, emptyBars } from '../market/bars.js';
import type { InstrumentIndex } from '../market/instrument.js';
import type { ApprovedOrder, OrderNames, OrderOrigin } from '../orders/approved.js';
import { clientOrderId } from '../orders/client-order-id.js';
import type { OrderGroup } from '../orders/group.js';
import type { ClientOrderId, OrderRequest } from '../orders/request.js';
import type { Decision, HaltEnd, TradingState } from '../ports/events.js';
import type { ExecutionAlgorithm } from '../ports/execution.js';
import type { RiskContext, RiskManager, Wish } from '../ports/risk.js';
import type { Direction, Signal, Stance, StanceStatus } from '../strategy/signal.js';
import type { Strategy, StrategyIndex, StrategySetup } from '../strategy/strategy.js';
import type { SessionDay, Timestamp } from '../time/timestamp.js';
import { ChangeLog } from './change-log.js';
import { riskContext } from './context.js';
import { FeatureBoard } from './features.js';
import { commitState } from './halts.js';
import { commitLimit } from './limits.js';
import { Numbering } from './numbering.js';
import type { EngineSettings, StrategySlot } from './options.js';
import { OrderPlace, WorkingOrders } from './orders.js';
import { Outbox } from './outbox.js';
import { Portfolio } from './portfolio.js';
import { RiskMemory } from './risk-memory.js';
import { Stances, statusPlace } from './stances.js';
import { TouchedCells } from './touched.js';
import { Cursor, SliceView } from './view.js';

/** A strategy at work. */
export interface Running {
  readonly name: string;
  readonly strategy: Strategy;
  readonly view: SliceView;
  readonly weight: number;
  readonly execution: ExecutionAlgorithm | undefined;
}

/** A wish on its way through `plan`. A resize that is refused leaves the stance as it is. */
export interface PendingWish extends Wish {
  readonly cell: number;
  readonly resizes: boolean;
}

/** A closing order that this event makes, and what may leave when it is filled. */
export interface Closing {
  readonly cell: number;
  readonly instrument: number;
  readonly order: ApprovedOrder;
  /** Signed shares that the book holds when it is filled. */
  readonly leaves: number;
  next: OrderGroup | undefined;
}

/**
 * Everything that an engine knows, and the two ways to change it: `apply` what an event says, `emit` what was decided. The
 * steps (apply, decide, work) are functions over this one state.
 */
export class Core {
  readonly options: EngineSettings;
  readonly instruments: number;
  readonly everyInstrument: readonly InstrumentIndex[];
  readonly cells: number;
  readonly portfolio: Portfolio;
  readonly orders: WorkingOrders;
  readonly stances: Stances;
  readonly features: FeatureBoard;
  readonly running: readonly Running[];
  /** The risk manager of the options, with the limits that commands have tightened. */
  risk: RiskManager;
  /** What risk rules may ask of the past. */
  readonly memory: RiskMemory;
  readonly context: RiskContext;
  readonly names: OrderNames;
  /** The slice that closed last, copied from its event. */
  readonly row: Bars;
  readonly cursor: Cursor = new Cursor();
  readonly changes: ChangeLog = new ChangeLog();
  /** Bars in the last slice. */
  tradedCount = 0;
  session: Session | undefined;
  sessionDay: SessionDay = 0 as SessionDay;
  state: TradingState = 'active';
  stateEnds: HaltEnd = 'started';
  stateRule = '';
  /** Sessions that have begun since the state was taken, and after how many it ends by itself. */
  stateSessions = 0;
  stateEndsAfter: number = Number.POSITIVE_INFINITY;
  /** The state that only a start may loosen: what is left when a tighter one ends by itself. */
  lastingState: TradingState = 'active';
  lastingRule = '';
  /** Opening orders may leave: the last slice allowed entries. */
  entriesOpen = false;
  /** Strategies are asked on this slice. */
  deciding = false;
  /** When the event in hand was learned. */
  now: Timestamp = Number.NaN as Timestamp;
  /** Books that `work` must look at after this event. */
  readonly touched: TouchedCells;
  /** Books that are to be looked at again at the next slice: naked entries, entries that wait, refused cancels and reductions. */
  readonly nextSlice: Set<number> = new Set();
  /** Books whose entry a corporate action has ended: it rested already, and may leave again before the next slice. */
  readonly reissues: Set<number> = new Set();
  /** The slice before which a book sends no further reduction, after one was rejected. */
  readonly blockedUntil: Int32Array;
  readonly wishes: PendingWish[] = objectList();
  readonly closings: Closing[] = objectList();
  readonly numbering: Numbering;
  readonly outbox: Outbox = new Outbox();
  readonly #place: OrderPlace;
  readonly #strategyOf: Int32Array;
  readonly #instrumentOf: Int32Array;

  constructor(options: EngineSettings) {
    const { universe, strategies } = options;
    this.options = options;
    this.risk = options.risk;
    this.instruments = universe.size;
    this.everyInstrument = universe.instruments.map((_, i) => i as InstrumentIndex);
    this.cells = strategies.length * universe.size;
    this.portfolio = new Portfolio(strategies.length, universe.size, options.initialCash, this.changes);
    this.orders = new WorkingOrders(this.cells, universe.size, this.changes);
    this.stances = new Stances(this.cells);
    this.features = new FeatureBoard(universe, options.calendar, options.barMs);
    this.row = emptyBars(universe.size);
    this.touched = new TouchedCells(this.cells);
    this.blockedUntil = new Int32Array(this.cells);
    this.numbering = new Numbering(this.cells, this.instruments);
    this.#place = new OrderPlace(universe.size, options.commission);
    this.memory = new RiskMemory(strategies.length, universe.size);
    this.names = { idOf: (request, origin) => this.#idOf(request, origin) };
    this.#strategyOf = Int32Array.from({ length: this.cells }, (_, cell) => Math.floor(cell / this.instruments));
    this.#instrumentOf = Int32Array.from({ length: this.cells }, (_, cell) => cell % this.instruments);
    this.running = strategies.map((slot, place) => this.#start(slot, place as StrategyIndex));
    this.context = riskContext(this);
  }

  #start(slot: StrategySlot, place: StrategyIndex): Running {
    const { universe } = this.options;
    const instruments = this.everyInstrument;
    const setup: StrategySetup = Object.freeze({
      instruments,
      index: (id: string) => universe.index(id),
      id: (instrument: InstrumentIndex) => universe.instruments[instrument]?.id ?? '',
      sector: (instrument: InstrumentIndex) => universe.instruments[instrument]?.sector,
      feature: (spec: Parameters<StrategySetup['feature']>[0]) => {
        if (this.cursor.slice >= 0) {
          throw new ConfigError(
            'FEATURE_LATE',
            `feature "${spec.key}" was asked for after the start; ask for features when the strategy is made`,
            {},
          );
        }
        return this.features.add(spec);
      },
    });
    const strategy = slot.create(setup, slot.parameters ?? {});
    const stance = (instrument: InstrumentIndex): Stance => this.stanceOf(place * this.instruments + instrument);
    return {
      name: slot.name,
      strategy,
      weight: slot.weight,
      execution: slot.execution,
      view: new SliceView(instruments, this.cursor, this.row, this.features, stance),
    };
  }

  /** Decides: commits the decision and puts it out. */
  emit(decision: Decision): void {
    this.commit(decision);
    this.outbox.put(decision);
  }

  /** Makes a decision true, whether it was taken just now or stands in a journal. */
  commit(decision: Decision): void {
    switch (decision.kind) {
      case 'stance':
        this.#commitStance(
          decision.strategy * this.instruments + decision.instrument,
          decision.stance,
          decision.signal,
        );
        return;
      case 'command':
        this.#place.slice = this.cursor.slice;
        this.orders.commit(decision.command, this.#place, decision.dropsRest === true);
        this.numbering.count(decision.command, this.cursor.slice);
        if (decision.command.kind === 'submit') this.memory.submitted(decision.command.group, this.now);
        return;
      case 'state':
        commitState(this, decision);
        return;
      case 'refused': {
        const cell = decision.strategy * this.instruments + decision.instrument;
        this.stances.triedSession[cell] = ABOUT_THE_SLICE.has(decision.rule) ? 0 : this.sessionDay;
        return;
      }
      case 'limit':
        commitLimit(this, decision);
        return;
      case 'timer':
        return;
    }
  }

  #commitStance(cell: number, stance: Stance, signal: Signal | undefined): void {
    const { stances } = this;
    const isSame = stances.direction[cell] === stance.direction && stances.sinceSlice[cell] === stance.sinceSlice;
    stances.direction[cell] = stance.direction;
    stances.setStatus(cell, statusPlace(stance.status));
    stances.target[cell] = stance.target;
    if (stances.sinceSlice[cell] !== stance.sinceSlice) stances.sinceTime[cell] = this.cursor.time;
    stances.sinceSlice[cell] = stance.sinceSlice;
    stances.signal[cell] = signal;
    stances.setLegs(cell, signal, isSame);
    this.touched.add(cell);
  }

  /** What the strategy sees of its stance, and what a decision records of it. */
  stanceOf(cell: number): Stance {
    const { stances, portfolio } = this;
    const held = portfolio.held[cell]!;
    return {
      direction: stances.directionOf(cell),
      status: stances.statusName(cell),
      target: stances.target[cell]!,
      held,
      entryPrice: held === 0 ? undefined : portfolio.entryPrice[cell]!,
      sinceSlice: stances.sinceSlice[cell]!,
    };
  }

  /** A wish was sized, or the strategy wants to be flat: a new stance. */
  takeStance(cell: number, direction: Direction, target: number, signal: Signal): void {
    this.#decideStance(cell, direction, 'standing', target, this.cursor.slice, signal);
  }

  /** A rule said no: what is held against the wish is closed, nothing opens. */
  refuseStance(cell: number, signal: Signal): void {
    this.#decideStance(cell, signal.direction, 'refused', 0, this.cursor.slice, signal);
  }

  /** The same stance wants another position, or other legs. */
  changeStance(cell: number, target: number, signal: Signal | undefined = this.stances.signal[cell]): void {
    const { stances } = this;
    this.#decideStance(
      cell,
      stances.directionOf(cell),
      stances.statusName(cell),
      target,
      stances.sinceSlice[cell]!,
      signal,
    );
  }

  /** The stance asks for nothing any more; what is still held is closed. */
  endStance(cell: number): void {
    const { stances } = this;
    this.#decideStance(cell, stances.directionOf(cell), 'ended', 0, stances.sinceSlice[cell]!, stances.signal[cell]);
  }

  #decideStance(
    cell: number,
    direction: Direction,
    status: StanceStatus,
    target: number,
    sinceSlice: number,
    signal: Signal | undefined,
  ): void {
    const held = this.portfolio.held[cell]!;
    const entryPrice = held === 0 ? undefined : this.portfolio.entryPrice[cell]!;
    const stance = { direction, status, target, held, entryPrice, sinceSlice };
    this.emit({ kind: 'stance', strategy: this.strategyOf(cell), instrument: this.instrumentOf(cell), stance, signal });
  }

  /** Every strategy's book of an instrument. */
  touchInstrument(instrument: number): void {
    for (let cell = instrument; cell < this.cells; cell += this.instruments) this.touched.add(cell);
  }

  /** Smallest step of a quantity at this broker; whole shares where the position is to be protected. */
  lot(instrument: number, isProtected: boolean): number {
    const { universe, capabilities } = this.options;
    const { lot } = universe.instruments[instrument]!;
    return isProtected || !capabilities.fractionalShares ? Math.max(1, lot) : lot;
  }

  strategyOf(cell: number): StrategyIndex {
    return this.#strategyOf[cell] as StrategyIndex;
  }

  instrumentOf(cell: number): InstrumentIndex {
    return this.#instrumentOf[cell] as InstrumentIndex;
  }

  #idOf({ instrument, strategy, role }: OrderRequest, { session, slice, attempt }: OrderOrigin): ClientOrderId {
    const { accountTag, universe } = this.options;
    const names = { instrument: universe.instruments[instrument]!.id, strategy: this.running[strategy]!.name };
    return clientOrderId({ accountTag, session, slice, ...names, role, child: 0, attempt });
  }
}

/** Refusals that say nothing of the wish, only of the slice: tried again at the next one. */
const ABOUT_THE_SLICE: ReadonlySet<string> = new Set(['not-traded', 'thin-slice', 'late-slice']);
