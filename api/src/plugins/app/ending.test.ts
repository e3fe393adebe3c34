import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { endingPlugin } from './ending.ts';

/** Far below the minute after which Node itself gives up a connection without a request. */
const soon = { timeout: 10_000 };

let app: FastifyInstance;
let port: number;
let answer: () => void;
let asked: Promise<void>;
const sockets: Socket[] = [];

beforeEach(async () => {
  app = Fastify();
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  asked = begun.promise;
  answer = gate.resolve;
  await app.register(endingPlugin);
  app.get('/slow', async () => {
    begun.resolve();
    await gate.promise;
    return 'done';
  });
  app.get('/', async () => 'here');
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A connection that the server has accepted, and all it has said on it. */
async function open(): Promise<{ socket: Socket; heard: () => string; ended: Promise<unknown> }> {
  const accepted = once(app.server, 'connection');
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let heard = '';
  socket.on('data', (piece) => {
    heard += String(piece);
  });
  socket.on('error', () => undefined);
  await accepted;
  return { socket, heard: () => heard, ended: once(socket, 'close') };
}
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

it('ends soon though a connection is open that nobody has asked anything on', soon, async () => {
  const { ended } = await open();
  await app.close();
  await ended;
});

it('ends soon though half a request came and no more', soon, async () => {
  const { socket, ended } = await open();
  socket.write('GET / HTTP/1.1\r\nHost:');
  await app.close();
  await ended;
});

it('answers a request that was under way, and ends its connection with it', soon, async () => {
  const { socket, heard, ended } = await open();
  socket.write(get('/slow'));
  await asked;
  const closed = app.close();
  await vi.waitFor(() => expect(app.server.listening).toBe(false));
  answer();
  await Promise.all([closed, ended]);
  expect(heard()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(heard()).toMatch(/\r\nconnection: close\r\n/i);
  expect(heard()).toMatch(/done$/);
});

it('does not break off a slow answer for having waited long on the first request', soon, async () => {
  const { socket, heard, ended } = await open();
  socket.write(get('/slow'));
  await asked;
  const other = await open();
  const closed = app.close();
  // The one without a request is gone; this one is still waited for.
  await other.ended;
  expect(socket.destroyed).toBe(false);
  answer();
  await Promise.all([closed, ended]);
  expect(heard()).toMatch(/done$/);
});

it('answers a first request that was on its way when the end began', soon, async () => {
  const { socket, heard, ended } = await open();
  const closed = app.close();
  socket.write(get('/'));
  await Promise.all([closed, ended]);
  expect(heard()).toMatch(/^HTTP\/1\.1 (200|503) /);
});
