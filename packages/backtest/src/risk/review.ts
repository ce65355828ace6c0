import type { RiskTally } from '@tradekit/risk';
import type { RunResult } from '../result/run-result.js';
import { type BindingRule, bindingRules } from './binding-rules.js';
import { closingBooks } from './closing-books.js';
import { type Detection, detectionsOf } from './detections.js';
import type { KeptLimits } from './kept-limits.js';
import { type LastBook, lastBook } from './last-book.js';
import { type LimitUses, limitUses } from './limit-uses.js';
import { nextSessionReturns } from './refused-wishes.js';
import { type StressRow, stressTable } from './stress-table.js';
import { type TailForecasts, tailForecasts } from './tail-forecasts.js';

/** What a run says of its risk: reckoned from what it recorded, after it. */
export interface RiskReview {
  readonly limits: readonly LimitUses[];
  readonly detections: readonly Detection[];
  readonly rules: readonly BindingRule[];
  /** By place of the refusal: what it would have made by the close of the next session. */
  readonly nextSessionReturns: readonly number[];
  readonly forecasts: readonly TailForecasts[];
  /** `undefined` where nothing was ever held over a close. */
  readonly book: LastBook | undefined;
  readonly stress: readonly StressRow[];
  readonly tally: RiskTally | undefined;
}

/** Reviews a run. `limits`: those that it kept; `tally`: what its risk manager counted, where somebody did. */
export function reviewOf(result: RunResult, limits?: KeptLimits, tally?: RiskTally): RiskReview {
  const books = closingBooks(result, limits);
  const next = nextSessionReturns(result);
  const book = lastBook(result, books);
  return {
    limits: limitUses(result, books, limits),
    detections: detectionsOf(result),
    rules: bindingRules(result, next, tally),
    nextSessionReturns: next,
    forecasts: tailForecasts(result, books),
    book,
    stress: book === undefined ? [] : stressTable(book, result, limits),
    tally,
  };
}
