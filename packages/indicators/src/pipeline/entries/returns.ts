import { barGap } from '../../returns/bar-gap.js';
import { logReturn } from '../../returns/log-return.js';
import { rollingSkewness } from '../../returns/rolling-skewness.js';
import { intradayReturn, overnightReturn } from '../../returns/session-return.js';
import { type CatalogueEntry, family } from './family.js';

const returns = family('returns');

/** The indicators of the family returns. */
export const returnEntries: readonly CatalogueEntry[] = [
  returns('logReturn', 'ln of value ÷ the one before', { bars: 1 }, 0, ({ bars }) => logReturn(bars)),
  returns('overnightReturn', 'ln of the session’s open ÷ the close before', {}, 0, () => overnightReturn()),
  returns('intradayReturn', 'ln of close ÷ open of the session', {}, 0, () => intradayReturn()),
  returns('barGap', 'ln of open ÷ close of the bar before', {}, 0, () => barGap()),
  returns(
    'rollingSkewness',
    'skewness of log returns, or of an input',
    { period: 130 },
    1,
    ({ period }, [input]) => rollingSkewness({ period, input }),
    logReturn(),
  ),
];
