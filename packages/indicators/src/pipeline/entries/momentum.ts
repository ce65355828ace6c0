import { awesomeOscillator } from '../../momentum/awesome-oscillator.js';
import { cci } from '../../momentum/cci.js';
import { momentum } from '../../momentum/momentum.js';
import { roc } from '../../momentum/roc.js';
import { rsi } from '../../momentum/rsi.js';
import { stochasticD, stochasticK } from '../../momentum/stochastic.js';
import { stochasticRsiD, stochasticRsiK } from '../../momentum/stochastic-rsi.js';
import { trix } from '../../momentum/trix.js';
import { ultimateOscillator } from '../../momentum/ultimate-oscillator.js';
import { williamsR } from '../../momentum/williams-r.js';
import { type CatalogueEntry, family } from './family.js';

const speed = family('momentum');

/** The indicators of the family momentum. */
export const momentumEntries: readonly CatalogueEntry[] = [
  speed('rsi', 'gains ÷ (gains + losses), Wilder', { period: 14 }, 1, ({ period }, [input]) => rsi({ period, input })),
  speed('roc', 'value ÷ the one before − 1, in percent', { period: 10 }, 1, ({ period }, [input]) =>
    roc({ period, input }),
  ),
  speed('momentum', 'value − the one before', { period: 10 }, 1, ({ period }, [input]) => momentum({ period, input })),
  speed('stochasticK', 'place in the range, smoothed', { period: 14, smoothing: 3 }, 0, (p) => stochasticK(p)),
  speed('stochasticD', 'mean of %K', { period: 14, smoothing: 3, signal: 3 }, 0, (p) => stochasticD(p)),
  speed('stochasticRsiK', 'place of the RSI in its range', { rsiPeriod: 14, period: 14 }, 0, (p) => stochasticRsiK(p)),
  speed('stochasticRsiD', 'mean of the stochastic RSI', { rsiPeriod: 14, period: 14, signal: 3 }, 0, (p) =>
    stochasticRsiD(p),
  ),
  speed('cci', 'distance from the mean ÷ 0.015 mean deviations', { period: 20 }, 0, ({ period }) => cci(period)),
  speed('williamsR', 'distance from the high of the range', { period: 14 }, 0, ({ period }) => williamsR(period)),
  speed('trix', 'change of a threefold ema', { period: 15 }, 1, ({ period }, [input]) => trix({ period, input })),
  speed(
    'ultimateOscillator',
    'buying pressure of three lengths',
    { short: 7, medium: 14, long: 28 },
    0,
    ({ short, medium, long }) => ultimateOscillator(short, medium, long),
  ),
  speed('awesomeOscillator', 'short less long average of median prices', { fast: 5, slow: 34 }, 0, ({ fast, slow }) =>
    awesomeOscillator(fast, slow),
  ),
];
