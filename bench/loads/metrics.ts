/** The full set of metrics of B1's equity curve of 26,000 points and its round trips, beside the bare loop. Prints rows. */
import assert from 'node:assert/strict';
import { createRecorder, metricsOf, type RunResult } from '@tradekit/backtest';
import { runSync, Sequencer, type Timestamp } from '@tradekit/core';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { b1Engine, b1Venue } from '../b1-engine.js';
import { b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

const history = b1History();
const market = bareMarket(history.bars);
const engine = b1Engine(history);
const recorder = createRecorder({
  universe: history.universe,
  strategies: ['b1'],
  account: engine.account,
  initialCash: 1_000_000,
  startTime: history.starts[0] as Timestamp,
});
runSync({ engine, sequencer: new Sequencer(), journal: recorder }, b1Venue(history));
const result: RunResult = recorder.result();
assert.equal(result.equity.length, 26_001);
const benchmark = { name: 'flat', returns: Float64Array.from(result.sessions.row, (_, k) => Math.sin(k) / 100) };

const ms = inTurn({
  bare: () => bareLoop(market),
  curve: () => metricsOf({ ...result, trades: [] }, { benchmark }),
  all: () => metricsOf(result, { benchmark, market: history, trials: { sharpes: [0.5, 1, 1.5] } }),
});
report(
  row('metrics of a curve of 26,000 points', ms.curve / ms.bare, 'x', 0.5),
  row('the same with 23,000 round trips and their excursions', ms.all / ms.bare, 'x', null),
);
