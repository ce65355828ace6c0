import { type Journal, memoryJournal, recover, replay, runAsync, runSync, Sequencer } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { bareLoop, bareMarket } from '../../bench/b1-bare.js';
import { b1Engine, b1Venue, repeating, runB1 } from '../../bench/b1-engine.js';
import { B1_BARS, b1History } from '../../bench/b1-market.js';
import { delayed, fingerprint, transcript } from './transcript.js';

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

  test('a replay of the whole journal decides the same once more, and recovery comes to the same account', () => {
    const journal = memoryJournal();
    const engine = b1Engine(whole);
    runSync({ engine, sequencer: new Sequencer(), journal }, b1Venue(whole));
    expect(replay(journal.entries, b1Engine(whole))).toEqual([]);
    const recovered = b1Engine(whole);
    recover(journal.entries, recovered);
    expect(recovered.account.cash).toBe(engine.account.cash);
    expect(recovered.account.equity).toBe(engine.account.equity);
    for (let i = 0; i < 46; i++) {
      expect(recovered.account.stance(0 as never, i as never)).toEqual(engine.account.stance(0 as never, i as never));
    }
  });
});
