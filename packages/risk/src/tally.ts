/** Counts what a risk manager does with the wishes of a run, and changes nothing of it. */
import { type RiskContext, type RiskManager, type Verdict, type Wish, wholeLots } from '@tradekit/core';
import type { RiskRule } from './rules/rule.js';
import { type AnySizer, type BookSizer, sizesOf } from './sizing/sizer.js';

/** What became of the wishes that were planned; a wish that is tried again counts again. */
export interface RiskTally {
  readonly wishes: number;
  /** Wishes that a rule cut or refused, by its name. One that several rules cut counts for each. */
  readonly cuts: Readonly<Record<string, number>>;
  /** Whose number the size was, of the wishes that a watched sizer sized; absent where none is watched. */
  readonly sizes?: SizeTally;
}

/** Whose number a size was. */
export interface SizeTally {
  /** Name of the watched sizer. */
  readonly sizer: string;
  /** It gave no number, or no more than 0. */
  readonly none: number;
  /** What it said is what stood. */
  readonly own: number;
  /** A cap or a rule made it less. */
  readonly capped: number;
  /** It was refused by a rule. */
  readonly refused: number;
}

/** Watches the parts of one risk manager. Wrap the rules and the sizer before composing, and the manager itself at the end. */
export interface TallyKeeper {
  /** The same sizes, watched: one sizer of a manager, for example `kelly` inside of `capped`. */
  sizer(watched: AnySizer): BookSizer;
  /** The same rulings, counted. */
  rule(counted: RiskRule): RiskRule;
  /** The same verdicts, compared with what the sizer said. */
  manager(counted: RiskManager): RiskManager;
  /** What there is so far. */
  tally(): RiskTally;
}

/** Begins to count. Verdicts do not depend on it: a run that is replayed counts the same again. */
export function tallyKeeper(): TallyKeeper {
  return new Keeper();
}

class Keeper implements TallyKeeper {
  readonly #cuts = new Map<string, number>();
  readonly #sizes = { none: 0, own: 0, capped: 0, refused: 0 };
  /** What the watched sizer said of the wishes that are being planned. */
  readonly #said = new Map<Wish, number>();
  #wishes = 0;
  #sizer: string | undefined;
  /** Orders are put before the same rules again when they leave; a wish is cut when it is planned. */
  #isPlanning = false;

  readonly sizer = (watched: AnySizer): BookSizer => {
    const { name, features = [], needs } = watched;
    this.#sizer = name;
    return {
      name,
      features,
      ...(needs === undefined ? {} : { needs }),
      sizes: (wishes, context) => {
        const shares = sizesOf(watched, wishes, context);
        for (const [place, wish] of wishes.entries()) this.#said.set(wish, shares[place]!);
        return shares;
      },
    };
  };

  readonly rule = (counted: RiskRule): RiskRule => {
    const { limit } = counted;
    return {
      ...counted,
      // A rule whose limit was lowered is counted on.
      ...(limit === undefined ? {} : { limit: { value: limit.value, to: (value) => this.rule(limit.to(value)) } }),
      check: (additions, context) => {
        const rulings = counted.check(additions, context);
        if (this.#isPlanning) for (const { kind } of rulings) if (kind === 'cut') this.#cut(counted.name);
        return rulings;
      },
    };
  };

  readonly manager = (counted: RiskManager): RiskManager => ({
    ...counted,
    ...(counted.tightened === undefined
      ? {}
      : {
          tightened: (rule, limit) => {
            const tighter = counted.tightened!(rule, limit);
            return 'kind' in tighter ? tighter : this.manager(tighter);
          },
        }),
    plan: (wishes, context) => {
      this.#said.clear();
      this.#isPlanning = true;
      try {
        const verdicts = counted.plan(wishes, context);
        this.#wishes += wishes.length;
        for (const [place, wish] of wishes.entries()) this.#compare(wish, verdicts[place], context);
        return verdicts;
      } finally {
        this.#isPlanning = false;
      }
    },
  });

  tally(): RiskTally {
    return {
      wishes: this.#wishes,
      cuts: Object.fromEntries([...this.#cuts].sort(([a], [b]) => (a < b ? -1 : 1))),
      ...(this.#sizer === undefined ? {} : { sizes: { sizer: this.#sizer, ...this.#sizes } }),
    };
  }

  #cut(rule: string): void {
    this.#cuts.set(rule, (this.#cuts.get(rule) ?? 0) + 1);
  }

  #compare(wish: Wish, verdict: Verdict | undefined, context: RiskContext): void {
    const shares = this.#said.get(wish);
    if (shares === undefined || verdict === undefined) return;
    const own = wholeLots(shares, context.lot(wish.signal.instrument));
    if (!(shares > 0)) this.#sizes.none += 1;
    else if (verdict.kind === 'refused') this.#sizes.refused += 1;
    else if (Math.abs(verdict.quantity) < own) this.#sizes.capped += 1;
    else this.#sizes.own += 1;
  }
}
