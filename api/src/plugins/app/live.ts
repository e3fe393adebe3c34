import fp from 'fastify-plugin';
import { LiveHub } from '../../live/hub.ts';
import { LiveTelemetry } from '../../live/live-telemetry.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Who follows the lists, and what they are told. */
    readonly live: LiveHub;
  }
}

/** Changes of lists, as they happen. Connects when the first reader comes, and lets go with the last. */
export const livePlugin = fp(
  async (app) => {
    const live = new LiveHub({
      database: app.database,
      url: app.config.database.url,
      log: app.log,
      telemetry: new LiveTelemetry(app.telemetry.registry),
    });
    app.decorate('live', live);
    // Before the server waits for its connections to end: a stream does not end by itself.
    app.addHook('preClose', () => live.close());
  },
  { name: 'live', dependencies: ['configuration', 'database', 'metrics', 'problems'] },
);
