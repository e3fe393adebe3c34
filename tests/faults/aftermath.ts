import type { Coaches } from './coaches.ts';
import { dieInJob, jobLeaseEnds, letTimePass } from './die-in-job.ts';
import type { Stage } from './stage.ts';
import { eventually } from './wait.ts';

/** Points at which a comparison with Mux dies; then one that dies nowhere. */
export const reconcilePoints = ['reconcile.compared', 'reconcile.settled', 'reconcile.deleted'] as const;
/** Point at which the minute's upkeep dies. */
export const upkeepPoint = 'reconcile.asked';
export const rotationPoints = ['rotation.made', 'rotation.stored', 'rotation.switched', 'rotation.deleted'] as const;

/** Points that a command died at. */
type Hit = (point: string) => void;

/** Somebody else is at these jobs, so that the worker leaves them alone until we want them: it would make good a missed run at once. */
const jobsAreTaken = [
  `insert into app.job_runs (job) values ('upkeep'), ('reconcile-light'), ('reconcile-whole') on conflict do nothing`,
];

/** What is left behind by a worker that died in the upkeep, or in a comparison, is in the way for minutes, which pass here. */
const leasesEnd = [
  ...jobLeaseEnds('upkeep'),
  `update app.reconciliation_runs set leased_until = now() where ended_at is null`,
  `update app.upload_jobs set reconciled_at = null where reconciled_at is not null`,
];

/** 48 hours in which Mux went on and not one webhook came; Mux has given up on all of them. */
export async function outage(stage: Stage, coaches: Coaches, uploads: number): Promise<void> {
  await letTimePass(stage.cluster, jobsAreTaken);
  stage.relay.isOutage = true;
  for (let begun = 0; begun < uploads; begun += 4) {
    await Promise.all(Array.from({ length: Math.min(4, uploads - begun) }, () => coaches.uploadOne()));
  }
  // An asset of nobody, two days old.
  const { id, url = '' } = await stage.mux.video.uploads.create({ cors_origin: '*', new_asset_settings: {} });
  await fetch(url, { method: 'PUT', body: 'a video of nobody' });
  const asset = await eventually(
    'Mux had the asset of nobody',
    async () => (await stage.mux.video.uploads.retrieve(id)).asset_id,
  );
  await stage.control(`assets/${asset}/age`, { seconds: 48 * 3_600 });
  await quiet(stage);
  await letTimePass(stage.cluster, [
    `update app.upload_jobs set requested_at = requested_at - interval '48 hours', expires_at = expires_at - interval '48 hours',
       uploading_at = uploading_at - interval '48 hours', processing_at = processing_at - interval '48 hours'`,
  ]);
  for await (const upload of stage.mux.video.uploads.list({ limit: 100 })) {
    if (upload.status === 'waiting') await stage.control(`uploads/${upload.id}/expire`, {});
  }
  stage.relay.isOutage = false;
}

/** Resolves when Mux has nothing more to tell. What it would try again in an hour it tries at once when it is started anew. */
export async function quiet({ mux, double, relay }: Stage): Promise<void> {
  const pending = async (): Promise<number> => {
    const answer = await fetch(`${mux.baseURL}/control/state`);
    const { data } = (await answer.json()) as { data: { events: { pending?: number }; webhooksInFlight: number } };
    return (data.events.pending ?? 0) + data.webhooksInFlight;
  };
  let left = await pending();
  for (let standstills = 0; left > 0; ) {
    const before = left;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    left = await pending();
    if (left < before) continue;
    standstills += 1;
    if (standstills > 60) throw new Error(`Mux could not deliver ${left} events.`);
    await double.kill();
  }
  await relay.idle();
}

/** The minute's upkeep asks Mux about what should have ended, and dies with the answer in its hand. */
export const dieInUpkeep = (stage: Stage): Promise<void> => dieInJob(stage, 'upkeep', upkeepPoint, leasesEnd);

/** Upkeep again, until it has closed those that were never heard of at Mux, which are in none of its lists. */
export async function upkeep(stage: Stage): Promise<void> {
  const { cluster } = stage;
  await eventually(
    'upkeep had closed the uploads that never began',
    async () => {
      const [open] = await cluster.query(
        `select from app.upload_jobs where state = 'requested' and mux_upload_id is null`,
      );
      if (open === undefined) return true;
      await letTimePass(stage.cluster, leasesEnd);
      await cluster.query(`select jobs.enqueue('upkeep')`);
      return undefined;
    },
    { withinMs: 60_000, everyMs: 2_000 },
  );
}

/** Compares everything with Mux, dying on the way. @returns what the last run, which comes to its end, says */
export async function reconcile(stage: Stage, hit: Hit): Promise<{ outcome: string; found: Record<string, number> }> {
  const run = async (dieAt?: string) => {
    await letTimePass(stage.cluster, leasesEnd);
    return stage.command('api/src/mux-reconcile.ts', ['--json'], dieAt);
  };
  for (const point of reconcilePoints) {
    const { signal } = await run(point);
    if (signal === 'SIGKILL') hit(point);
  }
  await stage.control('faults', { match: { method: 'GET', path: '/video/v1/assets' }, status: 503, times: 1 });
  await stage.control('faults', { match: { method: 'GET', path: '/video/v1/uploads' }, truncate: 30, times: 1 });
  const { code, output } = await run();
  if (code !== 0) throw new Error(`The comparison with Mux ended with ${code}: ${output}`);
  const last = await run();
  if (last.code !== 0) throw new Error(`The second comparison with Mux ended with ${last.code}: ${last.output}`);
  return JSON.parse(last.report);
}

/** Replaces the signing key, dying at every step; the hours that an old key drains pass at once. */
export async function rotateKey(stage: Stage, hit: Hit): Promise<void> {
  for (const point of [...rotationPoints, undefined]) {
    const { code, signal, output } = await stage.command('api/src/keys-rotate.ts', ['mux-signing', '--json'], point);
    if (point !== undefined && signal === 'SIGKILL') hit(point);
    else if (code !== 0)
      throw new Error(`The rotation ended with ${code ?? signal} (${point ?? 'no crash'}): ${output}`);
    await letTimePass(stage.cluster, [
      `update app.signing_keys set draining_at = draining_at - interval '1 hour' where state = 'draining'`,
    ]);
  }
}

/** Resolves when every event is settled and every entry of the audit log is sealed, or when that takes too long: the invariants tell. */
export async function settle({ cluster }: Stage): Promise<void> {
  await eventually(
    'everything was folded and sealed',
    async () => {
      await cluster.query(
        `update app.webhook_events set next_attempt_at = now() where state = 'received' and attempts > 0`,
      );
      const [open] = await cluster.query(
        `select from app.webhook_events where state = 'received'
         union all select from audit.entries e where not exists (select from audit.leaves l where l.entry_id = e.id)
         limit 1`,
      );
      return open === undefined ? true : undefined;
    },
    { withinMs: 60_000, everyMs: 250 },
  ).catch(() => undefined);
}
