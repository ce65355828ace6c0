/** One run of B1; prints the peak of the process's memory. */
import { runB1 } from './b1-engine.js';
import { b1History } from './b1-market.js';

runB1(b1History());
process.stdout.write(JSON.stringify({ peakMB: process.resourceUsage().maxRSS / 1024 }));
