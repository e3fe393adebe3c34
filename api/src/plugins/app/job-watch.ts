import fp from 'fastify-plugin';
import { watchJobs } from '../../jobs/watch-jobs.ts';

/** Milliseconds between two looks; the first comes after the first pause, when the worker that starts beside the api is there. */
const pauseMs = 60_000;

/** Watches over the jobs from outside the worker, as long as the api listens (JB-06). */
export const jobWatchPlugin = fp(
  async (app) => {
    let timer: NodeJS.Timeout | undefined;
    let looking: Promise<unknown> = Promise.resolve();
    app.addHook('onListen', async () => {
      timer = setInterval(() => {
        looking = watchJobs(app.database).catch((error: unknown) =>
          app.log.warn({ err: error }, 'nobody could look at the jobs'),
        );
      }, pauseMs);
    });
    app.addHook('onClose', async () => {
      clearInterval(timer);
      await looking;
    });
  },
  { name: 'job-watch', dependencies: ['database'] },
);
