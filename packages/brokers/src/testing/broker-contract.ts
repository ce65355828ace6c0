import { type Broker, type BrokerCommand, type BrokerEvent, ordersOf, type Universe } from '@tradekit/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CommandMaker, commandMaker } from './sealed-commands.js';

/** A broker to be tried, with a market that the contract can move. */
export interface BrokerSubject {
  readonly broker: Broker;
  /** At least two instruments that trade, near 100 dollars. */
  readonly universe: Universe;
  /** Lets the market go on by one step, so that market orders that rest are traded. */
  advance(): Promise<void>;
}

/** What of the contract a broker does not keep, and why. A reason is printed with the skipped test. */
export interface ContractOptions {
  readonly skip?: readonly { readonly test: string; readonly reason: string }[];
}

/** Runs the contract of the `Broker` port over fresh subjects. */
export function describeBrokerContract(
  name: string,
  create: () => Promise<BrokerSubject>,
  { skip = [] }: ContractOptions = {},
): void {
  const claim = (title: string, check: (tried: Tried) => Promise<void>): void => {
    const skipped = skip.find((entry) => entry.test === title);
    if (skipped === undefined) test(title, () => check(tried()));
    else test.skip(`${title} (${skipped.reason})`, () => undefined);
  };
  let current: Tried | undefined;
  const tried = (): Tried => {
    if (current === undefined) throw new Error('the broker was not made');
    return current;
  };

  describe(`the broker contract: ${name}`, () => {
    beforeEach(async () => {
      const subject = await create();
      await subject.broker.connect();
      current = new Tried(subject);
    });
    afterEach(async () => {
      await tried().subject.broker.close();
    });

    claim('every command ends in at least one event', async (it) => {
      const commands = it.maker.wish([it.maker.signal(0, 1), it.maker.signal(1, 1)]);
      it.subject.broker.send(commands);
      const events = await it.settle();
      for (const number of it.numbers(commands)) expect(events.some((event) => concerns(event, number))).toBe(true);
    });

    claim('send returns at once and throws on nothing', async (it) => {
      const forged = {
        kind: 'submit',
        group: { kind: 'single', order: { number: 99, request: {} } },
      } as unknown as BrokerCommand;
      expect(it.subject.broker.send([forged])).toBeUndefined();
      const events = await it.settle();
      expect(events).toContainEqual(expect.objectContaining({ kind: 'order-update', order: 99, status: 'rejected' }));
    });

    claim('a market order is filled completely, once, and the snapshot has the position', async (it) => {
      const commands = it.maker.wish([it.maker.signal(0, 1)]);
      it.subject.broker.send(commands);
      const events = await it.settle();
      const fills = events.filter((event) => event.kind === 'fill');
      expect(fills.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(10);
      expect(new Set(fills.map(({ executionId }) => executionId)).size).toBe(fills.length);
      const { positions, openOrders } = await it.subject.broker.snapshot();
      expect(positions[it.subject.universe.instruments[0]?.id ?? '']).toBe(10);
      expect(openOrders).toEqual([]);
    });

    claim('cash falls by quantity times price and commission', async (it) => {
      const { cash: before } = await it.subject.broker.snapshot();
      it.subject.broker.send(it.maker.wish([it.maker.signal(0, 1)]));
      const fills = (await it.settle()).filter((event) => event.kind === 'fill');
      const paid = fills.reduce((sum, { quantity, price, commission }) => sum + quantity * price + commission, 0);
      const { cash } = await it.subject.broker.snapshot();
      expect(cash).toBeCloseTo(before - paid, 6);
    });

    claim('an order that is cancelled before it trades ends as canceled, with nothing filled', async (it) => {
      const commands = it.maker.wish([it.maker.signal(0, 1)]);
      it.subject.broker.send(commands);
      const [number] = it.numbers(commands);
      it.subject.broker.send([{ kind: 'cancel', order: number as never }]);
      const events = await it.settle();
      expect(events).toContainEqual(
        expect.objectContaining({ kind: 'order-update', order: number, status: 'canceled', filledQuantity: 0 }),
      );
      expect(events.filter(({ kind }) => kind === 'fill')).toEqual([]);
    });

    claim('issued counts every event', async (it) => {
      it.subject.broker.send(it.maker.wish([it.maker.signal(0, 1), it.maker.signal(1, -1)]));
      const events = await it.settle();
      expect(it.subject.broker.issued).toBe(events.length);
    });

    claim('the times of events never decrease', async (it) => {
      it.subject.broker.send(it.maker.wish([it.maker.signal(0, 1)]));
      await it.settle();
      it.subject.broker.send(it.maker.wish([it.maker.signal(1, 1)]));
      const times = (await it.settle()).map(({ time }) => time);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    claim('the events end after close', async (it) => {
      await it.subject.broker.close();
      await expect(it.ended()).resolves.toBe(true);
    });
  });
}

/** A broker while it is tried: collects what it says. */
class Tried {
  readonly subject: BrokerSubject;
  readonly maker: CommandMaker;
  readonly #events: BrokerEvent[] = [];
  readonly #reading: Promise<void>;

  constructor(subject: BrokerSubject) {
    this.subject = subject;
    this.maker = commandMaker(subject.universe, subject.broker.capabilities);
    this.#reading = this.#read();
  }

  async #read(): Promise<void> {
    for await (const event of this.subject.broker.events()) this.#events.push(event);
  }

  /** Lets the market go on until the broker has no more to say; gives everything that it said. */
  async settle(): Promise<readonly BrokerEvent[]> {
    for (let steps = 0; steps < 4; steps++) {
      await this.subject.advance();
      while (this.#events.length < this.subject.broker.issued) await new Promise((resolve) => setImmediate(resolve));
    }
    return this.#events;
  }

  async ended(): Promise<boolean> {
    await this.#reading;
    return true;
  }

  numbers(commands: readonly BrokerCommand[]): readonly number[] {
    return commands.flatMap((command) =>
      command.kind === 'submit' ? ordersOf(command.group).map(({ number }) => number) : [],
    );
  }
}

function concerns(event: BrokerEvent, number: number): boolean {
  return 'order' in event && event.order === number;
}
