import { formula, type Indicator } from '../base/indicator.js';
import { field } from '../base/input.js';
import { previousSession } from '../price-action/previous-session.js';
import { sessionOpen } from '../price-action/session-open.js';

/** ln(a / b). */
function logOf(key: string, a: Indicator, b: Indicator): Indicator {
  return formula({ key, unit: 'none', inputs: [a, b] }, (out, base, count, inputs) => {
    const { values: above, base: atAbove } = inputs[0]!;
    const { values: below, base: atBelow } = inputs[1]!;
    for (let i = 0; i < count; i++) out[base + i] = Math.log(above[atAbove + i]! / below[atBelow + i]!);
  });
}

/**
 * Overnight part of the return: ln(first open of the session / last close of the session before), the same on every bar of the
 * session. A missing bar gives NaN; so does a session after one without any bar.
 */
export function overnightReturn(): Indicator {
  return logOf('overnightReturn', sessionOpen(), previousSession('close'));
}

/** Intraday part of the return so far: ln(close / first open of the session). A missing bar gives NaN. */
export function intradayReturn(): Indicator {
  return logOf('intradayReturn', field('close'), sessionOpen());
}
