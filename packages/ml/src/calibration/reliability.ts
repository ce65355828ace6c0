import { requireCount } from '../error.js';
import { requireScored, type Scored } from './scored.js';

/** One bin of a reliability diagram: rows of about the same probability. */
export interface ReliabilityBin {
  /** Limits of its probabilities; the upper one belongs to the next bin, but for the last. */
  readonly from: number;
  readonly to: number;
  /** Sum of weights. */
  readonly weight: number;
  /** Mean of what was said. */
  readonly said: number;
  /** Part that came true. */
  readonly came: number;
}

/** What was said against what came, in bins of equal width from 0 to 1; empty bins are left out. Throws `MlError` on lists that do not fit. */
export function reliability(scored: Scored, bins = 10): readonly ReliabilityBin[] {
  requireCount('reliability', 'bins', bins);
  requireScored('reliability', scored);
  const { scores, labels, weights } = scored;
  const weight = new Float64Array(bins);
  const said = new Float64Array(bins);
  const came = new Float64Array(bins);
  for (let row = 0; row < scores.length; row++) {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor(scores[row]! * bins)));
    const own = weights?.[row] ?? 1;
    weight[bin]! += own;
    said[bin]! += own * scores[row]!;
    came[bin]! += own * labels[row]!;
  }
  return Array.from(weight, (total, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    weight: total,
    said: said[bin]! / total,
    came: came[bin]! / total,
  })).filter(({ weight: total }) => total > 0);
}
