import type { Engine } from '../engine/engine.js';
import type { BrokerCommand } from '../orders/group.js';
import type { Broker } from '../ports/broker.js';
import type { BrokerEvent, EngineEvent, FeedStep } from '../ports/events.js';
import type { Feed } from '../ports/feed.js';
import type { Journal } from '../ports/journal.js';
import type { Timestamp } from '../time/timestamp.js';
import type { Sequencer } from './sequencer.js';

/** A market and a broker that answer at once: the simulated venue seen by the synchronous loop. */
export interface SynchronousVenue {
  /** Broker events issued so far. */
  readonly issued: number;
  /** Takes commands, in their order; the answers wait in `answer`. Never throws. */
  send(commands: readonly BrokerCommand[]): void;
  /** The next broker event that was not taken yet. */
  answer(): BrokerEvent | undefined;
  /** The market's next step, not later than `until`; `undefined` at the end. */
  step(until: Timestamp): FeedStep | undefined;
}

/** What both loops put together. */
export interface LoopParts {
  readonly engine: Engine;
  readonly sequencer: Sequencer;
  readonly journal: Journal;
  /** Asked between slices: `true` ends the run with what there is. */
  readonly stopping?: () => boolean;
}

/** Drives an engine through a venue to the end of its data. Synchronous: nothing is awaited, the journal is not flushed. */
export function runSync(parts: LoopParts, venue: SynchronousVenue): void {
  const { engine, sequencer, journal, stopping } = parts;
  for (;;) {
    for (let answer = venue.answer(); answer !== undefined; answer = venue.answer()) sequencer.offer(answer);
    const event = sequencer.next(venue.issued);
    if (event !== undefined) {
      const output = engine.process(event);
      journal.append(event, output);
      if (output.timers.length > 0) sequencer.schedule(output.timers);
      if (output.commands.length > 0) venue.send(output.commands);
      if (event.kind === 'slice' && stopping?.() === true) return;
    } else if (!sequencer.hasStep && sequencer.taken === venue.issued) {
      const step = venue.step(sequencer.nextTimerAt);
      if (step === undefined) return;
      sequencer.hold(step);
    }
  }
}

/**
 * The same over promises: for a broker whose answers take time and a feed that waits for the clock. When the answers come
 * changes nothing, as long as their order is the venue's. If the journal cannot be written the promise is rejected before
 * anything leaves: memory is ahead of the disk, and the process must end. The broker is its caller's to close.
 */
export async function runAsync(parts: LoopParts, feed: Feed, broker: Broker): Promise<void> {
  const { engine, sequencer, journal, stopping } = parts;
  const answers = broker.events()[Symbol.asyncIterator]();
  let answer = nextAnswer(answers);
  let step: Promise<Arrival> | undefined;
  for (;;) {
    for (let event = sequencer.next(broker.issued); event !== undefined; event = sequencer.next(broker.issued)) {
      await take(event);
      if (event.kind === 'slice' && stopping?.() === true) return;
    }
    const isOwed = sequencer.taken < broker.issued;
    // A step drawn before the last answers were taken would be matched without the orders that they cause.
    if (!isOwed && !sequencer.hasStep) step ??= nextStep(feed, sequencer.nextTimerAt);
    const arrival = await (isOwed || step === undefined ? answer : Promise.race([answer, step]));
    if (arrival.from === 'broker') {
      if (arrival.event === undefined) return;
      sequencer.offer(arrival.event);
      answer = nextAnswer(answers);
    } else {
      step = undefined;
      if (arrival.step === undefined) return;
      sequencer.hold(arrival.step);
    }
  }

  async function take(event: EngineEvent): Promise<void> {
    const output = engine.process(event);
    journal.append(event, output);
    if (output.timers.length > 0) sequencer.schedule(output.timers);
    if (output.commands.length === 0) return;
    await journal.flush();
    broker.send(output.commands);
  }
}

type Arrival =
  | { readonly from: 'broker'; readonly event: BrokerEvent | undefined }
  | { readonly from: 'feed'; readonly step: FeedStep | undefined };

async function nextAnswer(answers: AsyncIterator<BrokerEvent>): Promise<Arrival> {
  const { done, value } = await answers.next();
  return { from: 'broker', event: done === true ? undefined : value };
}

async function nextStep(feed: Feed, until: Timestamp): Promise<Arrival> {
  return { from: 'feed', step: await feed.next(until) };
}
