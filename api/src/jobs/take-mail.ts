import type { PgBoss } from 'pg-boss';
import { type CodeMailing, giveUpShareCode, mailShareCode, type ShareCodeJob } from './mail-share-codes.ts';
import { deadCodeQueue, shareCodeQueue } from './queues.ts';

/** What the queue keeps of a failure. */
const failed = (error: unknown) => ({ message: error instanceof Error ? error.message : String(error) });

/** Takes the jobs that mail codes, each by itself: one that fails does not bring back its neighbours. */
export async function takeMail(boss: PgBoss, mailing: CodeMailing, onError: (error: unknown) => void): Promise<void> {
  await boss.work<ShareCodeJob>(
    shareCodeQueue,
    { batchSize: 10, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true, perJobResults: true },
    (jobs) =>
      Promise.all(
        jobs.map(async ({ id, data }) => {
          try {
            await mailShareCode(mailing, data);
            return { id, status: 'completed' as const };
          } catch (error) {
            onError(error);
            return { id, status: 'failed' as const, output: failed(error) };
          }
        }),
      ),
  );
  await boss.work<ShareCodeJob>(deadCodeQueue, { pollingIntervalSeconds: 2 }, async (jobs) => {
    for (const { data } of jobs) {
      await giveUpShareCode(mailing, data);
    }
  });
}
