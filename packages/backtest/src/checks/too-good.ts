import { barRow } from '../metrics/bar-row.js';
import { sharpe } from '../metrics/sharpe.js';
import { winRate } from '../metrics/win-rate.js';
import type { RoundTrip } from '../result/run-result.js';
import { type Check, verdictOf } from './check.js';
import type { CheckSubject } from './subject.js';

/** The lower end of the Sharpe ratio's 95 % interval that no honest system of a few stocks has shown over years. */
const SHARPE = 3;
/** Part of many round trips that won. */
const WIN_RATE = 0.9;
const MANY_TRADES = 50;
/** Part of the profit that a few round trips, holes or last bars may have made. */
const SHARE = 0.9;
const FEW_TRADES = 5;

/**
 * Looks for what a fault of data or fills brings and skill seldom does: a Sharpe ratio that is surely above 3, nine of ten round
 * trips won, and a profit that a handful of round trips, those over holes in the data, or those of the last bar, made alone. The
 * first two fail; where the profit comes from is noted.
 */
export function tooGood(subject: CheckSubject): Check {
  const { result } = subject;
  const failures: string[] = [];
  const { sharpe: ratio, sharpeLow } = sharpe(result);
  if (sharpeLow.value !== null && sharpeLow.value > SHARPE) {
    failures.push(`the Sharpe ratio is ${ratio.value?.toFixed(1)}, with 95 % at least ${sharpeLow.value.toFixed(1)}`);
  }
  const won = winRate(result).value;
  if (won !== null && won > WIN_RATE && result.trades.length >= MANY_TRADES) {
    failures.push(`${(won * 100).toFixed(1)} % of ${result.trades.length} round trips won`);
  }
  if (failures.length > 0) return verdictOf('too-good-to-be-true', failures, '');
  const notes = sourcesOf(subject);
  if (notes.length > 0) return { name: 'too-good-to-be-true', verdict: 'noted', evidence: notes };
  return verdictOf(
    'too-good-to-be-true',
    [],
    'neither Sharpe ratio, wins nor the sources of the profit are out of the ordinary',
  );
}

/** Where most of the profit comes from, if from few places. */
function sourcesOf({ options: { history }, result }: CheckSubject): readonly string[] {
  const { trades } = result;
  const profit = sumOf(trades);
  if (!(profit > 0) || trades.length < MANY_TRADES) return [];
  const best = [...trades].sort((a, b) => b.profit - a.profit).slice(0, FEW_TRADES);
  const lastRows = new Set(history.firstRow.map((row) => row - 1));
  const overHoles = trades.filter((trade) => spansHole(trade, barRow(result, trade.exitRow), history));
  const atTheLast = trades.filter((trade) => lastRows.has(barRow(result, trade.exitRow - trade.barsHeld)));
  const sources: readonly (readonly [string, readonly RoundTrip[]])[] = [
    [`the ${FEW_TRADES} best of ${trades.length} round trips`, best],
    ['round trips over holes in the data', overHoles],
    ["round trips that were entered in a session's last bar", atTheLast],
  ];
  return sources.flatMap(([what, some]) => {
    const share = sumOf(some) / profit;
    return share > SHARE ? [`${(share * 100).toFixed(0)} % of the profit comes from ${what}`] : [];
  });
}

function spansHole(
  { instrument, barsHeld }: RoundTrip,
  exitRow: number,
  { bars, universe }: CheckSubject['options']['history'],
): boolean {
  for (
    let row = Math.max(0, exitRow - barsHeld);
    row <= Math.min(exitRow, bars.close.length / universe.size - 1);
    row++
  ) {
    if (Number.isNaN(bars.close[row * universe.size + instrument]!)) return true;
  }
  return false;
}

function sumOf(trades: readonly RoundTrip[]): number {
  return trades.reduce((sum, { profit }) => sum + profit, 0);
}
