/** The findings of the session-level detectors, in words. */

import { newYorkText, type Timestamp } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import { excerptAt } from './excerpt.js';
import { type Finding, finding } from './finding.js';
import type { EdgeGaps, Gaps, LostRun, PartialSession } from './gaps.js';
import { identityBreaks } from './identity.js';
import type { ReadingEvidence, StampReading } from './reading.js';
import type { SessionRows } from './session-rows.js';
import type { SpinOffSuspicion } from './spin-offs.js';
import { type SplitSuspicion, splitSuspicions } from './splits.js';
import type { VolumeScale } from './volume-scale.js';

/** A partial session with this many bars missing in a row lost them; with fewer, nobody may have traded. */
const FEWEST_LOST_BARS = 4;

/** A number as a person reads it, with two or three digits that count. */
const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const price = (value: number): string => value.toFixed(2);
const percent = (fraction: number): string => `${(fraction * 100).toFixed(1).replace(/^-0\.0$/, '0.0')} %`;
const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Where the rows of a file are that belong to no session. */
export function strayFindings(columns: BarColumns, { closedRows, nightRows }: SessionRows): readonly Finding[] {
  const at = (row: number): string => newYorkText(columns.start[row]! as Timestamp);
  const stray = (row: number, why: string): Finding =>
    finding('OUTSIDE_SESSION', at(row), `a bar starts at ${at(row)} New York, ${why}; leave it out`, {
      close: columns.close[row]!,
      volume: columns.volume[row]!,
    });
  return [
    ...nightRows.map((row) => stray(row, 'outside 04:00 to 20:00')),
    ...closedRows.map((row) => stray(row, 'when the market is closed all day')),
  ];
}

/** Splits, and bars on both scales. */
export function splitFindings(columns: BarColumns, rows: SessionRows): readonly Finding[] {
  return splitSuspicions(columns, rows).flatMap((split) => [
    splitFinding(columns, split),
    ...split.mixedRows.map((row) => {
      const at = newYorkText(columns.start[row]! as Timestamp);
      const [low, high] = [columns.low[row]!, columns.high[row]!];
      const text = `the bar of ${at} runs from ${price(low)} to ${price(high)}: it mixes prices before and after the ${split.terms} split; drop it`;
      return finding('MIXED_SCALE', at, text, { low, high, terms: split.terms }, excerptAt(columns, row));
    }),
  ]);
}

function splitFinding(columns: BarColumns, split: SplitSuspicion): Finding {
  const { date, terms, ratio, priceBefore, priceAfter, priceRatio, volumeRatio, sessionsBetween, row } = split;
  const between = sessionsBetween === 0 ? '' : `, over ${plural(sessionsBetween, 'lost session')}`;
  const isSure = isFarFromNews(ratio) || split.atNight;
  const what = isSure
    ? `a ${terms} split that was not adjusted for`
    : `a ${terms} split that was not adjusted for, or news`;
  const text = `${price(priceBefore)} to ${price(priceAfter)} into ${date}${between}: ${what} (price ${short(priceRatio)}, volume × ${short(volumeRatio)}); declare it or adjust the file`;
  const evidence = { terms, ratio, priceBefore, priceAfter, priceRatio, volumeRatio, sessionsBetween };
  return finding(isSure ? 'SPLIT' : 'SPLIT_OR_NEWS', date, text, evidence, excerptAt(columns, row));
}

/** A price that halves or doubles overnight on a usual volume is no news; one that falls by a third may be. */
function isFarFromNews(ratio: number): boolean {
  return ratio >= 2 || ratio <= 0.5;
}

/** Changes of instrument. */
export function identityFindings(columns: BarColumns, rows: SessionRows): readonly Finding[] {
  return identityBreaks(columns, rows).map(({ first, last, priceBefore, next, end, priceAfter, hole, row }) => {
    const text = `near ${price(priceBefore)} from ${first} to ${last}, then ${hole} sessions without a bar, then near ${price(priceAfter)} from ${next} to ${end}: two instruments; give each its dates`;
    const evidence = { first, last, priceBefore, next, end, priceAfter, hole };
    return finding('IDENTITY', next, text, evidence, excerptAt(columns, row));
  });
}

/** Gaps. `lastDate` is the set's last session: what is cut off there may still be under way. */
export function gapFindings(found: Gaps, edges: EdgeGaps, firstDate: string, lastDate: string): readonly Finding[] {
  const findings = [
    ...found.lost.map((run) =>
      finding('LOST_SESSIONS', run.first, `${spanText(run)} lost; load them again`, lostEvidence(run)),
    ),
    ...found.partial.map((partial) => partialFinding(partial, lastDate)),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  const { atEnd, beforeFirst } = edges;
  if (atEnd !== undefined) {
    const text = `the file ends before the set does: ${spanText(atEnd)} lost; load them again, or give the instrument its last date`;
    findings.push(finding('ENDS_EARLY', atEnd.first, text, lostEvidence(atEnd)));
  }
  if (beforeFirst > 0) {
    const text = `the file starts on ${firstDate}, ${plural(beforeFirst, 'session')} after the set; right for a younger listing`;
    findings.unshift(finding('STARTS_LATE', firstDate, text, { sessions: beforeFirst }));
  }
  return findings;
}

function spanText({ first, last, dates }: LostRun): string {
  return dates.length === 1 ? `the session of ${first} is` : `${dates.length} sessions from ${first} to ${last} are`;
}

function lostEvidence({ first, last, dates }: LostRun): Finding['evidence'] {
  return { first, last, sessions: dates.length };
}

function partialFinding(partial: PartialSession, lastDate: string): Finding {
  const { date, bars, expected, missing, longestRun, cutOff } = partial;
  const what = `${date} has ${bars} of ${expected} bars, without ${missing.join(', ')}`;
  const evidence = { bars, expected, missing: missing.join(' ') };
  if (cutOff && date === lastDate) {
    return finding('CUT_OFF', date, `${what}; the file was taken while the market was open`, evidence);
  }
  return longestRun >= FEWEST_LOST_BARS
    ? finding('PARTIAL_SESSION', date, `${what}; load it again`, evidence)
    : finding('MISSING_BARS', date, `${what}; nobody traded, or they were lost`, evidence);
}

/** A drop in a quiet night. */
export function spinOffFinding(drop: SpinOffSuspicion): Finding {
  const { date, priceBefore, priceAfter, move, marketMove, dropFraction, usualRange, score } = drop;
  const market = percent(Math.expm1(marketMove));
  const text = `${price(priceBefore)} to ${price(priceAfter)} in a night without trading, ${percent(Math.expm1(move))} (other symbols ${market}): a spin-off or special dividend not adjusted for, or news`;
  return finding('SPIN_OFF', date, text, { priceBefore, priceAfter, dropFraction, marketMove, usualRange, score });
}

/** Fractions of shares. */
export function volumeFindings({ fractionalRows, first, last, wholeFrom }: VolumeScale): readonly Finding[] {
  if (first === undefined || last === undefined) return [];
  const until = wholeFrom === undefined ? 'to the end' : `until ${last}, whole from ${wholeFrom}`;
  const text = `volumes have fractions ${until}: the vendor adjusted for a spin-off or a split`;
  const evidence = { fractionalRows, first, last, ...(wholeFrom === undefined ? {} : { wholeFrom }) };
  return [finding('FRACTIONAL_VOLUME', wholeFrom ?? last, text, evidence)];
}

/** The reading of the stamps. */
export function readingFindings({ verdict, used, readings, days }: ReadingEvidence): readonly Finding[] {
  const best = readings[0]!;
  const evidence = { used: readingText(used), usedFit: used.fit, likely: readingText(best), likelyFit: best.fit, days };
  switch (verdict) {
    case 'likely':
      return [];
    case 'wrong': {
      const text = `the stamps are not ${readingText(used)} but most likely ${readingText(best)} (fit ${best.fit.toFixed(2)} against ${used.fit.toFixed(2)} over ${plural(days, 'session')}); set the source so, gaps and jumps are not told before`;
      return [finding('WRONG_READING', '', text, evidence)];
    }
    case 'unknown': {
      const text = `no zone that was tried fits the stamps over ${plural(days, 'session')} (best: ${readingText(best)}, fit ${best.fit.toFixed(2)}); find out their zone and the length of the bars, and examine again`;
      return [finding('UNKNOWN_READING', '', text, evidence)];
    }
    case 'undecided': {
      const text = `${plural(days, 'session')} with volume cannot tell the zone of the stamps`;
      return [finding('UNDECIDED_READING', '', text, evidence)];
    }
  }
}

/** A reading in words: `UTC at the start of the bar`. */
function readingText({ zone, stamps }: StampReading): string {
  return `${zone} at the ${stamps === 'bar-start' ? 'start' : 'end'} of the bar`;
}
