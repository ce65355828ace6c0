/** Random markets, strategies and venues, and what must hold after every event of a run over them. */
import {
  type SimulatedVenue,
  type SlippageModel,
  simulatedVenue,
  slippageBps,
  volumeShare,
} from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  type BrokerCapabilities,
  type Commission,
  type CorporateAction,
  commission,
  createEngine,
  type Decision,
  type Direction,
  type Engine,
  type EngineEvent,
  type EngineOutput,
  everySlice,
  type InstrumentIndex,
  type Journal,
  journals,
  type MemoryJournal,
  memoryJournal,
  type OrderGroup,
  type OrderNumber,
  type OrderRequest,
  type RetryRefused,
  type RiskManager,
  runSync,
  Sequencer,
  type Signal,
  type StrategyIndex,
  type SynchronousVenue,
  sessionTimetable,
  type Timetable,
} from '@tradekit/core';
import fc from 'fast-check';
import { type Bar, calendarOf, marketOf, simulatedCapabilities } from '../../packages/brokers/test/simulated/kit.js';

/** One wish of a script: for an instrument, with a stop and a target so many percent from the close. */
interface ScriptedWish {
  readonly instrument: number;
  readonly direction: Direction;
  readonly stopPercent?: number | undefined;
  readonly targetPercent?: number | undefined;
  readonly strength?: number | undefined;
}

/** A whole run in plain values, so that a counterexample can be kept as a test. */
export interface Scenario {
  /** Open, high, low, close in cents, and volume; `null` is a hole. By instrument and row. */
  readonly bars: readonly (readonly (readonly [number, number, number, number, number] | null)[])[];
  readonly sessions: readonly number[];
  /** By strategy and slice. */
  readonly wishes: readonly (readonly (readonly ScriptedWish[])[])[];
  readonly capabilities?: Partial<BrokerCapabilities>;
  readonly costs?: 'none' | 'bps' | 'volume';
  readonly timetable?: 'every-slice' | 'session' | 'overnight';
  readonly retryRefused?: RetryRefused;
  readonly nakedEntryMs?: number | undefined;
  /** Place of the session, of the instrument, and what happens. */
  readonly actions?: readonly {
    readonly session: number;
    readonly instrument: number;
    readonly action: CorporateAction;
  }[];
  /** Slice in which the risk manager halts until the next session. */
  readonly haltAt?: number | undefined;
  /** Largest quantity that `approve` lets pass, of 100. */
  readonly approves?: number;
  /** Strategies size by themselves: 100 × strength. */
  readonly sizes?: boolean;
}

const COMMISSION: Commission = commission({ perShare: 0.005, perOrder: 1 });
const NAMES = ['A', 'B', 'C'];
const LARGEST = 200;

/** The parts of a run. */
export interface Parts {
  readonly history: BarHistory;
  makeEngine(): Engine;
  makeVenue(): SimulatedVenue;
}

export function partsOf(scenario: Scenario): Parts {
  const market = marketOf({
    bars: Object.fromEntries(
      scenario.bars.map((rows, i) => [
        NAMES[i] ?? '',
        rows.map(
          (bar): Bar => (bar === null ? undefined : [bar[0] / 100, bar[1] / 100, bar[2] / 100, bar[3] / 100, bar[4]]),
        ),
      ]),
    ),
    sessions: scenario.sessions,
  });
  const actions = (scenario.actions ?? []).flatMap(({ session, instrument, action }) => {
    const day = market.sessions[session]?.day;
    const id = market.universe.instruments[instrument]?.id;
    return day === undefined || id === undefined ? [] : [{ session: day, instrument: id, action }];
  });
  const history = { ...market, actions };
  const capabilities = { ...simulatedCapabilities, ...scenario.capabilities };
  const charged = scenario.costs === undefined || scenario.costs === 'none' ? commission({}) : COMMISSION;
  const slippage: SlippageModel | undefined =
    scenario.costs === 'volume' ? volumeShare() : scenario.costs === 'bps' ? slippageBps(10) : undefined;
  return {
    history,
    makeEngine: () =>
      createEngine({
        universe: history.universe,
        calendar: calendarOf(history),
        strategies: scenario.wishes.map((script, s) => ({
          name: `s${s}`,
          weight: 1 / scenario.wishes.length,
          create: () => ({
            name: `s${s}`,
            ...(scenario.sizes === true ? { positionSize: (signal: Signal) => 100 * (signal.strength ?? 1) } : {}),
            generateSignals: (market) =>
              (script[market.slice] ?? []).map((wish) =>
                signalOf(wish, market.close(wish.instrument as InstrumentIndex)),
              ),
          }),
        })),
        risk: riskOf(scenario),
        initialCash: 1_000_000,
        capabilities,
        timetable: timetableOf(scenario),
        commission: charged,
        retryRefused: scenario.retryRefused ?? 'next-session',
        ...(scenario.nakedEntryMs === undefined ? {} : { nakedEntryMs: scenario.nakedEntryMs }),
      }),
    makeVenue: () =>
      simulatedVenue(history, {
        initialCash: 1_000_000,
        commission: charged,
        capabilities,
        ...(slippage === undefined ? {} : { slippage }),
      }),
  };
}

function signalOf(
  { instrument, direction, stopPercent, targetPercent, strength }: ScriptedWish,
  close: number,
): Signal {
  const price = Number.isNaN(close) ? 10 : close;
  const off = (percent: number | undefined, sign: number): number | undefined =>
    percent === undefined || direction === 0 ? undefined : Math.round(price * (100 + sign * direction * percent)) / 100;
  const stopPrice = off(stopPercent, -1);
  const targetPrice = off(targetPercent, 1);
  return {
    instrument: instrument as InstrumentIndex,
    direction,
    reason: 'script',
    ...(stopPrice === undefined ? {} : { stopPrice }),
    ...(targetPrice === undefined ? {} : { targetPrice }),
    ...(strength === undefined ? {} : { strength }),
  };
}

function riskOf({ haltAt, approves = LARGEST }: Scenario): RiskManager {
  let slices = 0;
  let last = -1;
  return {
    name: 'model',
    plan: (wishes) =>
      wishes.map(({ quantity, signal }) => ({ kind: 'allow', quantity: quantity ?? 100 * signal.direction })),
    approve: ({ quantity }) =>
      approves === 0
        ? { kind: 'refused', rule: 'model', measured: quantity, limit: 0, reason: 'nothing is approved' }
        : { kind: 'allow', quantity: Math.min(quantity, approves) },
    watch({ time }) {
      if (time !== last) {
        slices += 1;
        last = time;
      }
      if (haltAt === undefined || slices !== haltAt) return undefined;
      return { state: 'halted', flatten: true, until: 'next-session', rule: 'model', reason: 'test' };
    },
  };
}

function timetableOf({ timetable = 'every-slice' }: Scenario): Timetable {
  if (timetable === 'every-slice') return everySlice;
  return sessionTimetable({
    firstDecisionMinutes: 15,
    lastEntryMinutes: 30,
    exitMinutes: 15,
    overnightEntries: timetable === 'overnight' ? 'next-open' : 'none',
  });
}

/** An order as the check sees it. */
interface Seen {
  readonly request: OrderRequest;
  filled: number;
  /** It waits for another order's fill. */
  waitsFor: number | undefined;
}

const MOST_EVENTS = 5000;

/** Watches a run from outside: from events, commands and the account alone. Collects what is broken. */
class Watch implements Journal {
  readonly broken: string[] = [];
  readonly #engine: Engine;
  readonly #history: BarHistory;
  readonly #strategies: number;
  readonly #orders = new Map<number, Seen>();
  readonly #signals = new Map<string, Signal | undefined>();
  #held: number[][];
  #statuses: string[][];
  readonly #factor: number[];
  fills = 0;

  constructor(engine: Engine, history: BarHistory, { wishes }: Scenario) {
    this.#engine = engine;
    this.#history = history;
    this.#strategies = wishes.length;
    this.#factor = history.universe.instruments.map(() => 1);
    this.#held = this.#read(({ held }) => held);
    this.#statuses = this.#read(({ status }) => status);
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  #read<T>(pick: (stance: ReturnType<Engine['account']['stance']>) => T): T[][] {
    return Array.from({ length: this.#strategies }, (_, s) =>
      this.#history.universe.instruments.map((_, i) =>
        pick(this.#engine.account.stance(s as StrategyIndex, i as InstrumentIndex)),
      ),
    );
  }

  #breaks(event: EngineEvent | undefined, what: string): void {
    this.broken.push(event === undefined ? what : `${what} (event ${event.sequence}, ${event.kind})`);
  }

  append(event: EngineEvent, output: EngineOutput): void {
    // The smallest market has a few dozen rows: so many events are a conversation without an end.
    if (event.sequence > MOST_EVENTS)
      throw new RangeError(`engine and venue go on for ever (event ${event.sequence}, ${event.kind})`);
    this.#learn(event);
    for (const decision of output.decisions) this.#note(decision);
    for (const command of output.commands) {
      if (command.kind === 'submit') this.#see(command.group, undefined);
      if (command.kind === 'replace')
        this.#orders.set(command.by.number, seen(command.by.request, this.#orders.get(command.order)?.waitsFor));
    }
    this.#checkFill(event);
    this.#checkBooks(event);
    this.#checkOrders(event, output);
    this.#held = this.#read(({ held }) => held);
    this.#statuses = this.#read(({ status }) => status);
  }

  #learn(event: EngineEvent): void {
    if (event.kind === 'fill') {
      this.fills += 1;
      const order = this.#orders.get(event.order);
      if (order === undefined) return;
      order.filled += event.quantity;
      if (order.filled > order.request.quantity) this.#breaks(event, 'an order is filled beyond its quantity');
      if (order.filled >= order.request.quantity) {
        this.#orders.delete(event.order);
        for (const other of this.#orders.values()) if (other.waitsFor === event.order) other.waitsFor = undefined;
      }
    } else if (event.kind === 'order-update' && ['canceled', 'expired', 'rejected'].includes(event.status)) {
      this.#orders.delete(event.order);
    } else if (event.kind === 'corporate-action' && event.action.type === 'split') {
      this.#factor[event.instrument] = (this.#factor[event.instrument] ?? 1) * event.action.ratio;
    }
  }

  #note(decision: Decision): void {
    if (decision.kind === 'stance') this.#signals.set(`${decision.strategy} ${decision.instrument}`, decision.signal);
  }

  #see(group: OrderGroup, waitsFor: OrderNumber | undefined): void {
    switch (group.kind) {
      case 'single':
        this.#orders.set(group.order.number, seen(group.order.request, waitsFor));
        return;
      case 'oco':
        for (const exit of group.exits) this.#orders.set(exit.number, seen(exit.request, waitsFor));
        return;
      case 'bracket':
        this.#orders.set(group.entry.number, seen(group.entry.request, waitsFor));
        for (const exit of group.exits) this.#orders.set(exit.number, seen(exit.request, group.entry.number));
        return;
      case 'then':
        this.#orders.set(group.first.number, seen(group.first.request, waitsFor));
        this.#see(group.next, group.first.number);
    }
  }

  #checkFill(event: EngineEvent): void {
    if (event.kind === 'corporate-action' || event.kind === 'adjustment') return;
    const now = this.#read(({ held }) => held);
    for (const [s, books] of now.entries()) {
      for (const [i, held] of books.entries()) {
        const before = this.#held[s]?.[i] ?? 0;
        if (before * held < 0) this.#breaks(event, 'a book crossed zero within one order');
        const most = LARGEST * Math.max(1, this.#factor[i] ?? 1) + 1;
        if (Math.abs(held) > most) this.#breaks(event, 'a book holds more than was approved');
      }
    }
  }

  #checkBooks(event: EngineEvent): void {
    const { account } = this.#engine;
    let cash = account.unallocatedCash;
    for (let s = 0; s < this.#strategies; s++) cash += account.book(s as StrategyIndex).cash;
    if (Math.abs(cash - account.cash) > 1e-6) this.#breaks(event, 'cash of the books does not add up');
    for (let i = 0; i < this.#history.universe.size; i++) {
      let held = 0;
      for (let s = 0; s < this.#strategies; s++) held += account.stance(s as StrategyIndex, i as InstrumentIndex).held;
      if (Math.abs(held - account.position(i as InstrumentIndex)) > 1e-9) this.#breaks(event, 'books do not add up');
      for (let s = 0; s < this.#strategies; s++) {
        const { direction, target, status } = account.stance(s as StrategyIndex, i as InstrumentIndex);
        if (target * direction < 0 || (direction === 0 && target !== 0))
          this.#breaks(event, 'a target is not in the direction of its stance');
        if (status !== 'standing' && target !== 0) this.#breaks(event, `a stance that is ${status} has a target`);
      }
    }
  }

  #checkOrders(event: EngineEvent, { commands }: EngineOutput): void {
    const entries = commands.flatMap((command) => (command.kind === 'submit' ? entriesOf(command.group) : []));
    if (entries.length > 0 && this.#engine.account.state !== 'active')
      this.#breaks(event, 'an entry leaves while halted');
    for (const { strategy, instrument, quantity, side } of entries) {
      if (this.#statuses[strategy]?.[instrument] === 'ended' && event.kind !== 'slice')
        this.#breaks(event, 'an ended stance orders an entry');
      const held = this.#engine.account.stance(strategy, instrument).held;
      const closes = [...this.#orders.values()].some(
        ({ request }) => request.strategy === strategy && request.instrument === instrument && request.role !== 'entry',
      );
      if (held * (side === 'buy' ? 1 : -1) < 0 && !closes)
        this.#breaks(event, 'an entry goes against what its book holds');
      if (!(quantity > 0)) this.#breaks(event, 'an entry of nothing');
    }
    const plain = [...this.#orders.values()].filter(
      ({ request, waitsFor }) => waitsFor === undefined && request.role !== 'stop' && request.role !== 'target',
    );
    for (const one of plain) {
      for (const other of plain) {
        if (one.request.instrument !== other.request.instrument || one.request.side === other.request.side) continue;
        this.#breaks(event, 'two opposite plain orders of one instrument rest together');
      }
    }
  }

  /** Called when every answer has been taken: the venue and the engine agree, reductions work, positions are protected. */
  drained(): void {
    const { account } = this.#engine;
    for (let s = 0; s < this.#strategies; s++) {
      for (let i = 0; i < this.#history.universe.size; i++) {
        const stance = account.stance(s as StrategyIndex, i as InstrumentIndex);
        const working = [...this.#orders.values()].filter(
          ({ request }) => request.strategy === s && request.instrument === i,
        );
        const plain = working.filter(({ request }) => request.role !== 'stop' && request.role !== 'target');
        const closing = plain.filter(({ request }) => request.role !== 'entry');
        const sum = closing.reduce((shares, { request, filled }) => shares + request.quantity - filled, 0);
        const beyond =
          stance.target * stance.held > 0 ? Math.abs(stance.held) - Math.abs(stance.target) : Math.abs(stance.held);
        // An exit that was on its way to a nearer target goes on; never for more than is held.
        if (sum < beyond - 1e-9) this.#breaks(undefined, 'less is being closed than is to be closed');
        if (sum > Math.abs(stance.held) + 1e-9) this.#breaks(undefined, 'more is being closed than is held');
        const stop = this.#signals.get(`${s} ${i}`)?.stopPrice;
        const wantsStop = stance.status === 'standing' && stop !== undefined && stance.target !== 0;
        if (wantsStop && plain.length === 0 && stance.held === stance.target) {
          const stops = working.filter(({ request, waitsFor }) => request.role === 'stop' && waitsFor === undefined);
          const shares = stops.reduce((all, { request, filled }) => all + request.quantity - filled, 0);
          if (shares !== Math.abs(stance.held)) this.#breaks(undefined, 'a position with a stop is not covered by it');
        }
        const legs = working.filter(({ request, waitsFor }) => request.role === 'target' && waitsFor === undefined);
        for (const { request, filled } of legs)
          if (request.quantity - filled > Math.abs(stance.held))
            this.#breaks(undefined, 'a target is for more than is held');
      }
    }
  }
}

function seen(request: OrderRequest, waitsFor: number | undefined): Seen {
  return { request, filled: 0, waitsFor };
}

function entriesOf(group: OrderGroup): readonly OrderRequest[] {
  switch (group.kind) {
    case 'single':
      return group.order.request.role === 'entry' ? [group.order.request] : [];
    case 'bracket':
      return [group.entry.request];
    case 'oco':
      return [];
    case 'then':
      return entriesOf(group.next);
  }
}

/** A run with everything watched. */
export interface Watched {
  readonly broken: readonly string[];
  readonly fills: number;
  readonly engine: Engine;
  readonly journal: MemoryJournal;
}

export async function watched(scenario: Scenario): Promise<Watched> {
  const { history, makeEngine, makeVenue } = partsOf(scenario);
  const engine = makeEngine();
  const venue = makeVenue();
  const watch = new Watch(engine, history, scenario);
  const journal = memoryJournal();
  const differences: Promise<string[]>[] = [];
  const through: SynchronousVenue = {
    get issued() {
      return venue.issued;
    },
    send: (commands) => venue.send(commands),
    answer: () => venue.answer(),
    step(until) {
      watch.drained();
      differences.push(compare(venue, engine, history));
      return venue.step(until);
    },
  };
  runSync({ engine, sequencer: new Sequencer(), journal: journals(watch, journal) }, through);
  const broken = [...watch.broken, ...(await Promise.all(differences)).flat()];
  return { broken, fills: watch.fills, engine, journal };
}

function compare(venue: SimulatedVenue, { account }: Engine, { universe }: BarHistory): Promise<string[]> {
  const { cash } = account;
  const positions = universe.instruments.map((_, i) => account.position(i as InstrumentIndex));
  return venue.snapshot().then((snapshot) => {
    const wrong: string[] = [];
    if (!(Math.abs(snapshot.cash - cash) < 1e-6)) wrong.push('the venue’s cash is not the engine’s');
    for (const [i, { id }] of universe.instruments.entries())
      if (Math.abs((snapshot.positions[id] ?? 0) - (positions[i] ?? 0)) > 1e-9)
        wrong.push('the venue’s position is not the engine’s');
    return wrong;
  });
}

const bar = fc
  .tuple(fc.integer({ min: 900, max: 1100 }), fc.nat(60), fc.nat(60), fc.nat(120), fc.constantFrom(1000, 4000, 100_000))
  .map(([open, up, down, place, volume]): readonly [number, number, number, number, number] => {
    const close = Math.min(open + up, Math.max(open - down, open - 60 + place));
    return [open, Math.max(open + up, close), Math.min(open - down, close), close, volume];
  });
const cell = fc.oneof({ weight: 6, arbitrary: bar }, { weight: 1, arbitrary: fc.constant(null) });
const percent = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined });

/** Random runs: two or three instruments, one or two strategies. */
export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    instruments: fc.integer({ min: 2, max: 3 }),
    strategies: fc.integer({ min: 1, max: 2 }),
    sessions: fc.array(fc.integer({ min: 3, max: 6 }), { minLength: 1, maxLength: 3 }),
  })
  .chain(({ instruments, strategies, sessions }) => {
    const rows = sessions.reduce((a, b) => a + b, 0);
    const wish = fc.record({
      instrument: fc.nat(instruments - 1),
      direction: fc.constantFrom<Direction>(-1, 0, 1),
      stopPercent: percent,
      targetPercent: percent,
      strength: fc.option(fc.constantFrom(0.5, 1, 1.5), { nil: undefined }),
    });
    const action: fc.Arbitrary<CorporateAction> = fc.oneof(
      fc.record({
        type: fc.constant('split' as const),
        ratio: fc.constantFrom(2, 0.5, 1.5),
        cashInLieu: fc.constant(7),
      }),
      fc.record({ type: fc.constant('dividend' as const), perShare: fc.constant(0.25) }),
      fc.record({ type: fc.constant('delisted' as const), perShare: fc.constant(3) }),
    );
    return fc.record({
      bars: fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), {
        minLength: instruments,
        maxLength: instruments,
      }),
      sessions: fc.constant(sessions),
      wishes: fc.array(fc.array(fc.array(wish, { maxLength: 2 }), { minLength: rows, maxLength: rows }), {
        minLength: strategies,
        maxLength: strategies,
      }),
      capabilities: fc.record({ bracket: fc.boolean(), oco: fc.boolean(), chain: fc.boolean(), replace: fc.boolean() }),
      costs: fc.constantFrom('none', 'bps', 'volume'),
      timetable: fc.constantFrom('every-slice', 'session', 'overnight'),
      retryRefused: fc.constantFrom('never', 'next-session', 'every-slice'),
      nakedEntryMs: fc.constantFrom(undefined, 300_000),
      actions: fc.array(fc.record({ session: fc.nat(2), instrument: fc.nat(instruments - 1), action }), {
        maxLength: 1,
      }),
      haltAt: fc.option(fc.integer({ min: 2, max: rows }), { nil: undefined, freq: 4 }),
      approves: fc.constantFrom(LARGEST, LARGEST, 60, 0),
      sizes: fc.boolean(),
    });
  });
