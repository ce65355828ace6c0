import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresStore } from '../../src/stores/postgres/index.js';

/** Asks every client for a password, as servers do that were not told to trust (PostgreSQL manual, 54.3: SASL authentication). */
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((socket: Socket) => {
    const ask = (kind: number, text: string): void => {
      const body = Buffer.from(text, 'latin1');
      const head = Buffer.alloc(9);
      head.write('R');
      head.writeInt32BE(8 + body.length, 1);
      head.writeInt32BE(kind, 5);
      socket.write(Buffer.concat([head, body]));
    };
    socket.on('error', () => undefined);
    socket.once('data', () => {
      ask(10, 'SCRAM-SHA-256\0\0');
      socket.once('data', () => ask(11, 'r=nonce,s=c2FsdA==,i=4096'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterAll(() => server.close());

it('that is missing is told as what it is, with where to give it', async () => {
  const store = postgresStore({ url: `postgres://tk@127.0.0.1:${port}/market` });
  await expect(store.list()).rejects.toMatchObject({
    name: 'DataError',
    code: 'STORE_NO_ACCESS',
    message: expect.stringContaining('the server wants a password: give it in TRADEKIT_DATABASE_URL'),
  });
  await store.close();
});
