import { adx } from '../../trend/adx.js';
import { dema } from '../../trend/dema.js';
import { minusDi, plusDi } from '../../trend/directional-movement.js';
import { ema } from '../../trend/ema.js';
import { ichimokuBase, ichimokuConversion, ichimokuSpanA, ichimokuSpanB } from '../../trend/ichimoku.js';
import { kama } from '../../trend/kama.js';
import { linearRegressionSlope } from '../../trend/linear-regression-slope.js';
import { macdHistogram, macdLine, macdSignal } from '../../trend/macd.js';
import { parabolicSar, parabolicSarDirection } from '../../trend/parabolic-sar.js';
import { sma } from '../../trend/sma.js';
import { supertrend, supertrendDirection } from '../../trend/supertrend.js';
import { tema } from '../../trend/tema.js';
import { wilder } from '../../trend/wilder.js';
import { wma } from '../../trend/wma.js';
import { type CatalogueEntry, family } from './family.js';

const trend = family('trend');

/** The indicators of the family trend. */
export const trendEntries: readonly CatalogueEntry[] = [
  trend('sma', 'mean of the last values', { period: 20 }, 1, ({ period }, [input]) => sma({ period, input })),
  trend('ema', 'exponential average, smoothing 2 / (period + 1)', { period: 20 }, 1, ({ period }, [input]) =>
    ema({ period, input }),
  ),
  trend('wma', 'average with weights 1 … period', { period: 20 }, 1, ({ period }, [input]) => wma({ period, input })),
  trend('dema', '2 ema − ema of the ema', { period: 20 }, 1, ({ period }, [input]) => dema({ period, input })),
  trend('tema', '3 ema − 3 ema² + ema³', { period: 20 }, 1, ({ period }, [input]) => tema({ period, input })),
  trend('wilder', "Wilder's average, smoothing 1 / period", { period: 14 }, 1, ({ period }, [input]) =>
    wilder({ period, input }),
  ),
  trend('kama', "Kaufman's adaptive average", { period: 10, fast: 2, slow: 30 }, 1, (p, [input]) =>
    kama({ ...p, input }),
  ),
  trend('macdLine', 'ema fast − ema slow', { fast: 12, slow: 26 }, 1, (p, [input]) => macdLine({ ...p, input })),
  trend('macdSignal', 'ema of the MACD line', { fast: 12, slow: 26, signal: 9 }, 1, (p, [input]) =>
    macdSignal({ ...p, input }),
  ),
  trend('macdHistogram', 'MACD line − its signal', { fast: 12, slow: 26, signal: 9 }, 1, (p, [input]) =>
    macdHistogram({ ...p, input }),
  ),
  trend('adx', 'average directional index', { period: 14 }, 0, ({ period }) => adx(period)),
  trend('plusDi', 'rising directional movement ÷ true range', { period: 14 }, 0, ({ period }) => plusDi(period)),
  trend('minusDi', 'falling directional movement ÷ true range', { period: 14 }, 0, ({ period }) => minusDi(period)),
  trend('supertrend', 'median price ± multiplier × ATR, trailing', { period: 10, multiplier: 3 }, 0, (p) =>
    supertrend(p),
  ),
  trend('supertrendDirection', '1 above the supertrend, −1 below', { period: 10, multiplier: 3 }, 0, (p) =>
    supertrendDirection(p),
  ),
  trend('parabolicSar', 'stop and reverse', { acceleration: 0.02, maximum: 0.2 }, 0, (p) => parabolicSar(p)),
  trend('parabolicSarDirection', '1 above the stop, −1 below', { acceleration: 0.02, maximum: 0.2 }, 0, (p) =>
    parabolicSarDirection(p),
  ),
  trend('ichimokuConversion', 'middle of the range of a few bars', { period: 9 }, 0, ({ period }) =>
    ichimokuConversion(period),
  ),
  trend('ichimokuBase', 'middle of the range of more bars', { period: 26 }, 0, ({ period }) => ichimokuBase(period)),
  trend(
    'ichimokuSpanA',
    'middle of conversion and base, displaced',
    { conversion: 9, base: 26, displacement: 26 },
    0,
    (p) => ichimokuSpanA(p),
  ),
  trend('ichimokuSpanB', 'middle of the long range, displaced', { span: 52, displacement: 26 }, 0, (p) =>
    ichimokuSpanB(p),
  ),
  trend('linearRegressionSlope', 'slope of the least-squares line', { period: 14 }, 1, ({ period }, [input]) =>
    linearRegressionSlope({ period, input }),
  ),
];
