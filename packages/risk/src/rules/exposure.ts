/**
 * Exposure: what an account may come to hold. Of every instrument the worse side counts, open buys and open sells apart,
 * because nobody knows which of them will trade. Held shares stand at their last mark, shares that may yet trade at their
 * worst price.
 */
import type { InstrumentIndex, RiskContext } from '@tradekit/core';
import type { Addition, RiskRule, Ruling } from './rule.js';
import { pass } from './rule.js';

/** A limit on the exposure of a group of instruments. */
export interface ExposureLimit {
  readonly name: string;
  /** Highest exposure of a group as a fraction of the equity. */
  readonly limitFraction: number;
  /** What a group is called in a refusal. */
  readonly describe: (addition: Addition, context: RiskContext) => string;
  /** The instruments that are limited together with this one, itself among them, ascending. */
  readonly members: (instrument: InstrumentIndex, context: RiskContext) => readonly InstrumentIndex[];
}

/** Dollars on each side of every instrument: what may come without the additions, and what all of them add. */
interface Sides {
  readonly long: Float64Array;
  readonly short: Float64Array;
  readonly longAdded: Float64Array;
  readonly shortAdded: Float64Array;
}

/** Exposure of a group in dollars when a fraction of every addition is made, and how fast it grows with that fraction. */
interface Exposure {
  readonly dollars: number;
  readonly slope: number;
}

/** What holds for all additions of a group. */
interface Group {
  readonly members: readonly InstrumentIndex[];
  /** The part of every addition that passes. */
  readonly fraction: number;
  readonly ruling: Ruling;
}

/** Fractions of equity that differ by less are equal: the dust of sums in another order. */
const DUST = 1e-9;

/** A rule that cuts pro rata whatever takes a group of instruments past its limit. */
export function exposureLimit(limit: ExposureLimit): RiskRule {
  // Room to reckon in, kept from call to call: columns are dear to make for one order.
  let sides = noSides(0);
  return {
    name: limit.name,
    check: (additions, context) => {
      if (sides.long.length !== context.instruments.length) sides = noSides(context.instruments.length);
      add(sides, additions, context);
      const groups: Group[] = [];
      return additions.map((addition) => {
        let group = groups.find(({ members }) => members.includes(addition.instrument));
        if (group === undefined) {
          group = judge(limit, addition, sides, context);
          groups.push(group);
        }
        const { ruling, fraction } = group;
        return ruling.kind === 'pass' ? pass : { ...ruling, quantity: addition.quantity * fraction };
      });
    },
  };
}

function judge(limit: ExposureLimit, of: Addition, sides: Sides, context: RiskContext): Group {
  const { equity } = context;
  const { limitFraction } = limit;
  const members = limit.members(of.instrument, context);
  for (const member of members) {
    sides.long[member] = sideValue(1, member, context);
    sides.short[member] = sideValue(-1, member, context);
  }
  const whole = measure(members, sides, 1);
  if (whole.dollars <= (limitFraction + DUST) * equity) return { members, fraction: 1, ruling: pass };
  const measured = whole.dollars / equity;
  const reason = `${limit.describe(of, context)} would be ${percent(measured)} of equity, the limit is ${percent(limitFraction)}`;
  return {
    members,
    fraction: passingFraction(members, sides, whole, limitFraction * equity),
    ruling: { kind: 'cut', quantity: 0, measured, limit: limitFraction, reason },
  };
}

/**
 * The fraction of all additions that takes the group exactly to its limit, 0 where there is no room or no number to reckon
 * with. The exposure is convex and piecewise linear in it, so Newton's steps from 1 come down to it and end there.
 */
function passingFraction(members: readonly InstrumentIndex[], sides: Sides, whole: Exposure, allowed: number): number {
  let fraction = 1;
  let exposure = whole;
  for (let steps = 0; steps <= members.length; steps++) {
    const next = fraction - (exposure.dollars - allowed) / exposure.slope;
    if (!(next > 0)) return 0;
    if (next >= fraction) break;
    fraction = next;
    exposure = measure(members, sides, fraction);
  }
  return fraction;
}

function measure(members: readonly InstrumentIndex[], sides: Sides, fraction: number): Exposure {
  let dollars = 0;
  let slope = 0;
  for (const i of members) {
    const long = sides.long[i]! + fraction * sides.longAdded[i]!;
    const short = sides.short[i]! + fraction * sides.shortAdded[i]!;
    dollars += Math.max(long, short);
    slope += long >= short ? sides.longAdded[i]! : sides.shortAdded[i]!;
  }
  return { dollars, slope };
}

function noSides(instruments: number): Sides {
  const column = (): Float64Array => new Float64Array(instruments);
  return { long: column(), short: column(), longAdded: column(), shortAdded: column() };
}

function add({ longAdded, shortAdded }: Sides, additions: readonly Addition[], context: RiskContext): void {
  longAdded.fill(0);
  shortAdded.fill(0);
  for (const { direction, instrument, quantity, worstPrice } of additions) {
    const added = direction > 0 ? longAdded : shortAdded;
    added[instrument] = added[instrument]! + quantity * exposurePrice(direction, worstPrice, context.price(instrument));
  }
}

/**
 * Dollars on one side of an instrument if every order of that side trades and none of the other. What is held on the other
 * side is closed first: no order crosses zero.
 */
function sideValue(direction: 1 | -1, instrument: InstrumentIndex, context: RiskContext): number {
  const held = direction * context.held(instrument);
  const open = direction > 0 ? context.openBuys(instrument) : context.openSells(instrument);
  if (held <= 0 && open === 0) return 0;
  const mark = context.price(instrument);
  const shares = held < 0 ? Math.max(0, held + open) : open;
  const side = direction > 0 ? 'buy' : 'sell';
  const working = shares === 0 ? 0 : shares * exposurePrice(direction, context.worstPrice(instrument, side), mark);
  return held > 0 ? held * mark + working : working;
}

/** A sale's worst price lies below the mark, but what is short is marked at the mark. */
function exposurePrice(direction: 1 | -1, worstPrice: number, mark: number): number {
  return direction > 0 ? worstPrice : Math.max(worstPrice, mark);
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 1e6) / 1e4} %`;
}
