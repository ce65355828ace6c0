import { type BrokerEvent, Queue } from '@tradekit/core';

/** Broker events in the venue's own order, taken one by one: at once by the synchronous loop, or awaited. */
export class AnswerQueue implements AsyncIterable<BrokerEvent> {
  readonly #waiting = new Queue<BrokerEvent>();
  #issued = 0;
  #closed = false;
  #wake: (() => void) | undefined;

  /** Events ever put in. */
  get issued(): number {
    return this.#issued;
  }

  put(event: BrokerEvent): void {
    this.#issued += 1;
    this.#waiting.put(event);
    this.#wake?.();
  }

  take(): BrokerEvent | undefined {
    return this.#waiting.take();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<BrokerEvent> {
    for (;;) {
      const event = this.take();
      if (event !== undefined) yield event;
      else if (this.#closed) return;
      else await this.#arrival();
    }
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
