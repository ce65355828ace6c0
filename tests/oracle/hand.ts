/** Bars written by hand, and fills to be read by eye. */
import { BAR_MS, type CaseBar, type CaseFill, DAY_MS, openOf } from './case.js';

/** A bar that stands still. */
export const still = (price: number, volume = 100_000): CaseBar => [price, price, price, price, volume];
export const bar = (open: number, high: number, low: number, close: number, volume = 100_000): CaseBar => [
  open,
  high,
  low,
  close,
  volume,
];
export const HOLE: CaseBar = null;

/** `session:bar`, and `+` for the end of that bar where it is not an open: `0:2` is the open of the third bar. */
export const told = ({ time, strategy, sign, quantity, price, commission }: CaseFill): string => {
  const session = Math.floor((time - openOf(0)) / DAY_MS);
  const place = (time - openOf(session)) / BAR_MS;
  const paid = commission === 0 ? '' : ` paying ${Number(commission.toFixed(9))}`;
  const who = strategy === 0 ? '' : ` s${strategy}`;
  return `${session}:${place}${who} ${sign > 0 ? 'buys' : 'sells'} ${quantity} at ${Number(price.toFixed(9))}${paid}`;
};
