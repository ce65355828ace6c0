/** Every rule beside a second opinion on what it measures, written from the guide and not from its code. */
import { type InstrumentIndex, isoDate, MINUTE_MS, type RiskContext, type SessionDay } from '@tradekit/core';
import * as risk from '@tradekit/risk';

/** Random numbers of one history. */
export type Random = () => number;
type Asked = risk.Addition;

/** A rule with a limit of its own, and what a second opinion says of an addition. */
export interface Case {
  readonly rule: risk.RiskRule;
  readonly limit: number;
  /** `above`: what is measured may not be below the limit. `loss`: not even at it. */
  readonly kind: 'below' | 'above' | 'loss';
  /** NaN: cannot be measured, nothing may pass. */
  measure(asked: Asked, context: RiskContext): number;
}

const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

/** What an instrument may come to on one side, with an addition on it. */
function side(d: 1 | -1, i: InstrumentIndex, c: RiskContext, asked?: Asked): number {
  const held = d * c.held(i);
  const open = d > 0 ? c.openBuys(i) : c.openSells(i);
  const price = d > 0 ? c.worstPrice(i, 'buy') : c.price(i);
  const adds = asked !== undefined && asked.instrument === i && asked.direction === d ? asked.quantity : 0;
  const there = held > 0 ? held * c.price(i) : 0;
  const coming = held > 0 ? open : Math.max(0, held + open);
  return (there === 0 ? 0 : there) + (coming + adds === 0 ? 0 : (coming + adds) * price);
}

const gross = (asked: Asked, c: RiskContext, of: (i: InstrumentIndex) => boolean, margin = [1, 1]): number =>
  c.instruments
    .filter(of)
    .map((i) => Math.max((margin[0] ?? 1) * side(1, i, c, asked), (margin[1] ?? 1) * side(-1, i, c, asked)))
    .reduce((sum, dollars) => sum + dollars, 0) / c.equity;

function net(asked: Asked, c: RiskContext): number {
  const d = asked.direction;
  let dollars = 0;
  for (const i of c.instruments) {
    const held = d * c.held(i);
    const open = d > 0 ? c.openBuys(i) : c.openSells(i);
    const leansBack = held < 0 && i !== asked.instrument && held + open <= 0;
    dollars += leansBack ? (held + open) * c.price(i) : side(d, i, c, asked);
  }
  return dollars / c.equity;
}

/** Shrunk correlations of up to 120 session returns, from the textbook's sums. */
function rho(i: InstrumentIndex, j: InstrumentIndex, c: RiskContext): number {
  if (i === j) return 1;
  const sectors = (a: InstrumentIndex, b: InstrumentIndex) => [c.sector(a) ?? '', c.sector(b) ?? ''].sort().join('|');
  const block: number[] = [];
  for (const a of c.instruments)
    for (const b of c.instruments) if (a < b && sectors(a, b) === sectors(i, j)) block.push(sample(a, b, c));
  const known = block.filter((value) => !Number.isNaN(value));
  return sample(i, j, c) / 2 + known.reduce((sum, value) => sum + value, 0) / known.length / 2;
}

function sample(a: InstrumentIndex, b: InstrumentIndex, c: RiskContext): number {
  const pairs: (readonly [number, number])[] = [];
  for (let ago = 1; ago <= 120; ago++) {
    // Returns count to a hundredth of a basis point.
    const round = (value: number): number => Math.round(value * 1e6) / 1e6;
    const pair = [round(c.sessionReturn(a, ago)), round(c.sessionReturn(b, ago))] as const;
    if (!pair.some(Number.isNaN)) pairs.push(pair);
  }
  if (pairs.length < 20) return Number.NaN;
  const mean = (of: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const [ma, mb] = [mean(([x]) => x), mean(([, y]) => y)];
  const cov = mean(([x, y]) => (x - ma) * (y - mb));
  const spread = Math.sqrt(mean(([x]) => (x - ma) ** 2) * mean(([, y]) => (y - mb) ** 2));
  return spread > 1e-12 ? cov / spread : 0;
}

function correlated(asked: Asked, c: RiskContext): number {
  let sum = 0;
  for (const j of c.instruments) {
    if (j === asked.instrument) {
      sum += side(asked.direction, j, c, asked);
      continue;
    }
    if (c.held(j) === 0 && c.openBuys(j) === 0 && c.openSells(j) === 0) continue;
    const high = c.held(j) * c.price(j) + (c.openBuys(j) && c.openBuys(j) * c.worstPrice(j, 'buy'));
    const low = (c.held(j) - c.openSells(j)) * c.price(j);
    const along = asked.direction * rho(asked.instrument, j, c);
    sum += Number.isNaN(along) ? Math.max(high, -low) : Math.max(along * high, along * low);
  }
  return sum / c.equity;
}

function cluster(asked: Asked, c: RiskContext): number {
  const members = new Set([asked.instrument]);
  for (const i of members) for (const j of c.instruments) if (!(rho(i, j, c) <= 0.7)) members.add(j);
  return gross(asked, c, (i) => members.has(i));
}

function tradeLoss({ direction: d, instrument: i, quantity, worstPrice, stopPrice }: Asked, c: RiskContext): number {
  if (!(d * (worstPrice - stopPrice) > 0)) return Number.NaN;
  const held = d * c.held(i);
  const open = Math.max(0, Math.min(held, 0) + (d > 0 ? c.openBuys(i) : c.openSells(i)));
  const worst = c.worstPrice(i, d > 0 ? 'buy' : 'sell');
  const lost = (shares: number, price: number) => (shares > 0 ? shares * Math.max(0, d * (price - stopPrice)) : 0);
  return (lost(held, c.price(i)) + lost(open, worst) + lost(quantity, worstPrice)) / c.equity;
}

const day = (c: RiskContext): number => {
  const loss = (c.previousCloseEquity + c.flows - c.equity) / c.previousCloseEquity;
  return loss;
};

const below = (rule: risk.RiskRule, limit: number, measure: Case['measure']): Case => ({
  rule,
  limit,
  kind: 'below',
  measure,
});
const everything = () => true;

/** Every rule of the package, each with a random limit. */
export const makers: Readonly<Record<string, (random: Random) => Case>> = {
  'max-position': (random) => {
    const limitFraction = pick(random, [0.1, 0.25, 0.5]);
    return below(risk.maxPosition({ limitFraction }), limitFraction, (a, c) => gross(a, c, (i) => i === a.instrument));
  },
  'max-sector': (random) => {
    const limitFraction = pick(random, [0.3, 0.6]);
    return below(risk.maxSector({ limitFraction }), limitFraction, (a, c) =>
      gross(a, c, (i) => c.sector(i) === c.sector(a.instrument)),
    );
  },
  'max-gross': (random) => {
    const limitFraction = pick(random, [0.5, 1]);
    return below(risk.maxGross({ limitFraction }), limitFraction, (a, c) => gross(a, c, everything));
  },
  'max-leverage': (random) => {
    const limit = pick(random, [0.8, 1.2]);
    return below(risk.maxLeverage({ limit }), limit, (a, c) => gross(a, c, everything));
  },
  'buying-power': () =>
    below(risk.buyingPower({ longMarginFraction: 0.5, shortMarginFraction: 1 }), 1, (a, c) =>
      gross(a, c, everything, [0.5, 1]),
    ),
  'max-net': (random) => {
    const limitFraction = pick(random, [0.3, 0.6]);
    return below(risk.maxNet({ limitFraction }), limitFraction, net);
  },
  'cash-reserve': () =>
    below(risk.cashReserve(), 1, (a, c) => {
      if (a.direction < 0) return 0;
      const free = c.cash - c.reservedCash;
      const cost = a.quantity * a.worstPrice + c.commission(a.quantity, a.worstPrice);
      return free > 0 ? cost / free : Number.NaN;
    }),
  'max-positions': (random) => {
    const limit = pick(random, [1, 2]);
    return below(risk.maxPositions({ limit }), limit, (a, c) => {
      const taken = c.instruments.filter((i) => c.held(i) !== 0 || c.openBuys(i) > 0 || c.openSells(i) > 0);
      return taken.includes(a.instrument) ? 0 : taken.length + 1;
    });
  },
  'max-correlation': (random) => {
    const limitFraction = pick(random, [0.35, 0.7]);
    return below(risk.maxCorrelation({ limitFraction }), limitFraction, correlated);
  },
  'max-cluster': (random) => {
    const limitFraction = pick(random, [0.2, 0.5]);
    return below(risk.maxCluster({ limitFraction }), limitFraction, cluster);
  },
  'max-volume-share': (random) => {
    const limitFraction = pick(random, [0.01, 0.05, 0.2]);
    return below(risk.maxVolumeShare({ limitFraction }), limitFraction, (a, c) => {
      const open = a.direction > 0 ? c.openBuys(a.instrument) : c.openSells(a.instrument);
      return (open + a.quantity) / c.averageVolume(a.instrument);
    });
  },
  'max-order-quantity': (random) => {
    const limit = pick(random, [100, 400]);
    return below(risk.maxOrderQuantity({ limit }), limit, (a) => a.quantity);
  },
  'max-order-notional': (random) => {
    const limit = pick(random, [2000, 6000]);
    return below(risk.maxOrderNotional({ limit }), limit, (a) => a.quantity * a.worstPrice);
  },
  'price-collar': () =>
    below(risk.priceCollar({ limitFraction: 0.01 }), 0.01, (a, c) =>
      Math.abs((a.worstPrice - c.price(a.instrument)) / c.price(a.instrument)),
    ),
  'max-data-age': () =>
    below(risk.maxDataAge({ limitMinutes: 2 }), 2, (a, c) => (c.time - c.lastTradeTime(a.instrument)) / MINUTE_MS),
  'max-orders-per-minute': (random) => {
    const limit = pick(random, [1, 2]);
    return below(risk.maxOrdersPerMinute({ limit }), limit, (_, c) => c.entriesSince(c.time - MINUTE_MS + 1) + 1);
  },
  'max-trades-per-day': (random) => {
    const limit = pick(random, [1, 2, 3]);
    return below(risk.maxTradesPerDay({ limit }), limit, (_, c) => c.entriesSince(0) + 1);
  },
  'no-repeated-order': (random) => {
    const withinSeconds = pick(random, [900, 1800, 2700]);
    return {
      rule: risk.noRepeatedOrder({ withinSeconds }),
      limit: withinSeconds,
      kind: 'above',
      measure(a, c) {
        const last = c.lastEntry(a.strategy, a.instrument);
        const isSame = last !== undefined && last.quantity === a.direction * a.quantity;
        return isSame ? (c.time - last.time) / 1000 : Number.POSITIVE_INFINITY;
      },
    };
  },
  'no-wash-trade': () =>
    below(risk.noWashTrade(), 0, (a, c) => (a.direction > 0 ? c.openSells(a.instrument) : c.openBuys(a.instrument))),
  'short-permission': () =>
    below(risk.shortPermission({ symbols: ['A'] }), 0, (a) => (a.direction < 0 && a.instrument !== 0 ? 1 : 0)),
  'trading-hours': (random) => {
    const afterOpenMinutes = pick(random, [15, 30]);
    return {
      rule: risk.tradingHours({ afterOpenMinutes, beforeCloseMinutes: 15 }),
      limit: 0,
      kind: 'above',
      measure: (_, c) =>
        Math.min(c.time - c.sessionOpen - afterOpenMinutes * MINUTE_MS, c.sessionClose - c.time - 15 * MINUTE_MS),
    };
  },
  'black-out': (random) => {
    const first = (18_631 + Math.floor(random() * 3)) as SessionDay;
    const date = isoDate(first);
    const window = { first: date, last: isoDate((first + (random() < 0.5 ? 21 : 0)) as SessionDay), why: 'test' };
    const rule = risk.blackOut({ windows: [{ ...window, ...(random() < 0.5 ? { symbol: 'B' } : {}) }] });
    const only = rule.check([{ instrument: 0 } as Asked], { id: () => 'A', session: first } as never)[0]?.kind;
    return below(rule, 0, (a, c) => {
      const isNamed = only === 'cut' || c.id(a.instrument) === 'B';
      return isNamed && isoDate(c.session) >= window.first && isoDate(c.session) <= window.last ? 1 : 0;
    });
  },
  'max-trade-loss': (random) => {
    const limitFraction = pick(random, [0.005, 0.02]);
    return below(risk.maxTradeLoss({ limitFraction }), limitFraction, tradeLoss);
  },
  'cool-down': (random) => {
    const minutes = pick(random, [15, 30, 45]);
    return {
      rule: risk.coolDown({ minutes }),
      limit: minutes,
      kind: 'above',
      measure(a, c) {
        const lost = c.lastLossTime(a.instrument);
        return Number.isNaN(lost) ? Number.POSITIVE_INFINITY : (c.time - lost) / MINUTE_MS;
      },
    };
  },
  'max-daily-loss': (random) => {
    const limitFraction = pick(random, [0.005, 0.02]);
    const onHalt = pick(random, ['flatten', 'keep-legs'] as const);
    const rule = risk.maxDailyLoss({ limitFraction, onHalt });
    return { rule, limit: limitFraction, kind: 'loss', measure: (_, c) => day(c) };
  },
  'max-drawdown': (random) => {
    const limitFraction = pick(random, [0.01, 0.03]);
    const more = random() < 0.5 ? { releaseAfterSessions: 1 } : {};
    const rule = risk.maxDrawdown({ limitFraction, ...more });
    return { rule, limit: limitFraction, kind: 'loss', measure: (_, c) => (c.peakIndex - c.index) / c.peakIndex };
  },
};
