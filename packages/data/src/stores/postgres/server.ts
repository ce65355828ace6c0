/** Connections to a PostgreSQL server, and its faults told as those of a store, without a secret in them. */
import { ConfigError, TradekitError } from '@tradekit/core';
import pg from 'pg';
import { type StoreErrorCode, storeError } from '../fault.js';

/** A connection while it is lent. */
export type Connection = pg.PoolClient;

/** Name of the variable that has the address when the options have none. */
export const URL_VARIABLE = 'TRADEKIT_DATABASE_URL';

/** A server, reached when there is something to do, and again after it was away. */
export class Server {
  /** Host, port and database: all that is ever shown of the address. */
  readonly place: string;
  readonly #pool: pg.Pool;
  /** Texts that must not appear anywhere. */
  readonly #secrets: readonly string[];
  #isClosed = false;

  /** Throws `ConfigError` `STORE_URL` when the address cannot be one. */
  constructor(address: string | undefined) {
    const url = parsedUrl(address);
    this.#secrets = secretsOf(url);
    this.place = this.#silenced(`${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`);
    this.#pool = new pg.Pool({
      connectionString: url.href,
      max: 4,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 10_000,
      allowExitOnIdle: true,
      keepAlive: true,
    });
    // A connection that breaks while nobody uses it is dropped from the pool, and the next one is made anew.
    this.#pool.on('error', () => undefined);
  }

  /** Lends a connection to a piece of work. A connection on which something failed is not lent again. */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      const connection = await this.#pool.connect();
      const ignored = (): void => undefined;
      connection.on('error', ignored);
      try {
        const result = await work(connection);
        connection.release();
        return result;
      } catch (error) {
        connection.release(true);
        throw error;
      } finally {
        connection.off('error', ignored);
      }
    } catch (error) {
      throw this.#told(error);
    }
  }

  /** Reads with all tables as they are at one moment. */
  async snapshot<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.use(async (connection) => {
      await connection.query('begin isolation level repeatable read read only');
      const result = await work(connection);
      await connection.query('commit');
      return result;
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#pool.end();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Errors of the driver are not handed on as causes: what they carry is not ours to promise. */
  #told(error: unknown): unknown {
    if (error instanceof TradekitError || !isServerError(error)) return error;
    const [code, remedy] = isWithoutPassword(error) ? NO_PASSWORD : meaningOf(error.code);
    const what = `PostgreSQL at ${this.place}: ${this.#silenced(error.message)}`;
    return storeError(code, what, remedy, { place: this.place, state: error.code });
  }

  /** A server may repeat what it was told. */
  #silenced(text: string): string {
    return this.#secrets.reduce((left, secret) => left.replaceAll(secret, '***'), text);
  }
}

/** Errors of the driver and of the server; a callback's own errors pass through. */
function isServerError(error: unknown): error is Error & { readonly code?: string } {
  if (!(error instanceof Error)) return false;
  return (
    error instanceof pg.DatabaseError ||
    typeof (error as NodeJS.ErrnoException).code === 'string' ||
    DRIVER.test(error.message)
  );
}

const DRIVER =
  /connection (terminated|error|ended|closed)|timeout|client (was closed|has encountered|password)|SASL|SSL/i;

/** The driver has no code for it. */
function isWithoutPassword({ message }: Error): boolean {
  return /password must be a string/.test(message);
}

const NO_PASSWORD = [
  'STORE_NO_ACCESS',
  `the server wants a password: give it in ${URL_VARIABLE} with the store "postgres", or in the variable PGPASSWORD`,
] as const;

/** Codes: PostgreSQL manual, appendix A. Whatever is no code of the server is one of the network. */
function meaningOf(code: string | undefined): readonly [StoreErrorCode, string] {
  switch (code) {
    case '53100':
      return ['STORE_DISK_FULL', 'the store is as it was: make room on the server and start again'];
    case '55P03':
      return ['STORE_LOCKED', 'another import is at work: wait for it to end'];
    case '28P01':
    case '28000':
    case '3D000':
    case '42501':
      return ['STORE_NO_ACCESS', 'look at user, password, database and rights in the address'];
    case 'XX001':
    case 'XX002':
      return ['STORE_DAMAGED', 'the server found its own files damaged: restore them, or import the bars again'];
    default:
      return /^[0-9A-Z]{5}$/.test(code ?? '') && !/^(08|57P|53)/.test(code ?? '')
        ? ['STORE_FAILED', 'look at the log of the server']
        : ['STORE_UNREACHABLE', 'nothing half-done is visible: see that the server runs, and try again'];
  }
}

function parsedUrl(address: string | undefined): URL {
  if (address === undefined || address === '') {
    throw new ConfigError('STORE_URL', `no address of a PostgreSQL server; give a url or set ${URL_VARIABLE}`);
  }
  // The error of the parser has the whole text in it, and is not handed on.
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^postgres(ql)?:$/.test(url.protocol)) return url;
  const message = 'the address of the PostgreSQL server is none; write postgres://user@host:5432/database';
  throw new ConfigError('STORE_URL', message);
}

/** The password as it is written and as it is meant, longest first. */
function secretsOf(url: URL): readonly string[] {
  const written = [url.password, ...url.searchParams.getAll('password')];
  return [...written, ...written.map(decoded)].filter((text) => text !== '').sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
