/**
 * Exposure: what an account may come to hold. Of every instrument the worse side counts, open buys and open sells apart,
 * because nobody knows which of them will trade. Held shares stand at their last mark, shares that may yet trade at their
 * worst price.
 */
import type { InstrumentIndex, RiskContext } from '@tradekit/core';
import { additionValue, type Book, bookOf, DUST } from '../book.js';
import { percent } from '../percent.js';
import type { Addition, Excess, RiskRule, Ruling } from './rule.js';
import { allPass, pass } from './rule.js';

/** A limit on the exposure of a group of instruments. */
export interface ExposureLimit {
  readonly name: string;
  /** Highest exposure of a group as a fraction of the equity. */
  readonly limitFraction: number;
  /** The rule with another limit. */
  readonly lowered: (limitFraction: number) => RiskRule;
  /** What a group is called in a refusal. */
  readonly describe: (addition: Addition, context: RiskContext) => string;
  /** The instruments that are limited together with this one, itself among them, ascending. Default: all of them. */
  readonly members?: (instrument: InstrumentIndex, context: RiskContext) => readonly InstrumentIndex[];
  /** What a dollar on each side counts, for example its margin. Default 1 and 1. */
  readonly weights?: SideWeights;
}

/** What a dollar on each side counts. */
export interface SideWeights {
  readonly long: number;
  readonly short: number;
}

const EVEN: SideWeights = Object.freeze({ long: 1, short: 1 });

/** Dollars on each side of every instrument that the additions of a slice would add. */
interface Added {
  readonly long: Float64Array;
  readonly short: Float64Array;
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

/** What a group's exposure is reckoned from. */
interface Reckoning {
  readonly book: Book;
  readonly added: Added;
  readonly weights: SideWeights;
}

/** A rule that cuts pro rata whatever takes a group of instruments past its limit. */
export function exposureLimit(limit: ExposureLimit): RiskRule {
  const { members = everyInstrument, weights = EVEN } = limit;
  // Room to reckon in, kept from call to call: columns are dear to make for one order.
  let added = nothing(0);
  return {
    name: limit.name,
    // No group comes to more than all instruments together.
    passesUpTo: limit.limitFraction / Math.max(weights.long, weights.short),
    limit: { value: limit.limitFraction, to: limit.lowered },
    excess: (factor, context) => excessOf(limit, factor, context),
    check: (additions, context) => {
      const book = bookOf(context);
      if (additions.length === 1 && fitsAlone(limit, weights, additions[0]!, book, context)) return allPass(additions);
      if (added.long.length !== context.instruments.length) added = nothing(context.instruments.length);
      add(added, additions, weights, context);
      const reckoning = { book, added, weights };
      const groups: Group[] = [];
      return additions.map((addition) => {
        let group = groups.find((known) => known.members.includes(addition.instrument));
        if (group === undefined) {
          group = judge(limit, addition, members(addition.instrument, context), reckoning, context);
          groups.push(group);
        }
        const { ruling, fraction } = group;
        return ruling.kind === 'pass' ? pass : { ...ruling, quantity: addition.quantity * fraction };
      });
    },
  };
}

const NOTHING: readonly Excess[] = Object.freeze([]);

/** Groups of what is held, at its marks, that stand beyond so many times the limit. */
function excessOf(limit: ExposureLimit, factor: number, context: RiskContext): readonly Excess[] {
  const { members = everyInstrument, weights = EVEN, limitFraction } = limit;
  const { equity, instruments } = context;
  const most = (factor * limitFraction + DUST) * equity;
  if (!(equity > 0) || context.exposureAtMost * Math.max(weights.long, weights.short) <= most) return NOTHING;
  const { value } = bookOf(context);
  const found: Excess[] = [];
  const seen = new Uint8Array(value.length);
  for (const instrument of instruments) {
    if (value[instrument] === 0 || seen[instrument] === 1) continue;
    const group = members(instrument, context);
    let dollars = 0;
    for (const member of group) {
      const worth = value[member]!;
      dollars += worth > 0 ? weights.long * worth : 0 - weights.short * worth;
      seen[member] = 1;
    }
    if (!(dollars > most)) continue;
    found.push({
      instruments: group.filter((member) => value[member] !== 0),
      fraction: (limitFraction * equity) / dollars,
      measured: dollars / equity,
      limit: limitFraction,
    });
  }
  return found;
}

function everyInstrument(_: InstrumentIndex, { instruments }: RiskContext): readonly InstrumentIndex[] {
  return instruments;
}

/** Whether one addition fits: the most common answer, and cheap to find. */
function fitsAlone(
  { members, limitFraction }: ExposureLimit,
  { long, short }: SideWeights,
  addition: Addition,
  book: Book,
  context: RiskContext,
): boolean {
  const { instrument, direction } = addition;
  const isLong = direction > 0;
  const dollars = additionValue(addition, context);
  const [buys, sells] = [long * book.long[instrument]!, short * book.short[instrument]!];
  const grows =
    Math.max(isLong ? buys + long * dollars : buys, isLong ? sells : sells + short * dollars) - Math.max(buys, sells);
  return there(members?.(instrument, context), book, long, short) + grows <= (limitFraction + DUST) * context.equity;
}

/** Dollars of a group, `undefined` for all instruments. */
function there(members: readonly InstrumentIndex[] | undefined, book: Book, long: number, short: number): number {
  if (members === undefined && long === short) return long * book.gross;
  let dollars = 0;
  const count = members?.length ?? book.long.length;
  for (let k = 0; k < count; k++) {
    const i = members === undefined ? k : members[k]!;
    dollars += Math.max(long * book.long[i]!, short * book.short[i]!);
  }
  return dollars;
}

function judge(
  limit: ExposureLimit,
  of: Addition,
  members: readonly InstrumentIndex[],
  reckoning: Reckoning,
  context: RiskContext,
): Group {
  const { equity } = context;
  const { limitFraction } = limit;
  const whole = measure(members, reckoning, 1);
  if (whole.dollars <= (limitFraction + DUST) * equity) return { members, fraction: 1, ruling: pass };
  const measured = whole.dollars / equity;
  const reason = `${limit.describe(of, context)} would be ${percent(measured)} of equity, the limit is ${percent(limitFraction)}`;
  return {
    members,
    fraction: passingFraction(members, reckoning, whole, limitFraction * equity),
    ruling: { kind: 'cut', quantity: 0, measured, limit: limitFraction, reason },
  };
}

/**
 * The fraction of all additions that takes the group exactly to its limit, 0 where there is no room or no number to reckon
 * with. The exposure is convex and piecewise linear in it, so Newton's steps from 1 come down to it and end there.
 */
function passingFraction(
  members: readonly InstrumentIndex[],
  reckoning: Reckoning,
  whole: Exposure,
  allowed: number,
): number {
  let fraction = 1;
  let exposure = whole;
  for (let steps = 0; steps <= members.length; steps++) {
    const next = fraction - (exposure.dollars - allowed) / exposure.slope;
    if (!(next > 0)) return 0;
    if (next >= fraction) break;
    fraction = next;
    exposure = measure(members, reckoning, fraction);
  }
  return fraction;
}

function measure(members: readonly InstrumentIndex[], { book, added, weights }: Reckoning, fraction: number): Exposure {
  let dollars = 0;
  let slope = 0;
  for (const i of members) {
    const long = weights.long * book.long[i]! + fraction * added.long[i]!;
    const short = weights.short * book.short[i]! + fraction * added.short[i]!;
    dollars += Math.max(long, short);
    slope += long >= short ? added.long[i]! : added.short[i]!;
  }
  return { dollars, slope };
}

function nothing(instruments: number): Added {
  return { long: new Float64Array(instruments), short: new Float64Array(instruments) };
}

function add({ long, short }: Added, additions: readonly Addition[], weights: SideWeights, context: RiskContext): void {
  long.fill(0);
  short.fill(0);
  for (const addition of additions) {
    const { direction, instrument } = addition;
    const side = direction > 0 ? long : short;
    const weight = direction > 0 ? weights.long : weights.short;
    side[instrument] = side[instrument]! + weight * additionValue(addition, context);
  }
}
