import { change } from '../../combine/change.js';
import { clip } from '../../combine/clip.js';
import { difference } from '../../combine/difference.js';
import { lag } from '../../combine/lag.js';
import { middle } from '../../combine/middle.js';
import { ratio } from '../../combine/ratio.js';
import { rollingZScore } from '../../combine/rolling-z-score.js';
import { scale } from '../../combine/scale.js';
import { logReturn } from '../../returns/log-return.js';
import { type CatalogueEntry, family } from './family.js';

const combine = family('combinators');

/** The indicators of the family combinators. */
export const combinatorEntries: readonly CatalogueEntry[] = [
  combine('lag', 'the value some bars before', { bars: 1 }, 1, ({ bars }, [input]) => lag(input, bars)),
  combine('change', 'value − the one some bars before', { bars: 1 }, 1, ({ bars }, [input]) => change(input, bars)),
  combine('difference', 'first − second', {}, 2, (_, [a, b]) => difference(a, b)),
  combine('ratio', 'first ÷ second', {}, 2, (_, [a, b]) => ratio(a, b)),
  combine('middle', 'mean of both', {}, 2, (_, [a, b]) => middle(a, b)),
  combine('scale', 'value × factor', { factor: 1 }, 1, ({ factor }, [input]) => scale(input, factor)),
  combine(
    'clip',
    'not below least, not above most; no price and no volume',
    { least: -3, most: 3 },
    1,
    ({ least, most }, [input]) => clip(input, least, most),
    logReturn(),
  ),
  combine('rollingZScore', 'deviations from the mean of the last values', { period: 130 }, 1, ({ period }, [input]) =>
    rollingZScore({ period, input }),
  ),
];
