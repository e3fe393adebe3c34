import fp from 'fastify-plugin';

/**
 * While the app ends, every answer also ends its connection. Fastify closes those that are idle when it begins to end; one that is kept
 * alive after its last answer would hold the end up for over a minute.
 */
export const endingPlugin = fp(
  async (app) => {
    let ending = false;
    app.addHook('preClose', async () => {
      ending = true;
    });
    app.addHook('onSend', async (_request, reply) => {
      if (ending) {
        reply.header('connection', 'close');
      }
    });
  },
  { name: 'ending' },
);
