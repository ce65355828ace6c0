const cell = new DataView(new ArrayBuffer(8));

/** The least double above a number, so that `x <= number` is `x < nextAbove(number)`. Infinity stays. */
export function nextAbove(number: number): number {
  if (number === Number.POSITIVE_INFINITY || Number.isNaN(number)) return number;
  if (number === 0) return Number.MIN_VALUE;
  cell.setFloat64(0, number);
  cell.setBigInt64(0, cell.getBigInt64(0) + (number > 0 ? 1n : -1n));
  return cell.getFloat64(0);
}
