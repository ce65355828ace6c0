import { createHash } from 'node:crypto';
import {
  type Broker,
  type BrokerEvent,
  decisionText,
  type EngineEvent,
  type EngineOutput,
  type Journal,
  memoryJournal,
  recover,
  replay,
  runAsync,
  runSync,
  Sequencer,
} from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { bareLoop, bareMarket } from '../../bench/b1-bare.js';
import { b1Engine, b1Venue, repeating, runB1 } from '../../bench/b1-engine.js';
import { B1_BARS, b1History } from '../../bench/b1-market.js';

/** Everything that was learned and decided, as text: equal texts, equal runs. */
function transcript(): Journal & { readonly lines: string[] } {
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
function delayed(broker: Broker, turns: number, batch: number): Broker {
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
function fingerprint(): Journal & { readonly digest: () => string } {
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

describe('one engine', () => {
  const whole = b1History();
  const history = b1History(26 * 20);

  test('B1 to the bit: 46,709 fills, and equity equal to the bare loop at every step', () => {
    const bare = bareLoop(bareMarket(whole.bars));
    const equity = new Float64Array(B1_BARS);
    let fills = 0;
    let step = 0;
    const engine = b1Engine(whole);
    const journal: Journal = {
      append({ kind }) {
        if (kind === 'fill') fills += 1;
        if (kind !== 'slice') return;
        equity[step] = engine.account.equity;
        step += 1;
      },
      flush: () => Promise.resolve(),
    };
    runSync({ engine, sequencer: new Sequencer(), journal }, b1Venue(whole));
    expect(fills).toBe(46_709);
    expect(bare.fills).toBe(46_709);
    expect(Math.abs(engine.account.equity - 954_473.13715)).toBeLessThan(1e-4);
    expect(Math.abs(bare.fees - 43_015.16285)).toBeLessThan(1e-4);
    expect(Math.abs(engine.account.book(0 as never).commission - 43_015.16285)).toBeLessThan(1e-4);
    const worst = equity.reduce((most, value, k) => Math.max(most, Math.abs(value - (bare.equity[k] ?? 0))), 0);
    expect(worst).toBeLessThan(1e-6);
  });

  test('repeating every wish on every bar changes nothing', () => {
    expect(runB1(history, { create: repeating }).account.equity).toBe(runB1(history).account.equity);
  });

  test.each([
    ['at once, one by one', 0, 1],
    ['after one turn, one by one', 1, 1],
    ['after three turns, one by one', 3, 1],
    ['after one turn, in one batch', 1, 1000],
    ['after two turns, in batches of two', 2, 2],
  ])(
    'the asynchronous loop with answers %s gives the events and decisions of the synchronous one',
    async (_, turns, batch) => {
      const wanted = transcript();
      runSync({ engine: b1Engine(history), sequencer: new Sequencer(), journal: wanted }, b1Venue(history));
      const got = transcript();
      const venue = b1Venue(history);
      await runAsync(
        { engine: b1Engine(history), sequencer: new Sequencer(), journal: got },
        venue,
        delayed(venue, turns, batch),
      );
      expect(got.lines.length).toBeGreaterThan(4000);
      expect(got.lines).toEqual(wanted.lines);
    },
  );

  test('on the whole of B1 both loops give the same fingerprint of events and decisions', async () => {
    const wanted = fingerprint();
    runSync({ engine: b1Engine(whole), sequencer: new Sequencer(), journal: wanted }, b1Venue(whole));
    const got = fingerprint();
    const venue = b1Venue(whole);
    await runAsync({ engine: b1Engine(whole), sequencer: new Sequencer(), journal: got }, venue, delayed(venue, 1, 3));
    expect(got.digest()).toBe(wanted.digest());
  });

  test('a replay of the journal decides the same once more, and recovery comes to the same account', () => {
    const journal = memoryJournal();
    const engine = b1Engine(history);
    runSync({ engine, sequencer: new Sequencer(), journal }, b1Venue(history));
    expect(replay(journal.entries, b1Engine(history))).toEqual([]);
    const recovered = b1Engine(history);
    recover(journal.entries, recovered);
    expect(recovered.account.cash).toBe(engine.account.cash);
    expect(recovered.account.equity).toBe(engine.account.equity);
    for (let i = 0; i < 46; i++) {
      expect(recovered.account.stance(0 as never, i as never)).toEqual(engine.account.stance(0 as never, i as never));
    }
  });
});
