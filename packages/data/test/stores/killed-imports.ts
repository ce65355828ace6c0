/** The claim that an import cut off at any moment leaves the old state or the new one. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { type BarSetIdentity, type BarStore, type StoredSeries, seriesChecksum } from '../../src/index.js';
import type { ChildTask, Importer } from './child.js';
import { madeSeries } from './made-series.js';

export const IDENTITY: BarSetIdentity = { barMinutes: 15, feed: 'sip', adjusted: 'raw' };

/** How often an import is killed; `TRADEKIT_KILLS` names another count for a soak. */
export const KILLS = Number(process.env.TRADEKIT_KILLS ?? 12);
/** Milliseconds that a test of so many kills may take. */
export const KILLS_TIME = KILLS * 6000;

const SYMBOLS = 10;
const ROWS = 3000;

/** What came of so many kills. */
export interface Kills {
  /** The store was as before. */
  readonly old: number;
  /** The store had all that the import brought. */
  readonly new: number;
  /** Imports that had not ended. */
  readonly interrupted: number;
}

const listed = (series: readonly StoredSeries[]): readonly string[] =>
  series.map(({ symbol, rows, checksum }) => `${symbol} ${rows} ${checksum}`);

function edition(number: number): readonly string[] {
  return [...madeSeries(SYMBOLS, ROWS, number)].map(({ symbol, bars }) => `${symbol} ${ROWS} ${seriesChecksum(bars)}`);
}

/** Kills an import at {@link KILLS} random moments between its beginning and its end, and looks at the store after each. */
export async function killedImports(
  importer: Importer,
  task: Pick<ChildTask, 'kind' | 'place'>,
  open: () => BarStore,
): Promise<Kills> {
  const use = async <T>(work: (store: BarStore) => Promise<T>): Promise<T> => {
    const store = open();
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const start = (number: number) => importer.start({ ...task, symbols: SYMBOLS, rows: ROWS, edition: number });
  await use((store) => store.import(IDENTITY, madeSeries(SYMBOLS, ROWS, 0)));
  let current = 1;
  const whole = await start(current);
  const began = performance.now();
  expect((await whole.result)?.report?.replaced).toHaveLength(SYMBOLS);
  let longest = performance.now() - began;
  const kills = { old: 0, new: 0, interrupted: 0 };
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, result } = await start(current + 1);
    await wait(Math.random() * longest);
    child.kill('SIGKILL');
    const isCutOff = (await result) === undefined;
    if (isCutOff) kills.interrupted += 1;
    // Imports become faster and slower with whatever else the machine does; the moments follow.
    longest *= isCutOff ? 1.1 : 0.7;
    const found = await use(async (store) => {
      expect((await store.verify()).faults).toEqual([]);
      return listed(await store.list());
    });
    const isOld = found.join() === edition(current).join();
    expect(found).toEqual(edition(isOld ? current : current + 1));
    kills[isOld ? 'old' : 'new'] += 1;
    if (!isOld) current += 1;
  }
  // The last word: an import that is left alone does what was cut off so often.
  await use(async (store) => {
    await store.import(IDENTITY, madeSeries(SYMBOLS, ROWS, current + 1));
    expect(listed(await store.list())).toEqual(edition(current + 1));
    expect((await store.verify()).faults).toEqual([]);
  });
  expect(kills.interrupted, 'kills that came before the end').toBeGreaterThan(0);
  return kills;
}
