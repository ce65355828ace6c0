/** A quotient this little below a whole number is that number: binary dust of a division, not a missing share. */
const DUST = 1e-9;

/** The quantity, 0 or more, rounded down to whole lots. */
export function floorToLots(quantity: number, lot: number): number {
  return Math.round(Math.floor(quantity / lot + DUST) * lot * 1e9) / 1e9;
}
