/** Runs leave nothing behind: the heap is flat over 200 of them in one process, or as many as `TRADEKIT_RUNS` says. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { backtest, metricsOf } from '@tradekit/backtest';
import { commission } from '@tradekit/core';
import { defaultRules, fixedFraction, riskManager } from '@tradekit/risk';
import { expect, test } from 'vitest';
import { honest } from '../checks/honest.js';
import { calendar, randomWalk } from '../checks/market.js';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

const RUNS = Number(process.env.TRADEKIT_RUNS ?? 200);
/** Runs until everything that is made once has been made. */
const WARM = 40;

test(`the heap does not grow from the ${WARM}th to the ${RUNS}th run`, () => {
  const history = randomWalk(12);
  const heap: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const [name, create] = honest[run % honest.length] ?? honest[0] ?? [];
    if (name === undefined || create === undefined) throw new Error('there is no strategy');
    const result = backtest({
      history,
      calendar,
      strategies: [{ name, create, weight: 1, parameters: {} }],
      risk: riskManager({ sizer: fixedFraction({ targetFraction: 0.2 }), rules: defaultRules() }),
      initialCash: 1_000_000,
      commission: commission({ bps: 1 }),
    });
    metricsOf(result, { market: history });
    // A round of all strategies is one unit of work.
    if (run % honest.length !== honest.length - 1) continue;
    collect();
    heap.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  const from = heap[WARM / honest.length] ?? Number.NaN;
  const to = heap.at(-1) ?? Number.NaN;
  expect(to - from).toBeLessThan(1);
}, 300_000);
