import fp from 'fastify-plugin';
import { PgBoss } from 'pg-boss';
import { DatabaseUnavailableError } from '../../db/unavailable.ts';
import { ensureQueues } from '../../jobs/queues.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly jobs: {
      /** Resolves once the queues exist, so that SQL can put jobs into them (`app.store_webhooks`). */
      readonly ready: () => Promise<void>;
    };
  }
}

/** The queues of pg-boss, over the api's own connections. It is started on first use, so that the api starts without a database. */
export const jobQueuePlugin = fp(
  async (app) => {
    const boss = new PgBoss({
      schema: 'pgboss',
      db: { executeSql: (text, values) => app.database.pool.query(text, values) },
      migrate: false,
      createSchema: false,
      supervise: false,
      schedule: false,
      reindex: false,
      monitorVacuum: false,
    });
    boss.on('error', (error) => app.log.warn({ err: error }, 'the job queue reported an error'));

    let starting: Promise<void> | undefined;
    const start = async (): Promise<void> => {
      try {
        await boss.start();
        await ensureQueues(boss);
      } catch (error) {
        starting = undefined;
        throw new DatabaseUnavailableError(error);
      }
    };

    app.decorate('jobs', {
      ready: () => {
        starting ??= start();
        return starting;
      },
    });
    app.addHook('onClose', () => boss.stop({ graceful: false, close: false }));
  },
  { name: 'job-queue', dependencies: ['database'] },
);
