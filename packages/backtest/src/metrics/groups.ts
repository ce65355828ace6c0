import type { MetricName } from './all.js';

/** Metrics that are read together, each with what it is called. */
export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly (readonly [MetricName, string])[];
}

/** Every metric of a run, in the order in which a person reads them. */
export const METRIC_GROUPS: readonly MetricGroup[] = [
  {
    title: 'Return and risk',
    metrics: [
      ['finalEquity', 'Final equity'],
      ['finalCash', 'Final cash'],
      ['totalReturn', 'Total return'],
      ['cagr', 'Growth a year (CAGR)'],
      ['volatility', 'Volatility a year'],
      ['sharpe', 'Sharpe ratio'],
      ['sharpeLow', '95 % interval, from'],
      ['sharpeHigh', '95 % interval, to'],
      ['probabilisticSharpe', 'Probability that Sharpe > 0'],
      ['deflatedSharpe', 'The same, all trials counted'],
      ['sortino', 'Sortino ratio'],
      ['calmar', 'Calmar ratio'],
      ['omega', 'Omega ratio'],
    ],
  },
  {
    title: 'Drawdowns and tails',
    metrics: [
      ['maxDrawdown', 'Deepest drawdown'],
      ['averageDrawdown', 'Average drawdown'],
      ['drawdownDuration', 'Longest drawdown'],
      ['recoveryTime', 'Recovery from the deepest'],
      ['ulcerIndex', 'Ulcer index'],
      ['valueAtRisk', 'Value at risk, 95 %, a session'],
      ['conditionalValueAtRisk', 'Mean loss beyond it'],
      ['tailRatio', 'Tail ratio'],
      ['skewness', 'Skewness'],
      ['excessKurtosis', 'Excess kurtosis'],
    ],
  },
  {
    title: 'Round trips',
    metrics: [
      ['trades', 'Round trips'],
      ['winRate', 'Won'],
      ['profitFactor', 'Profit factor'],
      ['expectancy', 'Mean profit'],
      ['payoffRatio', 'Mean gain ÷ mean loss'],
      ['averageHold', 'Mean hold'],
      ['longestWinStreak', 'Longest winning streak'],
      ['longestLossStreak', 'Longest losing streak'],
      ['averageAdverseExcursion', 'Mean adverse excursion'],
      ['averageFavorableExcursion', 'Mean favourable excursion'],
    ],
  },
  {
    title: 'Trading and its costs',
    metrics: [
      ['exposure', 'Mean exposure'],
      ['turnover', 'Turnover a session'],
      ['capacity', 'Capacity, roughly'],
      ['commissionPaid', 'Commission and fees'],
      ['feesPaid', 'of it fees'],
      ['spreadCost', 'Spread'],
      ['impactCost', 'Impact'],
      ['borrowCost', 'Borrowed shares'],
      ['totalCost', 'All costs'],
      ['returnBeforeCosts', 'Return before costs'],
      ['returnAfterCosts', 'Return after costs'],
      ['breakEvenCost', 'Break-even cost a side'],
    ],
  },
  {
    title: 'Against the benchmark',
    metrics: [
      ['benchmarkReturn', 'Return of the benchmark'],
      ['alpha', 'Alpha a year'],
      ['beta', 'Beta'],
      ['informationRatio', 'Information ratio'],
      ['trackingError', 'Tracking error a year'],
      ['upCapture', 'Up capture'],
      ['downCapture', 'Down capture'],
    ],
  },
  {
    title: 'Counts',
    metrics: [
      ['sessions', 'Sessions'],
      ['orders', 'Orders'],
      ['fills', 'Fills'],
    ],
  },
];
