import type { BrokerEvent } from '@tradekit/core';

/** Broker events in the venue's own order, taken one by one: at once by the synchronous loop, or awaited. */
export class AnswerQueue implements AsyncIterable<BrokerEvent> {
  #waiting: BrokerEvent[] = [];
  #head = 0;
  #issued = 0;
  #closed = false;
  #wake: (() => void) | undefined;

  /** Events ever put in. */
  get issued(): number {
    return this.#issued;
  }

  put(event: BrokerEvent): void {
    this.#issued += 1;
    this.#waiting.push(event);
    this.#wake?.();
  }

  take(): BrokerEvent | undefined {
    if (this.#head === this.#waiting.length) return undefined;
    const event = this.#waiting[this.#head];
    this.#head += 1;
    if (this.#head === this.#waiting.length) {
      this.#waiting.length = 0;
      this.#head = 0;
    }
    return event;
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
