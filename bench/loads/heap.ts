/** A hundred runs of B1: the heap after a forced collection at the 5th and at the last. Needs `--expose-gc`. Prints a row. */
import { runB1 } from '../b1-engine.js';
import { b1History } from '../b1-market.js';
import { report, row } from '../measure.js';

const history = b1History();
const heap: number[] = [];
for (let run = 1; run <= 100; run++) {
  runB1(history);
  globalThis.gc?.();
  heap.push(process.memoryUsage().heapUsed / 2 ** 20);
}
report(row('b1, growth of the heap from the 5th to the 100th run', (heap[99] ?? 0) - (heap[4] ?? 0), 'MB', 0.5));
