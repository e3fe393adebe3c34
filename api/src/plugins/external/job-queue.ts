import type { DB } from '@mm/sql/types';
import fp from 'fastify-plugin';
import type { Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import { DatabaseUnavailableError } from '../../db/unavailable.ts';
import { ensureQueues, type FoldJob, foldQueue } from '../../jobs/queues.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly jobs: {
      /** Resolves once jobs can be sent. Await it before opening a transaction, since it may need connections of its own. */
      readonly ready: () => Promise<void>;
      /** Puts a fold job into the caller's transaction: the job exists if and only if the event does. */
      readonly enqueueFold: (transaction: Transaction<DB>, job: FoldJob) => Promise<void>;
    };
  }
}

/** Sending side of pg-boss over the api's own connections. It is started on first use, so that the api starts without a database. */
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
      enqueueFold: async (transaction: Transaction<DB>, job: FoldJob) => {
        await boss.send(foldQueue, job, { db: fromKysely(transaction) });
      },
    });
    app.addHook('onClose', () => boss.stop({ graceful: false, close: false }));
  },
  { name: 'job-queue', dependencies: ['database'] },
);
