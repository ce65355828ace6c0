/** Ways to compare two runs event by event, and a broker whose answers take their time. */
import { createHash } from 'node:crypto';
import {
  type Broker,
  type BrokerEvent,
  decisionText,
  type EngineEvent,
  type EngineOutput,
  type Journal,
} from '@tradekit/core';

/** Everything that was learned and decided, as text: equal texts, equal runs. */
export function transcript(): Journal & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    append(event: EngineEvent, output: EngineOutput) {
      lines.push(eventText(event), ...output.decisions.map(decisionText));
    },
    flush: () => Promise.resolve(),
  };
}

function eventText(event: EngineEvent): string {
  return JSON.stringify(event, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as Float64Array, String).join() : value,
  );
}

/** The broker with its answers held back: `turns` of the event loop each, and in batches of `batch`. */
export function delayed(broker: Broker, turns: number, batch: number): Broker {
  return {
    name: broker.name,
    capabilities: broker.capabilities,
    get issued() {
      return broker.issued;
    },
    connect: () => broker.connect(),
    send: (commands) => broker.send(commands),
    snapshot: () => broker.snapshot(),
    close: () => broker.close(),
    async *events(): AsyncGenerator<BrokerEvent> {
      let waiting: BrokerEvent[] = [];
      let taken = 0;
      for await (const event of broker.events()) {
        waiting.push(event);
        taken += 1;
        if (waiting.length < batch && taken < broker.issued) continue;
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        yield* waiting;
        waiting = [];
      }
    },
  };
}

/** The same as one number, for runs whose transcript would be too long: bars as their bytes, the rest as text. */
export function fingerprint(): Journal & { readonly digest: () => string } {
  const hash = createHash('sha256');
  return {
    digest: () => hash.digest('hex'),
    append(event: EngineEvent, { decisions }: EngineOutput) {
      if (event.kind === 'slice') {
        hash.update(`slice ${event.sequence} ${event.time} ${event.session}`);
        for (const column of Object.values(event.bars)) hash.update(column);
      } else hash.update(eventText(event));
      for (const decision of decisions) hash.update(decisionText(decision));
    },
    flush: () => Promise.resolve(),
  };
}
