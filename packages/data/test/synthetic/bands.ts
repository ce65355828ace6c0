/**
 * Where the facts of a market of US stocks lie. Computed with the functions of this folder from vendor files of 46 stocks,
 * regular hours of 2021-01-04 to 2024-12-31 (META from 2022-06-09): p10 and p90 over the symbols, three digits. Aggregates only.
 */

/** Lowest and highest accepted value. */
export type Band = readonly [low: number, high: number];

/** The median over the symbols must lie inside. */
export const SYMBOL_BANDS: Readonly<Record<string, Band>> = {
  'daily volatility': [1.07, 2.41],
  'overnight volatility': [0.579, 1.56],
  'intraday volatility': [0.956, 1.93],
  'overnight share': [0.255, 0.436],
  'kurtosis daily': [1.91, 15.9],
  'kurtosis overnight': [4.85, 51.6],
  'kurtosis intraday': [1.05, 3.96],
  'daily lag 1': [-0.0199, 0.0472],
  'variance ratio 5': [0.916, 1.1],
  'gaps > 5 %': [0, 3.88],
  'gap p50': [26.5, 59.6],
  'gap p99': [212, 610],
  'bar volatility bp': [18.9, 36.5],
  'bar median absolute bp': [9.26, 16.8],
  'bar range median bp': [20.9, 38.3],
  'bar range mean bp': [25.7, 48.6],
  'kurtosis bar': [7.2, 15.7],
  'kurtosis bar flat': [2.66, 7.84],
  'kurtosis bar still': [0.0204, 0.211],
  'skew bar': [-0.353, 0.136],
  'bars > 2 %': [0.751, 11.7],
  'return lag 1': [-0.022, 0.022],
  'return lag 2': [-0.022, 0.022],
  'return lag 3': [-0.022, 0.022],
  'return lag 4': [-0.022, 0.022],
  'absolute lag 1': [0.156, 0.208],
  'absolute lag 4': [0.122, 0.183],
  'absolute lag 13': [0.0813, 0.132],
  'absolute lag 26': [0.0719, 0.133],
  'absolute lag 130': [0.0385, 0.0921],
  'absolute lag 520': [0.0148, 0.0624],
  'log RV sd': [0.344, 0.395],
  'log RV lag 1': [0.381, 0.558],
  'log RV lag 5': [0.176, 0.4],
  'log RV lag 20': [0.0798, 0.312],
  leverage: [-0.135, -0.0127],
  'half-day volume': [0.391, 0.643],
  'volume residual sd': [0.448, 0.562],
  'volume residual lag 1': [0.68, 0.825],
  'daily volume sd': [0.344, 0.466],
  'daily volume lag 1': [0.593, 0.773],
  'volume and absolute return': [0.186, 0.303],
  'session dollar volume $M': [400, 5110],
  'bar dollar volume $M': [12.3, 163],
  'open p50 bp': [0.6, 1.58],
  'open p99 bp': [2.83, 10.4],
  'open equal': [0.0648, 0.314],
  'official p50 bp': [1.05, 2.49],
  'official p95 bp': [5.26, 16.1],
  'tick bp': [0.274, 2.21],
  'bars without range': [0, 0.01],
  ...bySlot(
    'volatility smile',
    [
      2.36, 1.48, 1.35, 1.11, 1.04, 0.92, 0.916, 0.82, 0.826, 0.728, 0.739, 0.685, 0.662, 0.612, 0.647, 0.642, 0.632,
      0.596, 0.691, 0.644, 0.688, 0.617, 0.669, 0.661, 0.69, 0.858,
    ],
    [
      2.72, 1.69, 1.46, 1.21, 1.14, 1.07, 1.03, 0.908, 0.898, 0.802, 0.846, 0.764, 0.735, 0.704, 0.758, 0.725, 0.727,
      0.677, 0.832, 0.727, 0.823, 0.738, 0.778, 0.767, 0.811, 1.15,
    ],
  ),
  ...bySlot(
    'volume smile',
    [
      8.07, 4.64, 4.41, 3.85, 3.67, 3.44, 3.24, 3.1, 2.98, 2.71, 2.62, 2.52, 2.41, 2.3, 2.37, 2.32, 2.39, 2.34, 2.62,
      2.51, 2.64, 2.63, 2.99, 3.19, 3.94, 9.36,
    ],
    [
      10.8, 6.45, 5.69, 4.76, 4.34, 3.9, 3.7, 3.4, 3.24, 2.96, 2.85, 2.73, 2.62, 2.51, 2.57, 2.5, 2.59, 2.53, 2.81,
      2.77, 2.86, 2.91, 3.35, 3.75, 5.2, 16.5,
    ],
  ),
  ...bySlot(
    'half-day volume smile',
    [11.2, 6.65, 6.36, 5.37, 5.16, 5.23, 4.77, 4.68, 4.41, 4.41, 4.14, 4.62, 5.25, 11.9],
    [15.8, 9.01, 8.41, 7.04, 6.8, 6.63, 6.22, 5.72, 5.82, 5.7, 5.48, 5.91, 6.89, 19.4],
  ),
};

/**
 * One number for the whole market. Real values, in the order of the list: .41 .26 .27; 23 days, 15 %, 11 to 22 % by year;
 * .34 and 1.0; 31 9 7 3 %; .09 .24 .30 .54 .50; .47 .69 .51 .34; .42. There is one real market, so that its own p10 and p90 do
 * not exist: the bands of the correlations are those of the pairs, that of the days below −2 % is the middle 95 % of 4,000
 * block bootstraps of the real days (blocks of 60 sessions), the others are the real value ± about a third.
 */
export const MARKET_BANDS: Readonly<Record<string, Band>> = {
  'correlation same sector': [0.23, 0.64],
  'correlation other sector': [0.11, 0.42],
  'correlation all': [0.21, 0.35],
  'market days below -2 %': [8, 43],
  'market volatility %': [11, 20],
  'market quietest year %': [8, 15],
  'market wildest year %': [15, 30],
  'R² p50': [0.22, 0.45],
  'beta p50': [0.8, 1.2],
  'eigenvalue 1 %': [22, 40],
  'eigenvalue 2 %': [6, 12],
  'eigenvalue 3 %': [5, 10],
  'eigenvalue 4 %': [2, 4],
  'correlation slot 1': [0.06, 0.14],
  'correlation slot 5': [0.18, 0.32],
  'correlation slot 13': [0.22, 0.4],
  'correlation slot 21': [0.42, 0.66],
  'correlation slot 26': [0.4, 0.62],
  'market log RV sd': [0.37, 0.57],
  'market log RV lag 1': [0.55, 0.83],
  'market log RV lag 5': [0.35, 0.65],
  'market log RV lag 20': [0.15, 0.5],
  'log RV between symbols': [0.3, 0.55],
};

function bySlot(name: string, low: readonly number[], high: readonly number[]): Record<string, Band> {
  return Object.fromEntries(
    low.map((value, slot) => [`${name} ${slot + 1}`, [value, high[slot] ?? Number.NaN] as const]),
  );
}
