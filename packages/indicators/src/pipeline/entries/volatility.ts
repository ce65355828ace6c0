import { atr } from '../../volatility/atr.js';
import { bollingerBandwidth, bollingerLower, bollingerPercentB, bollingerUpper } from '../../volatility/bollinger.js';
import { donchianLower, donchianMiddle, donchianUpper } from '../../volatility/donchian.js';
import { historicalVolatility } from '../../volatility/historical-volatility.js';
import { keltnerLower, keltnerUpper } from '../../volatility/keltner.js';
import { garmanKlassVolatility, parkinsonVolatility, yangZhangVolatility } from '../../volatility/range-volatility.js';
import { returnDeviation } from '../../volatility/return-deviation.js';
import { standardDeviation } from '../../volatility/standard-deviation.js';
import { trueRange } from '../../volatility/true-range.js';
import { type CatalogueEntry, family } from './family.js';

const volatility = family('volatility');

/** The indicators of the family volatility. */
export const volatilityEntries: readonly CatalogueEntry[] = [
  volatility('trueRange', 'range with the close before', {}, 0, () => trueRange()),
  volatility('atr', "Wilder's average of the true range", { period: 14 }, 0, ({ period }) => atr(period)),
  volatility(
    'standardDeviation',
    'deviation of the last values',
    { period: 20, sample: false },
    1,
    ({ period, sample }, [input]) => standardDeviation({ period, sample, input }),
  ),
  volatility('returnDeviation', 'deviation of log returns, n − 1', { period: 130 }, 0, ({ period }) =>
    returnDeviation(period),
  ),
  volatility('bollingerUpper', 'sma + deviations', { period: 20, deviations: 2 }, 1, (p, [input]) =>
    bollingerUpper({ ...p, input }),
  ),
  volatility('bollingerLower', 'sma − deviations', { period: 20, deviations: 2 }, 1, (p, [input]) =>
    bollingerLower({ ...p, input }),
  ),
  volatility('bollingerPercentB', 'place between the bands', { period: 20, deviations: 2 }, 1, (p, [input]) =>
    bollingerPercentB({ ...p, input }),
  ),
  volatility('bollingerBandwidth', 'width of the bands ÷ sma', { period: 20, deviations: 2 }, 1, (p, [input]) =>
    bollingerBandwidth({ ...p, input }),
  ),
  volatility('keltnerUpper', 'ema + multiples of the ATR', { period: 20, atrPeriod: 10, multiplier: 2 }, 0, (p) =>
    keltnerUpper(p),
  ),
  volatility('keltnerLower', 'ema − multiples of the ATR', { period: 20, atrPeriod: 10, multiplier: 2 }, 0, (p) =>
    keltnerLower(p),
  ),
  volatility('donchianUpper', 'highest high', { period: 20 }, 0, ({ period }) => donchianUpper(period)),
  volatility('donchianLower', 'lowest low', { period: 20 }, 0, ({ period }) => donchianLower(period)),
  volatility('donchianMiddle', 'middle of both', { period: 20 }, 0, ({ period }) => donchianMiddle(period)),
  volatility('historicalVolatility', 'deviation of log returns, a year', { period: 130, barsPerYear: 6552 }, 0, (p) =>
    historicalVolatility(p),
  ),
  volatility('parkinsonVolatility', 'from highs and lows, a year', { period: 130, barsPerYear: 6552 }, 0, (p) =>
    parkinsonVolatility(p),
  ),
  volatility(
    'garmanKlassVolatility',
    'from open, high, low and close, a year',
    { period: 130, barsPerYear: 6552 },
    0,
    (p) => garmanKlassVolatility(p),
  ),
  volatility(
    'yangZhangVolatility',
    'with the way from the close before, a year',
    { period: 130, barsPerYear: 6552 },
    0,
    (p) => yangZhangVolatility(p),
  ),
];
