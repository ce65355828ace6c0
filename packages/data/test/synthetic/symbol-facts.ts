/** What is measured of one symbol: a name a number, each defined where it is computed. */
import { type Grid, type Returns, returnsOf, SLOTS, slotOf } from './grid.js';
import {
  autocorrelation,
  correlation,
  deviation,
  excessKurtosis,
  mean,
  median,
  quantile,
  rootMeanSquare,
  skewness,
} from './statistics.js';

/** Facts of one symbol by name. */
export type Facts = Record<string, number>;

const SESSIONS_A_YEAR = 251.25;
const BP = 10_000;

/** Every fact of one symbol. */
export function symbolFacts(grid: Grid): Facts {
  const returns = returnsOf(grid);
  const smile = volatilitySmile(grid.slots, returns.bar);
  const flat = withoutSmile(returns.bar, smile);
  return {
    ...dayFacts(returns),
    ...barFacts(grid, returns, flat),
    ...memoryFacts(grid, returns, flat),
    ...realisedVolatilityFacts(returns),
    ...volumeFacts(grid, returns),
    ...priceFacts(grid),
    ...Object.fromEntries(smile.map((value, slot) => [`volatility smile ${slot + 1}`, value])),
  };
}

/** Root mean square return of each slot over full sessions, scaled so that the mean of the squares is 1. */
export function volatilitySmile(slots: Uint8Array, bar: Float64Array): number[] {
  const bySlot = Array.from({ length: SLOTS }, (_, slot) => rootMeanSquare(slotOf(bar, slots, slot)));
  const level = rootMeanSquare(bySlot);
  return bySlot.map((value) => value / level);
}

/** Bar returns divided by their slot's smile. A half day uses the slots it has. */
function withoutSmile(bar: Float64Array, smile: readonly number[]): Float64Array {
  return bar.map((value, cell) => value / (smile[cell % SLOTS] ?? Number.NaN));
}

/** Volatilities in %, kurtosis, gaps a year, the variance ratio of five days. */
function dayFacts({ overnight, intraday, daily }: Returns): Facts {
  const years = daily.filter((value) => !Number.isNaN(value)).length / SESSIONS_A_YEAR;
  const five = sums(daily, 5);
  return {
    'daily volatility': 100 * deviation(daily),
    'overnight volatility': 100 * deviation(overnight),
    'intraday volatility': 100 * deviation(intraday),
    'overnight share': deviation(overnight) ** 2 / (deviation(overnight) ** 2 + deviation(intraday) ** 2),
    'kurtosis daily': excessKurtosis(daily),
    'kurtosis overnight': excessKurtosis(overnight),
    'kurtosis intraday': excessKurtosis(intraday),
    'daily lag 1': autocorrelation(daily, 1),
    'variance ratio 5': deviation(five) ** 2 / (5 * deviation(daily) ** 2),
    'gaps > 5 %': overnight.filter((value) => Math.abs(value) > 0.05).length / years,
    'gaps > 10 %': overnight.filter((value) => Math.abs(value) > 0.1).length / years,
    'gap p50': BP * median(overnight.map(Math.abs)),
    'gap p99': BP * quantile(overnight.map(Math.abs), 0.99),
    'overnight drift %/y': 100 * SESSIONS_A_YEAR * mean(overnight),
    'intraday drift %/y': 100 * SESSIONS_A_YEAR * mean(intraday),
  };
}

/** Sizes and shapes of 15-minute returns: in bp, kurtosis raw, without smile, and without the day's volatility. */
function barFacts(grid: Grid, { bar, daily }: Returns, flat: Float64Array): Facts {
  const years = daily.filter((value) => !Number.isNaN(value)).length / SESSIONS_A_YEAR;
  const range = grid.high.map((high, cell) => Math.log(high / (grid.low[cell] ?? Number.NaN)));
  const still = flat.slice();
  for (let first = 0; first < still.length; first += SLOTS) {
    const level = rootMeanSquare(still.subarray(first, first + SLOTS));
    for (let cell = first; cell < first + SLOTS; cell++) still[cell] = (still[cell] ?? Number.NaN) / level;
  }
  return {
    'bar volatility bp': BP * deviation(bar),
    'bar median absolute bp': BP * median(bar.map(Math.abs)),
    'bar range median bp': BP * median(range),
    'bar range mean bp': BP * mean(range),
    'kurtosis bar': excessKurtosis(bar),
    'kurtosis bar flat': excessKurtosis(flat),
    'kurtosis bar still': excessKurtosis(still),
    'skew bar': skewness(bar),
    'bars > 2 %': bar.filter((value) => Math.abs(value) > 0.02).length / years,
    'bars > 5 %': bar.filter((value) => Math.abs(value) > 0.05).length / years,
  };
}

/** Autocorrelation of returns inside a session, and of absolute returns without smile over all bars in order. */
function memoryFacts(grid: Grid, { bar }: Returns, flat: Float64Array): Facts {
  const facts: Facts = {};
  for (const lag of [1, 2, 3, 4]) facts[`return lag ${lag}`] = sessionAutocorrelation(bar, lag);
  const order = inOrder(flat.map(Math.abs), grid.slots);
  for (const lag of [1, 4, 13, 26, 130, 520]) facts[`absolute lag ${lag}`] = autocorrelation(order, lag);
  return facts;
}

/** Log of the root of the summed squares of a session's bar returns, full sessions only. */
export function logRealisedVolatility({ bar }: Returns): Float64Array {
  return Float64Array.from({ length: bar.length / SLOTS }, (_, session) => {
    const bars = bar.subarray(session * SLOTS, (session + 1) * SLOTS);
    return bars.some(Number.isNaN) ? Number.NaN : Math.log(Math.sqrt(SLOTS) * rootMeanSquare(bars));
  });
}

/** Spread and memory of log realised volatility; leverage: a day's return against the next day's excess over 20 days. */
function realisedVolatilityFacts(returns: Returns): Facts {
  const log = logRealisedVolatility(returns);
  const excess = log.map((value, session) => value - mean(log.subarray(Math.max(0, session - 20), session)));
  const before = new Float64Array(log.length).fill(Number.NaN);
  before.set(returns.daily.subarray(0, -1), 1);
  return {
    'log RV sd': deviation(log),
    'log RV lag 1': autocorrelation(log, 1),
    'log RV lag 5': autocorrelation(log, 5),
    'log RV lag 20': autocorrelation(log, 20),
    leverage: correlation(before, excess),
  };
}

/** Shares of the session's volume by slot, half days, and the spread and memory of log volume. */
function volumeFacts(grid: Grid, returns: Returns): Facts {
  const facts: Facts = {};
  const total = sessionVolume(grid);
  const shares = grid.volume.map((volume, cell) => (100 * volume) / (total[Math.floor(cell / SLOTS)] ?? Number.NaN));
  const half = grid.slots.map((slots) => (slots === SLOTS ? 0 : 1));
  for (let slot = 0; slot < SLOTS; slot++) facts[`volume smile ${slot + 1}`] = mean(slotOf(shares, grid.slots, slot));
  for (let slot = 0; slot < 14; slot++) {
    facts[`half-day volume smile ${slot + 1}`] = mean(
      Array.from(half, (short, session) => (short ? (shares[session * SLOTS + slot] ?? Number.NaN) : Number.NaN)),
    );
  }
  const full = total.map((volume, session) => (half[session] ? Number.NaN : volume));
  facts['half-day volume'] = median(total.filter((_, session) => half[session])) / median(full);
  const residual = volumeResidual(grid);
  const ordered = inOrder(residual, grid.slots);
  const daily = Float64Array.from({ length: total.length }, (_, session) => Math.log(full[session] ?? Number.NaN));
  const dollars = grid.volume.map((volume, cell) => volume * (grid.close[cell] ?? Number.NaN));
  facts['volume residual sd'] = deviation(ordered);
  facts['volume residual lag 1'] = autocorrelation(ordered, 1);
  facts['daily volume sd'] = deviation(daily);
  facts['daily volume lag 1'] = autocorrelation(daily, 1);
  facts['volume and absolute return'] = correlation(
    residual,
    returns.bar.map((value) => (value === 0 ? Number.NaN : Math.log(Math.abs(value)))),
  );
  facts['session dollar volume $M'] = median(sessionSums(dollars)) / 1e6;
  facts['bar dollar volume $M'] = median(dollars) / 1e6;
  return facts;
}

/** Opens against the close before, the official close against the last bar's close, the tick, bars without range. */
function priceFacts(grid: Grid): Facts {
  const step = grid.open.map((open, cell) =>
    cell % SLOTS === 0 ? Number.NaN : BP * Math.abs(Math.log(open / (grid.close[cell - 1] ?? Number.NaN))),
  );
  const steps = step.filter((value) => !Number.isNaN(value));
  const official = grid.official.map((price, session) => {
    const last = session * SLOTS + (grid.slots[session] ?? SLOTS) - 1;
    return BP * Math.abs(Math.log(price / (grid.close[last] ?? Number.NaN)));
  });
  const flat = grid.high.map((high, cell) => (Number.isNaN(high) ? Number.NaN : high === grid.low[cell] ? 1 : 0));
  return {
    'open p50 bp': median(steps),
    'open p99 bp': quantile(steps, 0.99),
    'open equal': steps.filter((value) => value === 0).length / steps.length,
    'official p50 bp': median(official),
    'official p95 bp': quantile(official, 0.95),
    'tick bp': 100 / median(grid.close),
    'bars without range': mean(flat),
  };
}

/** Log volume less its slot's mean over full sessions; NaN on half days. */
function volumeResidual(grid: Grid): Float64Array {
  const log = grid.volume.map(Math.log);
  const bySlot = Array.from({ length: SLOTS }, (_, slot) => mean(slotOf(log, grid.slots, slot)));
  return log.map((value, cell) =>
    grid.slots[Math.floor(cell / SLOTS)] === SLOTS ? value - (bySlot[cell % SLOTS] ?? Number.NaN) : Number.NaN,
  );
}

function sessionVolume(grid: Grid): Float64Array {
  return sessionSums(grid.volume);
}

/** Sum of each session's cells; a NaN inside a full session counts as nothing. */
function sessionSums(cells: Float64Array): Float64Array {
  return Float64Array.from({ length: cells.length / SLOTS }, (_, session) => {
    let sum = 0;
    for (const value of cells.subarray(session * SLOTS, (session + 1) * SLOTS)) sum += Number.isNaN(value) ? 0 : value;
    return sum === 0 ? Number.NaN : sum;
  });
}

/** The grid's cells as one series without the places that half days do not have. */
function inOrder(cells: Float64Array, slots: Uint8Array): Float64Array {
  return cells.filter((_, cell) => cell % SLOTS < (slots[Math.floor(cell / SLOTS)] ?? 0));
}

/** Correlation over all pairs of bars of one session that are `lag` apart. */
export function sessionAutocorrelation(bar: Float64Array, lag: number): number {
  const later = new Float64Array(bar.length).fill(Number.NaN);
  for (let cell = 0; cell + lag < bar.length; cell++) {
    if ((cell % SLOTS) + lag < SLOTS) later[cell] = bar[cell + lag] ?? Number.NaN;
  }
  return correlation(bar, later);
}

/** Sums of `length` neighbours, not overlapping. */
function sums(series: Float64Array, length: number): Float64Array {
  return Float64Array.from({ length: Math.floor(series.length / length) }, (_, group) => {
    let sum = 0;
    for (const value of series.subarray(group * length, (group + 1) * length)) sum += value;
    return sum;
  });
}
