import { InvariantError } from '../errors.js';
import { objectList } from '../list.js';
import type { BrokerEvent, EngineEvent, FeedStep, TimerRequest } from '../ports/events.js';
import type { Timestamp } from '../time/timestamp.js';
import { Queue } from './queue.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The one order of events, in every mode: broker answers in the venue's own order, then timers that are due, then the market's
 * step. A slice goes before a timer of its own instant. What is offered belongs to the sequencer, which numbers it in place.
 */
export class Sequencer {
  readonly #answers = new Queue<BrokerEvent>();
  #step: FeedStep | undefined;
  /** Ascending by time, then by the order in which they were asked for. */
  readonly #timers: TimerRequest[] = objectList();
  #sequence = 0;
  #time = Number.NEGATIVE_INFINITY as Timestamp;
  #taken = 0;

  /** Broker events taken so far. While the broker has issued more, the market's next step is not drawn. */
  get taken(): number {
    return this.#taken;
  }

  /** When the next timer is due; infinity without one. No step beyond it may be drawn. */
  get nextTimerAt(): Timestamp {
    return this.#timers[0]?.at ?? (Number.POSITIVE_INFINITY as Timestamp);
  }

  /** A step of the market waits to be taken. */
  get hasStep(): boolean {
    return this.#step !== undefined;
  }

  /** Goes on counting after so many events, when a journal has been recovered. */
  continueAfter(sequence: number, time: Timestamp): void {
    this.#sequence = sequence + 1;
    this.#time = time;
  }

  /** An answer of the broker, in the venue's order. */
  offer(answer: BrokerEvent): void {
    this.#answers.put(answer);
  }

  /** The market's next step. One at a time: the next is drawn when this one has been taken. */
  hold(step: FeedStep): void {
    if (this.#step !== undefined)
      throw new InvariantError('STEP_HELD', 'a second step of the market was drawn before the first was taken', {});
    this.#step = step;
  }

  /** Timers that the engine asked for. */
  schedule(timers: readonly TimerRequest[]): void {
    for (const timer of timers) {
      let place = this.#timers.length;
      while (place > 0 && this.#timers[place - 1]!.at > timer.at) place -= 1;
      this.#timers.splice(place, 0, timer);
    }
  }

  /** The next event; `undefined` when an answer or a step must come first. `issued`: broker events that exist so far. */
  next(issued: number): EngineEvent | undefined {
    const answer = this.#answers.take();
    if (answer !== undefined) {
      this.#taken += 1;
      return this.#stamp(answer as EngineEvent);
    }
    if (this.#taken < issued) return undefined;
    const step = this.#step;
    if (step === undefined) return undefined;
    const timer = this.#timers[0];
    if (timer !== undefined && (timer.at < step.time || (step.kind === 'clock' && timer.at <= step.time))) {
      this.#timers.shift();
      return this.#stamp({ kind: 'timer', key: timer.key, scheduledFor: timer.at, time: timer.at, sequence: 0 });
    }
    this.#step = undefined;
    if (step.kind === 'clock') return undefined;
    return this.#stamp(step as EngineEvent);
  }

  #stamp(event: EngineEvent): EngineEvent {
    const stamped = event as Writable<EngineEvent>;
    stamped.sequence = this.#sequence;
    this.#sequence += 1;
    if (stamped.time < this.#time) stamped.time = this.#time;
    else this.#time = stamped.time;
    return event;
  }
}
