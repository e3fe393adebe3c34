import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

/** Milliseconds that a connection has for its first request once the app ends: it may be on its way. */
const firstRequestMs = 1_000;

/**
 * While the app ends, every answer also ends its connection, and one on which no request has come is let go of. Fastify closes those that
 * are idle when it begins to end, and Node counts only those as idle that have had an answer: one that is kept alive after its last
 * answer, or that a browser or a balancer has opened ahead, would hold the end up for over a minute.
 */
export const endingPlugin = fp(
  async (app) => {
    let ending = false;
    const unused = new Set<Socket>();
    const letGoSoon = (sockets: Iterable<Socket>): void => {
      for (const socket of sockets) {
        setTimeout(() => unused.has(socket) && socket.destroy(), firstRequestMs).unref();
      }
    };
    app.server.on('connection', (socket: Socket) => {
      unused.add(socket);
      socket.once('close', () => unused.delete(socket));
      // The door is open until all that has to be told of the end has been told.
      if (ending) {
        letGoSoon([socket]);
      }
    });
    app.server.on('request', ({ socket }: IncomingMessage) => void unused.delete(socket));
    app.addHook('preClose', async () => {
      ending = true;
      letGoSoon(unused);
    });
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (ending) {
        reply.header('connection', 'close');
      }
      done();
    });
  },
  { name: 'ending' },
);
