/** A hundred runs of B1; prints the heap after a forced collection at the 5th and at the last. Needs `--expose-gc`. */
import { runB1 } from './b1-engine.js';
import { b1History } from './b1-market.js';

const history = b1History();
const heap: number[] = [];
for (let run = 1; run <= 100; run++) {
  runB1(history);
  globalThis.gc?.();
  heap.push(process.memoryUsage().heapUsed / 2 ** 20);
}
process.stdout.write(JSON.stringify({ fifthMB: heap[4], lastMB: heap[99] }));
