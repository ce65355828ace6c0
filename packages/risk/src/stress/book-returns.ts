/** The returns that a book would have had in past sessions: the material of a historical simulation. */

/**
 * Σ weight × return of each session, as a fraction of the equity. `weights`: signed value ÷ equity by instrument; `sessions`: returns
 * by instrument, the earliest session first. A session in which something held has no return (NaN) is left out: nothing is
 * invented for it.
 */
export function bookReturns(weights: ArrayLike<number>, sessions: readonly ArrayLike<number>[]): readonly number[] {
  const held: number[] = [];
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) held.push(i);
  const returns: number[] = [];
  for (const session of sessions) {
    let sum = 0;
    for (let k = 0; k < held.length; k++) sum += weights[held[k]!]! * session[held[k]!]!;
    if (Number.isFinite(sum)) returns.push(sum);
  }
  return returns;
}
