import { dieInJob } from './die-in-job.ts';
import type { Incident, Scene } from './incidents.ts';
import { eventually } from './wait.ts';

/** Point at which the worker dies with dead events in its hand. */
export const replayPoint = 'replay.claimed';

const count = async ({ stage }: Scene, condition: string): Promise<number> => {
  const [row] = await stage.cluster.query<{ n: number }>(
    `select count(*)::integer as n from app.webhook_events where ${condition}`,
  );
  return row?.n ?? 0;
};

/**
 * No asset can be written for a while, so that events fail again and again until they are dead; then all is well, and the worker dies in
 * the middle of replaying them. Waiting is made short: hours of pauses pass in a statement.
 */
export function poisonFolding(scene: Scene): Incident {
  const { cluster } = scene.stage;
  return {
    name: `events that fail until they are dead; crash at ${replayPoint}`,
    run: async () => {
      await cluster.insist(
        `alter table app.mux_assets drop constraint if exists fault_suite_check,
           add constraint fault_suite_check check (status is null) not valid`,
      );
      try {
        await eventually(
          'an event failed',
          async () => (await count(scene, `attempts > 0 and state = 'received'`)) || undefined,
        );
        await eventually('failed events were dead', async () => {
          await cluster.query(
            `update app.webhook_events set attempts = 4, next_attempt_at = now() where state = 'received' and attempts between 1 and 3`,
          );
          return (await count(scene, `state = 'dead'`)) || undefined;
        });
      } finally {
        await cluster.insist('alter table app.mux_assets drop constraint if exists fault_suite_check');
      }
      await dieInJob(scene.stage, 'mux-dlq-replay', replayPoint, [
        `update app.webhook_events set next_attempt_at = now() where state in ('dead', 'received') and attempts > 0`,
      ]);
    },
  };
}
