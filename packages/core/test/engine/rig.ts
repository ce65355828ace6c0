import {
  type BrokerCapabilities,
  type BrokerCommand,
  createEngine,
  type Decision,
  type Engine,
  type EngineEvent,
  type EngineOptions,
  type ExecutionAlgorithm,
  everySlice,
  type InstrumentIndex,
  type MemoryJournal,
  memoryJournal,
  nyse,
  type OrderNumber,
  type OrderRequest,
  type OrderStatus,
  ordersOf,
  parseIsoDate,
  type RiskManager,
  type Session,
  type Signal,
  type Strategy,
  type StrategyIndex,
  type StrategySetup,
  sessionDay,
  stock,
  type Timestamp,
  universe,
} from '@tradekit/core';

/** Everything a broker can do. */
export const able: BrokerCapabilities = {
  pricing: [
    'market',
    'market-on-open',
    'market-on-close',
    'limit',
    'limit-on-close',
    'stop',
    'stop-limit',
    'trailing-stop',
  ],
  bracket: true,
  oco: true,
  chain: true,
  replace: true,
  fractionalShares: true,
  shortSelling: true,
};

/** An event before it is stamped, each of its kinds by itself. */
type Untimed<E> = E extends unknown ? Omit<E, 'time' | 'sequence'> : never;

/** A wish in short: instrument, direction and what else it says. */
export type Say = Partial<Signal> & Pick<Signal, 'direction'>;

/** An engine whose strategies say what the test tells them, and whose broker is the test. */
export interface Rig {
  readonly engine: Engine;
  readonly journal: MemoryJournal;
  /** A slice at these closes (NaN: no bar), in which the strategies say what is given, by place. Gives the commands. */
  slice(closes: readonly number[], ...says: readonly (readonly Say[])[]): readonly BrokerCommand[];
  /** The end of the session. */
  close(official?: readonly number[]): readonly BrokerCommand[];
  /** Any event, without its stamp. */
  take(event: Untimed<EngineEvent>): readonly BrokerCommand[];
  fill(order: number, quantity: number, price: number, executionId?: string): readonly BrokerCommand[];
  update(order: number, status: OrderStatus, filledQuantity?: number): readonly BrokerCommand[];
  /** The decisions of the last event. */
  decisions(): readonly Decision[];
  held(instrument?: number, strategy?: number): number;
  stance(instrument?: number, strategy?: number): ReturnType<Engine['account']['stance']>;
}

/** A strategy of a rig: what it does besides saying what the test tells it. */
interface RigStrategy extends Partial<Strategy> {
  readonly weight?: number;
  readonly execution?: ExecutionAlgorithm;
  readonly onSetup?: (setup: StrategySetup) => void;
}

/** Options of a rig: the engine's own, and the strategies' sizes. */
export interface RigOptions extends Partial<Omit<EngineOptions, 'strategies'>> {
  readonly instruments?: readonly string[];
  readonly strategies?: readonly RigStrategy[];
  /** First session, `2021-01-04` by default; slices end 15 minutes apart from its open on. */
  readonly date?: string;
}

/** Sizes every wish at 100 shares, allows everything. */
export const hundred: RiskManager = {
  name: 'hundred',
  plan: (wishes) =>
    wishes.map(({ quantity, signal }) => ({ kind: 'allow', quantity: quantity ?? 100 * signal.direction })),
  approve: ({ quantity }) => ({ kind: 'allow', quantity }),
  watch: () => undefined,
};

export function rig(options: RigOptions = {}): Rig {
  const { instruments = ['A'], strategies = [{}], date = '2021-01-04', ...engineOptions } = options;
  const says: (readonly Signal[])[] = strategies.map(() => []);
  const engine = createEngine({
    universe: universe(instruments.map((id) => stock(id))),
    calendar: nyse,
    strategies: strategies.map(({ weight, onSetup, execution, ...strategy }, place) => ({
      name: `s${place}`,
      weight: weight ?? 1 / strategies.length,
      ...(execution === undefined ? {} : { execution }),
      create: (setup) => {
        onSetup?.(setup);
        return { name: `s${place}`, generateSignals: () => says[place] ?? [], ...strategy };
      },
    })),
    risk: hundred,
    initialCash: 1_000_000,
    capabilities: able,
    timetable: everySlice,
    ...engineOptions,
  });
  const journal = memoryJournal();
  let session: Session = sessionFrom(date);
  let time = session.open as Timestamp;
  let sequence = 0;
  let executions = 0;
  const process = (event: object): readonly BrokerCommand[] => {
    const stamped = { ...event, sequence, time } as EngineEvent;
    sequence += 1;
    const output = engine.process(stamped);
    journal.append(stamped, output);
    return [...output.commands];
  };
  return {
    engine,
    journal,
    slice(closes, ...wishes) {
      if (time >= session.close) {
        session = sessionFrom(session.day + 1);
        time = session.open;
      }
      time = (time + 900_000) as Timestamp;
      for (const place of says.keys())
        says[place] = (wishes[place] ?? []).map((say) => ({
          instrument: 0 as InstrumentIndex,
          reason: 'test',
          ...say,
        }));
      const column = Float64Array.from(closes);
      return process({
        kind: 'slice',
        session: session.day,
        end: time,
        bars: { open: column, high: column, low: column, close: column, volume: column },
      });
    },
    close(official = instruments.map(() => Number.NaN)) {
      time = session.close;
      return process({ kind: 'session-close', session: session.day, official: Float64Array.from(official) });
    },
    take: process,
    fill(order, quantity, price, executionId) {
      executions += 1;
      const id = executionId ?? `e${executions}`;
      return process({ kind: 'fill', executionId: id, order, executedAt: time, quantity, price, commission: 0 });
    },
    update: (order, status, filledQuantity = 0) =>
      process({ kind: 'order-update', order, status, filledQuantity, reason: '', venue: 'test' }),
    decisions: () => journal.entries.at(-1)?.decisions ?? [],
    held: (instrument = 0, strategy = 0) =>
      engine.account.stance(strategy as StrategyIndex, instrument as InstrumentIndex).held,
    stance: (instrument = 0, strategy = 0) =>
      engine.account.stance(strategy as StrategyIndex, instrument as InstrumentIndex),
  };
}

function sessionFrom(date: string | number): Session {
  let day = typeof date === 'string' ? (parseIsoDate(date) ?? 0) : date;
  for (;;) {
    const session = nyse.session(sessionDay(day));
    if (session !== undefined) return session;
    day += 1;
  }
}

/** The requests of submitted orders, with their numbers, in order. */
export function requests(
  commands: readonly BrokerCommand[],
): readonly (OrderRequest & { readonly number: OrderNumber })[] {
  return commands
    .flatMap((command) => (command.kind === 'submit' ? ordersOf(command.group) : []))
    .map(({ number, request }) => ({ ...request, number }));
}

/** A command in one word each: `buy 100`, `cancel 1`, `bracket buy 100 + stop + target`. */
export function brief(commands: readonly BrokerCommand[]): readonly string[] {
  return commands.map((command) => {
    if (command.kind === 'cancel') return `cancel ${command.order}`;
    if (command.kind === 'replace') return `replace ${command.order}: ${command.by.request.quantity}`;
    const [first, ...rest] = ordersOf(command.group).map(({ request }) => request);
    const tail = rest.map(({ role, side, quantity }) => ` + ${role} ${side} ${quantity}`).join('');
    const group = command.group.kind === 'single' ? '' : `${command.group.kind} `;
    return `${group}${first?.role} ${first?.side} ${first?.quantity}${tail}`;
  });
}
