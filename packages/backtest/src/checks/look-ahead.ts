import { type BarHistory, isoTime, type Timestamp } from '@tradekit/core';
import { type Check, verdictOf } from './check.js';
import { observe } from './observe.js';
import type { CheckSubject } from './subject.js';
import { hideFuture } from './windows.js';
import type { Witness } from './witness.js';

/**
 * Runs the sampled sessions once more, with every row hidden until it has ended. A strategy that asks nothing but its
 * view says the same both times, to the bit. One that has the data by another way, and looks ahead in it, does not; nor does one
 * that follows a clock or chance.
 */
export function lookAhead(subject: CheckSubject): Check {
  const { options, strategiesOn, sampleSessions, sample, shown } = subject;
  const hidden = hideFuture(sample);
  let blind: readonly Witness[];
  try {
    blind = observe(options, sample, strategiesOn(hidden.history), (rows) => hidden.reveal(rows));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return verdictOf('look-ahead', [`with the future hidden the run fails: ${message}`], '');
  }
  const found = shown.flatMap((witness, place) => differences(witness, blind[place]!, sample));
  return verdictOf(
    'look-ahead',
    found,
    `wishes and features of ${sampleSessions} sessions are the same with every later bar hidden`,
  );
}

/** Where two runs of a strategy differ, the earliest first; one sentence a symbol and feature. */
function differences(shown: Witness, blind: Witness, market: BarHistory): readonly string[] {
  const found: { readonly cell: number; readonly text: string }[] = [];
  const { strategy } = shown;
  for (const [key, values] of shown.features) {
    const cell = firstDifference(values, blind.features.get(key));
    if (cell === undefined) continue;
    const was = `${values[cell]!} with the future, ${blind.features.get(key)?.[cell]} without`;
    found.push({ cell, text: `feature ${key} of ${strategy}, ${placeOf(cell, market)}: ${was}` });
  }
  for (const [what, column, other] of [
    ['wish', shown.direction, blind.direction],
    ['stop', shown.stopPrice, blind.stopPrice],
    ['target', shown.targetPrice, blind.targetPrice],
  ] as const) {
    const cell = firstDifference(column, other);
    if (cell === undefined) continue;
    const say = (value: number): string => (what === 'wish' ? wishText(value) : String(value));
    const was = `${say(column[cell]!)} with the future, ${say(other[cell]!)} without`;
    found.push({ cell, text: `${what} of ${strategy}, ${placeOf(cell, market)}: ${was}` });
  }
  return found.sort((a, b) => a.cell - b.cell).map(({ text }) => text);
}

function firstDifference(a: ArrayLike<number>, b: ArrayLike<number> | undefined): number | undefined {
  if (b === undefined) return 0;
  for (let cell = 0; cell < a.length; cell++) if (!Object.is(a[cell], b[cell])) return cell;
  return undefined;
}

function wishText(code: number): string {
  return ['none', 'short', 'flat', 'long'][code]!;
}

function placeOf(cell: number, { universe, ends }: BarHistory): string {
  const id = universe.instruments[cell % universe.size]!.id;
  return `${id} at ${isoTime(ends[Math.floor(cell / universe.size)]! as Timestamp)}`;
}
