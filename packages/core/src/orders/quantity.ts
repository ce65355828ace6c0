/** Quantities are kept to a billionth of a share, so that fractions add up to nothing when they should. Never gives −0. */
export function roundQuantity(quantity: number): number {
  return Math.round(quantity * 1e9) / 1e9 + 0;
}

/** The quantity rounded toward zero to whole lots. */
export function wholeLots(quantity: number, lot: number): number {
  return roundQuantity(Math.trunc(quantity / lot + (quantity < 0 ? -1e-9 : 1e-9)) * lot);
}
