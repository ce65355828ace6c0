/** What only all symbols together can show: correlations, the equal-weight book, eigenvalues, the market's volatility. */
import { type Grid, type Returns, returnsOf, SLOTS, slotOf } from './grid.js';
import {
  autocorrelation,
  correlation,
  deviation,
  mean,
  median,
  quantile,
  rootMeanSquare,
  type Series,
} from './statistics.js';
import { type Facts, logRealisedVolatility } from './symbol-facts.js';

interface Pair {
  readonly same: string | undefined;
  readonly value: number;
}

/** Facts of a market of several symbols. */
export function marketFacts(grids: readonly Grid[]): Facts {
  const returns = grids.map(returnsOf);
  return {
    ...correlationFacts(grids, returns),
    ...bookFacts(returns),
    ...eigenvalueFacts(returns),
    ...slotFacts(grids, returns),
    ...volatilityFacts(returns),
  };
}

/** Medians of the correlations of daily returns over pairs, and the mean inside each sector. */
function correlationFacts(grids: readonly Grid[], returns: readonly Returns[]): Facts {
  const daily = pairs(
    grids,
    returns.map((one) => one.daily),
  );
  const nights = pairs(
    grids,
    returns.map((one) => one.overnight),
  );
  const facts: Facts = {
    'correlation all': median(daily.map((pair) => pair.value)),
    'correlation overnight all': median(nights.map((pair) => pair.value)),
    'correlation overnight other sector': median(other(nights)),
    'correlation overnight same sector': median(same(nights)),
    'correlation same sector': median(same(daily)),
    'correlation other sector': median(other(daily)),
    'correlation other sector p10': quantile(other(daily), 0.1),
    'correlation other sector p90': quantile(other(daily), 0.9),
    'correlation same sector p10': quantile(same(daily), 0.1),
    'correlation same sector p90': quantile(same(daily), 0.9),
  };
  for (const sector of new Set(grids.map((grid) => grid.sector))) {
    const inside = daily.filter((pair) => pair.same === sector).map((pair) => pair.value);
    if (inside.length > 0) facts[`correlation in ${sector}`] = mean(inside);
  }
  return facts;
}

/** Mean return of the symbols that have one, by place: the equal-weight book, rebalanced at every return. */
export function equalWeight(series: readonly Float64Array[]): Float64Array {
  const length = series[0]?.length ?? 0;
  return Float64Array.from({ length }, (_, place) => mean(series.map((one) => one[place] ?? Number.NaN)));
}

/** The book of simple returns: volatility, drift, days below −2 %, drawdown; the symbols' R² and beta to it. */
function bookFacts(returns: readonly Returns[]): Facts {
  const simple = returns.map((one) => one.daily.map(Math.expm1));
  const book = equalWeight(simple);
  const fits = simple.map((one) => correlation(one, book));
  const betas = simple.map((one, symbol) => ((fits[symbol] ?? 0) * deviation(one)) / deviation(book));
  const known = book.filter((value) => !Number.isNaN(value));
  const years = Array.from({ length: 4 }, (_, year) =>
    known.subarray(Math.floor((year * known.length) / 4), Math.floor(((year + 1) * known.length) / 4)),
  );
  const yearly = years.map((year) => 100 * Math.sqrt(251) * deviation(year));
  return {
    'market volatility %': 100 * Math.sqrt(251) * deviation(book),
    'market quietest year %': Math.min(...yearly),
    'market wildest year %': Math.max(...yearly),
    'market days below -2 %': known.filter((value) => value < -0.02).length,
    'market drawdown': drawdown(known),
    'market overnight drift %/y': 100 * 251 * mean(equalWeight(returns.map((one) => one.overnight.map(Math.expm1)))),
    'market intraday drift %/y': 100 * 251 * mean(equalWeight(returns.map((one) => one.intraday.map(Math.expm1)))),
    'R² p10': quantile(fits, 0.1) ** 2,
    'R² p50': quantile(fits, 0.5) ** 2,
    'R² p90': quantile(fits, 0.9) ** 2,
    'beta p10': quantile(betas, 0.1),
    'beta p50': quantile(betas, 0.5),
    'beta p90': quantile(betas, 0.9),
  };
}

/** Shares of the first four eigenvalues of the correlation matrix of daily returns, in %. */
function eigenvalueFacts(returns: readonly Returns[]): Facts {
  const matrix = returns.map((a) => returns.map((b) => correlation(a.daily, b.daily)));
  const facts: Facts = {};
  for (let rank = 1; rank <= 4; rank++) {
    const { value, vector } = largest(matrix);
    facts[`eigenvalue ${rank} %`] = (100 * value) / matrix.length;
    for (const [i, row] of matrix.entries()) {
      for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - value * (vector[i] ?? 0) * (vector[j] ?? 0);
    }
  }
  return facts;
}

/** Mean correlation over pairs of 15-minute returns, of each slot and the mean over slots. */
function slotFacts(grids: readonly Grid[], returns: readonly Returns[]): Facts {
  const facts: Facts = {};
  for (let slot = 0; slot < SLOTS; slot++) {
    const series = returns.map((one, symbol) => slotOf(one.bar, grids[symbol]?.slots ?? new Uint8Array(0), slot));
    facts[`correlation slot ${slot + 1}`] = mean(pairs(grids, series).map((pair) => pair.value));
  }
  facts['correlation slots mean'] = mean(Object.values(facts));
  return facts;
}

/** Log realised volatility: of the equal-weight book, and its correlation between symbols. */
function volatilityFacts(returns: readonly Returns[]): Facts {
  const book = equalWeight(returns.map((one) => one.bar));
  const nothing = new Float64Array(0);
  const log = logRealisedVolatility({ bar: book, overnight: nothing, intraday: nothing, daily: nothing });
  const logs = returns.map(logRealisedVolatility);
  const between: number[] = [];
  for (let a = 0; a < logs.length; a++) {
    for (let b = 0; b < a; b++) between.push(correlation(logs[a] ?? nothing, logs[b] ?? nothing));
  }
  return {
    'market log RV sd': deviation(log),
    'market log RV lag 1': autocorrelation(log, 1),
    'market log RV lag 5': autocorrelation(log, 5),
    'market log RV lag 20': autocorrelation(log, 20),
    'log RV between symbols': median(between),
  };
}

function pairs(grids: readonly Grid[], series: readonly Float64Array[]): Pair[] {
  const found: Pair[] = [];
  for (const [a, one] of series.entries()) {
    for (const [b, two] of series.entries()) {
      if (b >= a) break;
      const sector = grids[a]?.sector;
      found.push({ same: sector === grids[b]?.sector ? sector : undefined, value: correlation(one, two) });
    }
  }
  return found;
}

function same(all: readonly Pair[]): number[] {
  return all.filter((pair) => pair.same !== undefined).map((pair) => pair.value);
}

function other(all: readonly Pair[]): number[] {
  return all.filter((pair) => pair.same === undefined).map((pair) => pair.value);
}

/** Largest eigenvalue of a symmetric matrix and its unit vector, by 200 power iterations. */
export function largest(matrix: readonly (readonly number[])[]): { value: number; vector: number[] } {
  let vector = matrix.map((_, place) => 1 + place / matrix.length);
  let value = 0;
  for (let round = 0; round < 200; round++) {
    const next = matrix.map((row) => row.reduce((sum, cell, place) => sum + cell * (vector[place] ?? 0), 0));
    value = Math.sqrt(next.length) * rootMeanSquare(next);
    vector = next.map((cell) => cell / value);
  }
  return { value, vector };
}

/** Deepest fall of the sum of log returns from its peak. */
export function drawdown(simple: Series): number {
  let [sum, peak, deepest] = [0, 0, 0];
  for (let place = 0; place < simple.length; place++) {
    sum += Math.log1p(simple[place] ?? 0);
    peak = Math.max(peak, sum);
    deepest = Math.min(deepest, sum - peak);
  }
  return deepest;
}
