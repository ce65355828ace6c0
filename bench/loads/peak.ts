/** The peak of a process's memory after one run of B1. Prints a row. */
import { runB1 } from '../b1-engine.js';
import { b1History } from '../b1-market.js';
import { report, row } from '../measure.js';

runB1(b1History());
report(row('b1, peak memory of the process', process.resourceUsage().maxRSS / 1024, 'MB', 300));
