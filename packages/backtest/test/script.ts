import type {
  AccountView,
  ApprovedOrder,
  BrokerCommand,
  Decision,
  EngineEvent,
  EngineOutput,
  InstrumentIndex,
  OrderRequest,
  Pricing,
  StrategyIndex,
} from '@tradekit/core';
import { emptyBars, stock, universe } from '@tradekit/core';
import { createRecorder, type Recorder, type RecorderOptions } from '../src/index.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Loose<T> = T extends unknown ? Partial<Omit<T, 'kind'>> : never;

/** An account that a test moves by hand. */
interface ScriptAccount {
  cash: number;
  equity: number;
  readonly positions: number[];
  readonly marks: number[];
  /** Signed shares by strategy and instrument. */
  readonly held: number[][];
}

/** A recorder, the account that it reads, and short words for events and decisions. */
export interface Script {
  readonly recorder: Recorder;
  readonly account: ScriptAccount;
  event(kind: EngineEvent['kind'], fields: Loose<EngineEvent>, decisions?: readonly Decision[]): void;
  /** A slice with closes: the account's equity is what the test set before. */
  slice(end: number, session: number, closes: readonly number[], decisions?: readonly Decision[]): void;
  fill(order: number, at: number, quantity: number, price: number, commission: number, executionId?: string): void;
}

/** Two instruments, A and B, unless told otherwise. */
export function script(options: Partial<RecorderOptions> = {}): Script {
  const instruments = universe([stock('A'), stock('B')]);
  const strategies = options.strategies ?? ['one'];
  const account: ScriptAccount = {
    cash: 1000,
    equity: 1000,
    positions: instruments.instruments.map(() => 0),
    marks: instruments.instruments.map(() => Number.NaN),
    held: strategies.map(() => instruments.instruments.map(() => 0)),
  };
  const view = accountView(account);
  const recorder = createRecorder({ universe: instruments, strategies, account: view, initialCash: 1000, ...options });
  let sequence = 0;
  const event: Script['event'] = (kind, fields, decisions = []) => {
    const output: EngineOutput = { decisions, commands: [], timers: [] };
    recorder.append({ kind, sequence, time: 0, ...fields } as EngineEvent, output);
    sequence += 1;
  };
  return {
    recorder,
    account,
    event,
    slice(end, session, closes, decisions) {
      const bars = emptyBars(closes.length);
      bars.close.set(closes);
      for (const [i, close] of closes.entries()) if (!Number.isNaN(close)) account.marks[i] = close;
      event('slice', { time: end, end, session, bars } as Loose<EngineEvent>, decisions);
    },
    fill(order, at, quantity, price, commission, executionId = `${order}-${at}`) {
      const fill = { time: at, executedAt: at, order, quantity, price, commission, executionId };
      event('fill', fill as Loose<EngineEvent>);
    },
  };
}

function accountView(account: ScriptAccount): AccountView {
  return {
    get cash() {
      return account.cash;
    },
    get equity() {
      return account.equity;
    },
    index: 1,
    peakIndex: 1,
    state: 'active',
    unallocatedCash: 1000,
    position: (instrument) => account.positions[instrument] ?? 0,
    mark: (instrument) => account.marks[instrument] ?? Number.NaN,
    stance: (strategy, instrument) => ({
      direction: 0,
      status: 'standing',
      target: 0,
      held: account.held[strategy]?.[instrument] ?? 0,
      entryPrice: undefined,
      sinceSlice: 0,
    }),
    book: () => ({ cash: account.cash - 1000, realised: 0, commission: 0 }),
  };
}

/** An order as a decision holds it: only what the recorder reads. */
export function order(
  number: number,
  instrument: number,
  quantity: number,
  more: Partial<Mutable<OrderRequest>> = {},
): ApprovedOrder {
  const request: OrderRequest = {
    strategy: 0 as StrategyIndex,
    instrument: instrument as InstrumentIndex,
    side: quantity > 0 ? 'buy' : 'sell',
    quantity: Math.abs(quantity),
    pricing: { type: 'market' } satisfies Pricing,
    timeInForce: 'day',
    role: 'entry',
    reason: 'because',
    ...more,
  };
  return { number, request, worstPrice: 0 } as unknown as ApprovedOrder;
}

/** The decision to submit one order. */
export function submit(single: ApprovedOrder): Decision {
  return {
    kind: 'command',
    command: { kind: 'submit', group: { kind: 'single', order: single } } satisfies BrokerCommand,
  };
}
