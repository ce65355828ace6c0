/** B1 through the whole engine beside the bare loop: that both come to the same, and what each takes. Prints rows. */
import assert from 'node:assert/strict';
import { type BarHistory, type Journal, runSync, Sequencer } from '@tradekit/core';
import { type BareMarket, type BareResult, bareLoop, bareMarket } from '../b1-bare.js';
import { b1Engine, b1Venue } from '../b1-engine.js';
import { B1_BARS, b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

/** A run that stores its equity at every step, as the bare loop does. */
function withEquity(history: BarHistory): BareResult {
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

function assertB1(bare: BareResult, engine: BareResult): void {
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

const history = b1History();
const market = bareMarket(history.bars);
let bare = bareLoop(market);
let engine: BareResult = bare;
const ms = inTurn({
  bare: () => {
    bare = bareLoop(market);
  },
  engine: () => {
    engine = withEquity(history);
  },
});
assertB1(bare, engine);
const rows = [row('b1', ms.engine / ms.bare, 'x', 5), row('bare loop', ms.bare, 'CPU ms', null)];
const { TRADEKIT_B1_REFERENCE: reference } = process.env;
if (reference !== undefined) {
  const program = (await import(reference)) as { market: () => BareMarket; bareLoop: (market: BareMarket) => unknown };
  const theirs = program.market();
  const both = inTurn({ ours: () => bareLoop(market), theirs: () => program.bareLoop(theirs) });
  rows.push(row('our bare loop against the program that defines it', both.ours / both.theirs, 'of its CPU', 1.1));
}
report(...rows);
