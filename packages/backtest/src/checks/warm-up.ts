import { type Check, verdictOf } from './check.js';
import { observe } from './observe.js';
import type { CheckSubject } from './subject.js';
import { sessionsOf } from './windows.js';
import type { Witness } from './witness.js';

/** So many warm-ups after a later start a feature must have forgotten where it started; 20 are 280 bars of Wilder's 14. */
const WARM_UPS = 20;
/** Largest difference of values over their size. */
const TOLERANCE = 1e-6;

/**
 * Runs the sampled sessions again from their middle on: in the last session every feature must have the value that it has with the
 * longer past. One that has not is a sum without end, or needs a longer warm-up than it says; a live run, which starts anew, would
 * then differ from its backtest. Features that the sample is too short for are named.
 */
export function warmUp({ options, strategiesOn, sampleSessions, sample, shown: long }: CheckSubject): Check {
  const middle = Math.floor(sampleSessions / 2);
  if (middle === 0) return { name: 'warm-up', verdict: 'not-checked', evidence: ['it needs at least two sessions'] };
  const later = sessionsOf(sample, middle, sampleSessions);
  const short = observe(options, later, strategiesOn(later));
  const bars = later.starts.length;
  const found: string[] = [];
  const tooLong = new Set<string>();
  for (const [place, witness] of long.entries()) {
    for (const [key, warmUpBars] of witness.warmUpBars) {
      if (warmUpBars * WARM_UPS > bars) tooLong.add(key);
      else found.push(...lasting(witness, short[place]!, key, sample.universe.size, bars));
    }
  }
  const features = long.reduce((sum, witness) => sum + witness.features.size, 0);
  if (found.length === 0 && tooLong.size > 0 && tooLong.size === features) {
    const evidence = [`${sampleSessions} sessions are too short for every feature: ${[...tooLong].join(', ')}`];
    return { name: 'warm-up', verdict: 'not-checked', evidence };
  }
  const besides = tooLong.size === 0 ? '' : `; the sample is too short for ${[...tooLong].join(', ')}`;
  const passed =
    features === 0
      ? 'the strategies ask for no feature'
      : `started ${middle} sessions later, features come to the same values${besides}`;
  return verdictOf('warm-up', found, passed);
}

/** A sentence if the feature's values in the last row with any still depend on the start. */
function lasting(long: Witness, short: Witness, key: string, instruments: number, bars: number): readonly string[] {
  const a = long.features.get(key);
  const b = short.features.get(key);
  if (a === undefined || b === undefined)
    return [`feature ${key} of ${long.strategy} is not asked for after a later start`];
  const shift = a.length - b.length;
  for (let back = 1; back <= instruments * bars; back++) {
    const one = a[a.length - back]!;
    const other = b[a.length - back - shift]!;
    if (Number.isNaN(one) && Number.isNaN(other)) continue;
    const size = Math.max(Math.abs(one), Math.abs(other), 1e-9);
    if (Math.abs(one - other) <= TOLERANCE * size) return [];
    return [`feature ${key} of ${long.strategy} is ${one} with the longer past and ${other} after ${bars} bars`];
  }
  return [];
}
