import fp from 'fastify-plugin';
import { type Database, openDatabase } from '../../db/database.ts';
import { observeState } from '../../state-telemetry.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly database: Database;
  }
}

/** PostgreSQL as `mm_service`, through the door `api`. */
export const databasePlugin = fp(
  async (app) => {
    const database = openDatabase({
      url: app.config.database.url,
      poolMax: app.config.database.poolMax,
      applicationName: 'mm-api',
      onConnectionError: (error) => app.log.warn({ err: error }, 'a database connection broke'),
    });
    app.decorate('database', database);
    app.telemetry.observePool(database.pool);
    observeState(app.telemetry.registry, database);
    app.addHook('onClose', () => database.close());
  },
  { name: 'database', dependencies: ['configuration', 'metrics'] },
);
