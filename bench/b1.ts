/** B1 beside the bare loop, and that both come to the same. */
import assert from 'node:assert/strict';
import type { BarHistory, Journal } from '@tradekit/core';
import { runSync, Sequencer } from '@tradekit/core';
import { type BareMarket, type BareResult, bareLoop, bareMarket } from './b1-bare.js';
import { b1Engine, b1Venue, crossing, repeating, runB1 } from './b1-engine.js';
import { B1_BARS, b1History } from './b1-market.js';
import { interleaved, type Row, row } from './measure.js';

/** Equity at every step of a run, and its fills. */
function withEquity(history: BarHistory): {
  readonly equity: Float64Array;
  readonly fills: number;
  readonly fees: number;
} {
  const equity = new Float64Array(B1_BARS);
  let step = 0;
  let fills = 0;
  const engine = b1Engine(history);
  const journal: Journal = {
    append({ kind }) {
      if (kind === 'fill') fills += 1;
      if (kind !== 'slice') return;
      equity[step] = engine.account.equity;
      step += 1;
    },
    flush: () => Promise.resolve(),
  };
  runSync({ engine, sequencer: new Sequencer(), journal }, b1Venue(history));
  return { equity, fills, fees: engine.account.book(0 as Parameters<typeof engine.account.book>[0]).commission };
}

/** Throws unless engine and bare loop come to B1's figures, and to each other's at every step. */
function assertB1(bare: BareResult, engine: ReturnType<typeof withEquity>): void {
  for (const { fills, fees, equity } of [bare, engine]) {
    assert.equal(fills, 46_709);
    assert.ok(Math.abs(fees - 43_015.16285) < 1e-4, `fees ${fees}`);
    assert.ok(Math.abs((equity[B1_BARS - 1] ?? 0) - 954_473.13715) < 1e-4, `final equity ${equity[B1_BARS - 1]}`);
  }
  for (let k = 0; k < B1_BARS; k++) {
    const apart = Math.abs((bare.equity[k] ?? 0) - (engine.equity[k] ?? 0));
    assert.ok(apart < 1e-6, `equity differs by ${apart} at step ${k}`);
  }
}

/** What B1 gives: the rows, and the bare loop's CPU milliseconds, the unit of everything else. */
export interface B1Figures {
  readonly rows: readonly Row[];
  readonly bareMs: number;
}

/** Measures B1. `reference` is the program that defines it, where it is at hand. */
export async function measureB1(reference: string | undefined): Promise<B1Figures> {
  const history = b1History();
  const market = bareMarket(history.bars);
  assertB1(bareLoop(market), withEquity(history));
  const works: Record<string, () => unknown> = {
    bare: () => bareLoop(market),
    engine: () => withEquity(history),
    repeated: () => runB1(history, { create: repeating }),
    quiet: () =>
      runB1(history, {
        create: (setup, parameters) => ({ ...crossing(setup, parameters), validateSignal: () => false }),
      }),
  };
  if (reference !== undefined) works.reference = await referenceLoop(reference);
  const ms = interleaved(works);
  const bareMs = ms.bare ?? Number.NaN;
  const rows = [
    row('b1', (ms.engine ?? Number.NaN) / bareMs, 'x', 7),
    row('b1, every wish repeated on every bar', (ms.repeated ?? Number.NaN) / bareMs, 'x', null),
    row('b1, every wish refused', (ms.quiet ?? Number.NaN) / bareMs, 'x', null),
    row('bare loop, CPU', bareMs, 'ms', null),
  ];
  if (ms.reference !== undefined)
    rows.push(row('bare loop against the reference program', bareMs / ms.reference, 'x of it', 1.1));
  return { rows, bareMs };
}

async function referenceLoop(file: string): Promise<() => unknown> {
  const program = (await import(file)) as { market: () => BareMarket; bareLoop: (market: BareMarket) => unknown };
  const market = program.market();
  return () => program.bareLoop(market);
}
