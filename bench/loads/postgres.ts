/**
 * PostgreSQL: the whole import of the store, by binary COPY, against a bare text COPY of the same rows into the same tables, in turn, as wall
 * time, since most of it passes in the server; and reading back. Takes the server of `TRADEKIT_TEST_POSTGRES_URL`, or starts one. Prints
 * rows, none where there is no server.
 */
import { postgresStore } from '@tradekit/data/postgres';
import { madeSeries } from '../../packages/data/test/stores/made-series.js';
import { startPostgres } from '../../packages/data/test/stores/postgres-server.js';
import { copyText, dropSchema, makeTables } from '../../packages/data/test/stores/text-copy.js';
import { median, report, row } from '../measure.js';

const SYMBOLS = 46;
const BARS = 13_000;
const ROUNDS = 3;
const SCHEMA = 'bench';
const IDENTITY = { barMinutes: 15, feed: 'unknown', adjusted: 'raw' } as const;

const server = await startPostgres();
if (typeof server === 'string') {
  process.stderr.write(`left out: ${server}\n`);
  report();
} else {
  const { url } = server;
  try {
    const [first] = madeSeries(1, BARS);
    if (first === undefined) throw new Error('no series was made');
    const seconds = { binary: [] as number[], text: [] as number[], read: [] as number[] };
    const cpu = { binary: [] as number[], text: [] as number[] };
    const timed = async (times: number[], work: () => Promise<unknown>): Promise<number> => {
      const before = process.cpuUsage();
      const began = performance.now();
      await work();
      times.push((performance.now() - began) / 1000);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    };
    const store = postgresStore({ url, schema: SCHEMA });
    for (let round = 0; round < ROUNDS; round++) {
      await makeTables(url, SCHEMA, first);
      cpu.text.push(await timed(seconds.text, () => copyText(url, SCHEMA, madeSeries(SYMBOLS, BARS))));
      await dropSchema(url, SCHEMA);
      await makeTables(url, SCHEMA, first);
      cpu.binary.push(await timed(seconds.binary, () => store.import(IDENTITY, madeSeries(SYMBOLS, BARS))));
      await timed(seconds.read, async () => {
        for (const { symbol } of await store.list()) await store.read(symbol);
      });
      await dropSchema(url, SCHEMA);
    }
    await store.close();
    const millions = (SYMBOLS * BARS) / 1e6;
    const perSecond = (times: readonly number[]): number => millions / median(times);
    report(
      row(
        'postgres, import by binary COPY against text COPY',
        median(seconds.binary) / median(seconds.text),
        'of its wall time',
        0.5,
      ),
      row('postgres, the same, CPU time of the client', median(cpu.binary) / median(cpu.text), 'of its CPU', null),
      row('postgres, import by binary COPY', perSecond(seconds.binary), 'M rows per s', null),
      row('postgres, text COPY', perSecond(seconds.text), 'M rows per s', null),
      row('postgres, reading by binary COPY', perSecond(seconds.read), 'M rows per s', null),
    );
  } finally {
    await server.close();
  }
}
