import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/** A fall of the flow-adjusted index below its highest close so far, and its way back. Places are of sessions; −1 is the start. */
export interface Drawdown {
  /** The session of the peak, and the one with the lowest close after it. */
  readonly peak: number;
  readonly trough: number;
  /** The first session that closed at the peak or above; `undefined` where none did. */
  readonly recovered: number | undefined;
  /** 1 − lowest close ÷ peak, a positive fraction. */
  readonly depthFraction: number;
}

/** Every drawdown from close to close, in the order of their peaks. */
export function drawdownsOf({ equity, sessions }: RunResult): readonly Drawdown[] {
  const found: Drawdown[] = [];
  let peak = -1;
  let highest = 1;
  let trough = -1;
  let lowest = 1;
  const end = (recovered: number | undefined): void => {
    if (trough > peak) found.push({ peak, trough, recovered, depthFraction: 1 - lowest / highest });
  };
  for (let session = 0; session < sessions.length; session++) {
    const index = equity.index[sessions.row[session]!]!;
    if (index >= highest) {
      end(session);
      peak = session;
      trough = session;
      highest = index;
      lowest = index;
    } else if (index < lowest) {
      trough = session;
      lowest = index;
    }
  }
  end(undefined);
  return found;
}

/** What the drawdowns of a run come to. */
export interface DrawdownMetrics {
  /** Mean depth of all drawdowns. */
  readonly averageDrawdown: Metric;
  /** Longest time from a peak to the close that is back at it, or to the end. */
  readonly drawdownDuration: Metric;
  /** Time from the lowest close of the deepest drawdown to the close that is back at its peak. */
  readonly recoveryTime: Metric;
}

/** Depth and length of the drawdowns from close to close. Source: the definitions. */
export function drawdownMetrics(result: RunResult): DrawdownMetrics {
  const drawdowns = drawdownsOf(result);
  const [first] = drawdowns;
  if (result.sessions.length === 0) return without('no session was closed');
  if (first === undefined) return without('no session closed below an earlier one');
  let deepest = first;
  let depths = 0;
  let longest = 0;
  let isOpen = false;
  for (const drawdown of drawdowns) {
    const { peak, recovered, depthFraction } = drawdown;
    depths += depthFraction;
    if (depthFraction > deepest.depthFraction) deepest = drawdown;
    const duration = (recovered ?? result.sessions.length - 1) - peak;
    if (duration <= longest) continue;
    longest = duration;
    isOpen = recovered === undefined;
  }
  const note = isOpen ? 'it lasts to the end of the run' : undefined;
  return {
    averageDrawdown: metric(depths / drawdowns.length, 'fraction'),
    drawdownDuration: metric(longest, 'sessions', note),
    recoveryTime:
      deepest.recovered === undefined
        ? notDefined('sessions', 'the deepest drawdown has not recovered')
        : metric(deepest.recovered - deepest.trough, 'sessions'),
  };
}

function without(reason: string): DrawdownMetrics {
  return {
    averageDrawdown: notDefined('fraction', reason),
    drawdownDuration: notDefined('sessions', reason),
    recoveryTime: notDefined('sessions', reason),
  };
}
