/** Random histories through the engine: what must hold of them, and how near they come to every rule's limit. */
import { simulatedCapabilities, simulatedVenue, slippageBps, volumeShare } from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  commission,
  createEngine,
  type Engine,
  type EngineEvent,
  type EngineOutput,
  isReducing,
  journals,
  type MemoryJournal,
  memoryJournal,
  type OrderGroup,
  type OrderRequest,
  ordersOf,
  type RiskContext,
  type RiskManager,
  recover,
  replay,
  runSync,
  Sequencer,
  stock,
  universe,
} from '@tradekit/core';
import { type Addition, fixedQuantity, type RiskRule, riskManager } from '@tradekit/risk';
import { calendarOf, marketOf, still } from '../../packages/brokers/test/simulated/kit.js';
import { mulberry32 } from '../mulberry32.js';
import { partsOf, type Scenario } from '../rules/model.js';
import { type Case, makers, type Random } from './oracles.js';
import { faulty } from './venue.js';

/** How often a rule passed or cut what, and how often that was near its limit. */
export interface Tally {
  fired: number;
  nearBelow: number;
  nearAbove: number;
}

export const newTallies = (): Map<string, Tally> =>
  new Map(Object.keys(makers).map((name) => [name, { fired: 0, nearBelow: 0, nearAbove: 0 }]));

const CASH = 20_000;
/** Rules that random wishes seldom come to. */
const RARE: ReadonlySet<string> = new Set(['no-repeated-order', 'max-orders-per-minute', 'cash-reserve', 'cool-down']);
/** Sessions of one bar before the scenario's own, so that some histories know correlations. */
const PRELUDE = 22;

function holds({ kind, limit }: Case, measured: number): boolean {
  const dust = 1e-7 * Math.max(1, Math.abs(limit));
  if (kind === 'above') return measured >= limit - dust;
  return kind === 'loss' ? measured < limit + dust : measured <= limit + dust;
}

/** Within half of the limit; of limits that are 0 everything is near. */
const isNear = ({ limit }: Case, measured: number): boolean =>
  limit === 0 || (measured >= limit / 2 && measured <= limit * 1.5);

/** A rule whose every answer about a single addition is compared with the second opinion. */
function observed(test: Case, tally: Tally, broken: string[]): RiskRule {
  const { rule } = test;
  const judge = (addition: Addition, context: RiskContext, quantity: number | undefined): void => {
    const measured = test.measure(addition, context);
    if (quantity === undefined) {
      if (!holds(test, measured)) broken.push(`${rule.name} passed ${measured} of ${test.limit}`);
      else if (isNear(test, measured)) tally.nearBelow += 1;
      return;
    }
    tally.fired += 1;
    const beyond = test.kind === 'loss' ? !(measured < test.limit - 1e-9) : !isInside(test, measured);
    if (!beyond) broken.push(`${rule.name} cut ${measured} of ${test.limit}`);
    if (isNear(test, measured)) tally.nearAbove += 1;
    if (quantity <= 0) return;
    const left = test.measure({ ...addition, quantity }, context);
    if (!holds(test, left)) broken.push(`${rule.name} left ${left} of ${test.limit}`);
    else if (isNear(test, left)) tally.nearBelow += 1;
  };
  const { watch } = rule;
  return {
    ...rule,
    check(additions, context) {
      const rulings = rule.check(additions, context);
      const [addition, ruling] = [additions[0], rulings[0]];
      if (additions.length === 1 && addition !== undefined && ruling !== undefined)
        judge(addition, context, ruling.kind === 'pass' ? undefined : ruling.quantity);
      return rulings;
    },
    ...(watch === undefined
      ? {}
      : {
          watch(context: RiskContext) {
            const asked = watch(context);
            judge({} as Addition, context, asked === undefined ? undefined : 0);
            return asked;
          },
        }),
  };
}

/** Inside by more than dust. */
function isInside({ kind, limit }: Case, measured: number): boolean {
  const dust = 1e-7 * Math.max(1, Math.abs(limit));
  return kind === 'above' ? measured > limit + dust : measured < limit - dust;
}

/** The manager of a history, and after every approval every second opinion about all of it. */
function managerOf(cases: readonly Case[], random: Random, tallies: Map<string, Tally>, broken: string[]): RiskManager {
  const manager = riskManager({
    sizer: fixedQuantity(50 + Math.floor(random() * 2400)),
    competition: random() < 0.5 ? 'pro-rata' : 'by-strength',
    rules: cases.map((test) => observed(test, tallies.get(test.rule.name) as Tally, broken)),
  });
  return {
    ...manager,
    approve(request, context) {
      if (isReducing(request.role)) broken.push('a reducing order was shown to the rules');
      if (context.state !== 'active') broken.push(`an entry was asked for while ${context.state}`);
      const verdict = manager.approve(request, context);
      const reducing: OrderRequest = { ...request, role: 'exit', quantity: 1e9 };
      if (manager.approve(reducing, context).kind !== 'allow') broken.push('a reducing order was refused');
      if (verdict.kind === 'refused') return verdict;
      const worst = context.worstPrice(request.instrument, request.side);
      for (const test of cases) {
        const measured = test.measure(
          {
            strategy: request.strategy,
            instrument: request.instrument,
            direction: request.side === 'buy' ? 1 : -1,
            quantity: verdict.quantity,
            worstPrice: worst,
            stopPrice: context.stopPrice(request.strategy, request.instrument),
            strength: 0,
          },
          context,
        );
        if (!holds(test, measured)) broken.push(`approved beyond ${test.rule.name}: ${measured} of ${test.limit}`);
      }
      return verdict;
    },
  };
}

/** The scenario's market behind a prelude, with sectors. */
function historyOf(scenario: Scenario, random: Random): BarHistory {
  const isLong = random() < 0.3;
  const { history } = partsOf(scenario);
  const size = history.universe.size;
  const sectors = universe(history.universe.instruments.map(({ id }, i) => stock(id, i < 2 ? 'X' : 'Y')));
  if (!isLong) return { ...history, universe: sectors };
  const together = random();
  const prices = Array.from({ length: size }, () => 10);
  const prelude = Array.from({ length: PRELUDE }, () => {
    const common = (random() - 0.5) * together;
    return prices.map((price, i) => {
      prices[i] = Math.max(5, Math.min(20, price * (1 + 0.05 * (common + (random() - 0.5) * (1 - together)))));
      return Math.round((prices[i] ?? 10) * 100) / 100;
    });
  });
  const { columns, rows } = { columns: history.bars, rows: history.starts.length };
  const bars = Object.fromEntries(
    history.universe.instruments.map(({ id }, i) => {
      const own = Array.from({ length: rows }, (_, row) => {
        const cell = row * size + i;
        const at = (column: Float64Array): number => column[cell] ?? Number.NaN;
        const bar = [
          at(columns.open),
          at(columns.high),
          at(columns.low),
          at(columns.close),
          at(columns.volume),
        ] as const;
        return Number.isNaN(bar[3]) ? undefined : bar;
      });
      return [id, [...prelude.map((row) => still(row[i] ?? 10, 5000)), ...own]];
    }),
  );
  const market = marketOf({ bars, sessions: [...Array<number>(PRELUDE).fill(1), ...scenario.sessions] });
  return { ...market, universe: sectors };
}

/** What becomes of a history: everything that was broken, and its journal. */
export function run(scenario: Scenario, seed: number, tallies: Map<string, Tally>): readonly string[] {
  const random = mulberry32(seed);
  const broken: string[] = [];
  const history = historyOf(scenario, random);
  const before = history.starts.length - partsOf(scenario).history.starts.length;
  const names = Object.keys(makers).filter((name) => random() < (RARE.has(name) ? 0.6 : 0.2));
  const cases = names.map((name) => (makers[name] as (random: Random) => Case)(random));
  const sizing = Math.floor(random() * 2 ** 31);
  const collarBps = random() < 0.5 ? 50 : 150;
  const capabilities = { ...simulatedCapabilities, ...scenario.capabilities };
  const charged = commission({ perShare: 0.005, perOrder: 1 });
  const makeEngine = (): Engine =>
    createEngine({
      universe: history.universe,
      calendar: calendarOf(history),
      strategies: strategiesOf(scenario, before),
      risk: managerOf(cases, mulberry32(sizing), tallies, broken),
      initialCash: CASH,
      capabilities,
      timetable: { kind: 'every-slice', timeInForce: 'gtc' },
      commission: charged,
      collarBps,
      retryRefused: scenario.retryRefused ?? 'next-session',
      maxDecisionAgeMs: 600_000,
    });
  const slippage = { none: undefined, bps: slippageBps(10), volume: volumeShare() }[scenario.costs ?? 'none'];
  const venue = simulatedVenue(history, {
    initialCash: CASH,
    commission: charged,
    capabilities,
    ...(slippage === undefined ? {} : { slippage }),
  });
  const isClean = random() < 0.3;
  const hasActions = (history.actions ?? []).length > 0;
  const faults = {
    rejects: isClean ? 0 : 0.05,
    lostCancels: isClean ? 0 : 0.3,
    lateFills: isClean || hasActions ? 0 : 0.3,
    lagMs: [0, 60_000, 120_000, 180_000][Math.floor(random() * 4)] ?? 0,
  };
  const journal = memoryJournal();
  let engine = makeEngine();
  const restartAt = random() < 0.3 ? Math.floor(random() * 60) + before : -1;
  const restarting: Engine = {
    process(event) {
      if (event.sequence === restartAt) {
        engine = makeEngine();
        recover(journal.entries, engine);
      }
      return engine.process(event);
    },
    recover: () => undefined,
    get account() {
      return engine.account;
    },
  };
  const watch = watcher(() => engine, broken, isClean, scenario.wishes.length, history.universe.size);
  runSync(
    { engine: restarting, sequencer: new Sequencer(), journal: journals(journal, watch.journal) },
    watch.around(faulty(venue, faults, random)),
  );
  if (seed % 10 === 0) compareReplay(journal, makeEngine(), broken);
  return broken;
}

function compareReplay(journal: MemoryJournal, fresh: Engine, broken: string[]): void {
  const [first] = replay(journal.entries, fresh);
  if (first !== undefined) broken.push(`a replay differs at event ${first.sequence}`);
}

function strategiesOf(scenario: Scenario, before: number): Parameters<typeof createEngine>[0]['strategies'] {
  return scenario.wishes.map((script, s) => ({
    name: `s${s}`,
    weight: 1 / scenario.wishes.length,
    create: () => ({
      name: `s${s}`,
      generateSignals: (market) =>
        (script[market.slice - before] ?? []).map(({ instrument, direction, stopPercent, targetPercent, strength }) => {
          const close = market.close(instrument as never);
          const price = Number.isNaN(close) ? 10 : close;
          const off = (percent: number | undefined, sign: number): number | undefined =>
            percent === undefined || direction === 0
              ? undefined
              : Math.round(price * (100 + sign * direction * percent)) / 100;
          const stopPrice = off(stopPercent, -1);
          const targetPrice = off(targetPercent, 1);
          return {
            instrument: instrument as never,
            direction,
            reason: 'script',
            ...(stopPrice === undefined ? {} : { stopPrice }),
            ...(targetPrice === undefined ? {} : { targetPrice }),
            ...(strength === undefined ? {} : { strength }),
          };
        }),
    }),
  }));
}

/** Watches what leaves: nothing opens unless trading is active, reductions go first, and what must be closed is being closed. */
function watcher(engine: () => Engine, broken: string[], isClean: boolean, strategies: number, instruments: number) {
  const working = new Map<number, { readonly request: OrderRequest; rest: number }>();
  const opens = (group: OrderGroup): boolean =>
    group.kind === 'bracket' || (group.kind === 'single' && !isReducing(group.order.request.role));
  const learn = (event: EngineEvent): void => {
    if (event.kind === 'fill') {
      const order = working.get(event.order);
      if (order !== undefined) order.rest -= event.quantity;
      if (order !== undefined && order.rest <= 1e-9) working.delete(event.order);
    } else if (event.kind === 'order-update' && ['canceled', 'expired', 'rejected'].includes(event.status))
      working.delete(event.order);
  };
  const journal = {
    append(event: EngineEvent, { commands }: EngineOutput): void {
      learn(event);
      let hasOpened = false;
      for (const command of commands) {
        if (command.kind === 'submit')
          for (const { number, request } of ordersOf(command.group))
            working.set(number, { request, rest: request.quantity });
        const isOpening = command.kind === 'submit' && opens(command.group);
        if (isOpening && engine().account.state !== 'active')
          broken.push('an entry leaves while trading is not active');
        if (hasOpened && !isOpening) broken.push('a reduction leaves after an entry');
        hasOpened ||= isOpening;
      }
    },
    flush: () => Promise.resolve(),
  };
  const checkClosings = (): void => {
    const closing = new Set<string>();
    for (const { request } of working.values())
      if (isReducing(request.role)) closing.add(`${request.strategy} ${request.instrument}`);
    const { account } = engine();
    for (let s = 0; s < strategies; s++) {
      for (let i = 0; i < instruments; i++) {
        const { held, target } = account.stance(s as never, i as never);
        const isBeyond = Math.abs(held) > (held * target > 0 ? Math.abs(target) : 0) + 1e-9;
        if (isBeyond && !closing.has(`${s} ${i}`)) broken.push('what must be closed is not being closed');
      }
    }
  };
  const around = (venue: ReturnType<typeof faulty>): ReturnType<typeof faulty> => ({
    get issued() {
      return venue.issued;
    },
    send: (commands) => venue.send(commands),
    answer: () => venue.answer(),
    step(until) {
      if (isClean) checkClosings();
      return venue.step(until);
    },
  });
  return { journal, around };
}
