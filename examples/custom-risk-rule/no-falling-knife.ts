import { ConfigError, type InstrumentIndex, type RiskContext } from '@tradekit/core';
import { eachAlone, pass, type RiskRule, refuse } from '@tradekit/risk';

/** Nothing is bought that has fallen by more than a fraction over its last sessions. */
export function noFallingKnife({ sessions = 5, limitFraction = 0.03 } = {}): RiskRule {
  if (!(limitFraction > 0 && limitFraction < 1))
    throw new ConfigError('RISK_OPTION', `noFallingKnife: limitFraction is ${limitFraction}; 3 % is written 0.03`);
  return eachAlone('no-falling-knife', ({ instrument, direction }, context) => {
    if (direction < 0) return pass;
    const fall = fallOf(instrument, sessions, context);
    // Where a session is missing the fall is NaN, which is not at most anything: it does not pass.
    if (fall <= limitFraction) return pass;
    return refuse(
      fall,
      limitFraction,
      `${context.id(instrument)} has fallen by ${(fall * 100).toFixed(2)} % in ${sessions} sessions`,
    );
  });
}

/** How far an instrument has fallen, below 0 if it has risen. */
function fallOf(instrument: InstrumentIndex, sessions: number, { sessionReturn }: RiskContext): number {
  let growth = 1;
  for (let ago = sessions; ago >= 1; ago--) growth *= 1 + sessionReturn(instrument, ago);
  return 1 - growth;
}
