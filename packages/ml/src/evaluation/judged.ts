/** What a model said of rows, and what came: measures over plain lists. */
import { fail } from '../error.js';
import { DOWN, UP } from '../labels/labels.js';

/** Rows of a model of direction, of a test that it was not trained on. */
export interface Judged {
  /** Three a row: down, flat, up. */
  readonly probabilities: Float64Array;
  /** The class that came, one a row. */
  readonly classes: Float64Array;
  /** The return behind it as a fraction, before costs, of a long position; one a row. */
  readonly returns: Float64Array;
}

/** Throws `MlError` `SCORES_SHAPE` unless there are as many returns and classes, three probabilities for each, and at least one; `SCORES_VALUE` on a class that is none, a return that is not finite or a probability outside 0 to 1. */
export function requireJudged(of: string, { probabilities, classes, returns }: Judged): void {
  const rows = classes.length;
  if (rows === 0 || returns.length !== rows || probabilities.length !== 3 * rows) {
    const message = `${of} has ${probabilities.length} probabilities, ${rows} classes and ${returns.length} returns; give 3, 1 and 1 a row, and at least one row`;
    fail('SCORES_SHAPE', message, { of, rows });
  }
  const badRow = classes.findIndex(
    (own, row) => !(Number.isInteger(own) && own >= DOWN && own <= UP && Number.isFinite(returns[row]!)),
  );
  const badCell = probabilities.findIndex((p) => !(p >= 0 && p <= 1));
  if (badRow < 0 && badCell < 0) return;
  const row = badRow >= 0 ? badRow : Math.floor(badCell / 3);
  const said = probabilities.subarray(3 * row, 3 * row + 3).join(', ');
  const message = `${of} has the probabilities ${said}, class ${classes[row]} and return ${returns[row]} in row ${row}; give probabilities, classes 0 to 2 and finite returns`;
  fail('SCORES_VALUE', message, { of, row });
}

/** The side that is likelier, 1 up and −1 down, 0 when they are alike. */
export function sideOf(probabilities: Float64Array, row: number): -1 | 0 | 1 {
  const up = probabilities[3 * row + UP]!;
  const down = probabilities[3 * row + DOWN]!;
  if (up === down) return 0;
  return up > down ? 1 : -1;
}

/** Some of the rows, in the order that they are named. */
export function judgedAt({ probabilities, classes, returns }: Judged, rows: readonly number[]): Judged {
  const said = new Float64Array(3 * rows.length);
  for (const [k, row] of rows.entries()) said.set(probabilities.subarray(3 * row, 3 * row + 3), 3 * k);
  return {
    probabilities: said,
    classes: Float64Array.from(rows, (row) => classes[row]!),
    returns: Float64Array.from(rows, (row) => returns[row]!),
  };
}
