import type Mux from '@mux/mux-node';
import type { Looking } from './database-invariants.ts';
import type { Ledger } from './ledger.ts';
import type { Violation } from './violations.ts';

/** What was answered 2xx is stored, bytes and all; what must never be answered was not (UP-06, UP-07). */
export async function checkAcknowledged(admin: Looking, ledger: Ledger): Promise<Violation[]> {
  const acknowledged = ledger.events.filter((event) => event.acknowledged > 0);
  const { rows: lost } = await admin.query<{ fact: string }>(
    `select format('event %s was answered 2xx and is %s', sent.id, case when e.id is null then 'not stored' else 'stored with other bytes' end) as fact
     from unnest($1::text[], $2::text[]) sent (id, digest)
     left join app.webhook_events e on e.provider = 'mux' and e.event_id = sent.id
     where e.id is null or encode(sha256(e.body), 'hex') <> sent.digest`,
    [acknowledged.map(({ id }) => id), acknowledged.map(({ digest }) => digest)],
  );
  const { rows: gone } = await admin.query<{ fact: string }>(
    `select format('upload %s was answered 201 and is not stored', told.id) as fact
     from unnest($1::uuid[]) told (id)
     where not exists (select from app.upload_jobs j where j.id = told.id and j.mux_upload_id is not null)`,
    [[...ledger.acknowledgedUploads]],
  );
  const neverTaken = ledger.events.filter((event) => event.acknowledged === 0 && !event.isGivenUp);
  return [
    ...[...lost, ...gone].map(({ fact }): Violation => ({ kind: 'lost', what: fact })),
    ...neverTaken.map(
      ({ type, id, attempts }): Violation => ({
        kind: 'lost',
        what: `${type} ${id} was not taken in ${attempts} attempts`,
      }),
    ),
    ...ledger.wrongAnswers.map((what): Violation => ({ kind: 'lost', what })),
  ];
}

const difference = (one: ReadonlySet<string>, other: ReadonlySet<string>): string[] =>
  [...one].filter((line) => !other.has(line));

/** Our assets and Mux's are the same, with the same status and owner; one upload, and one asset, at Mux for each of ours (UP-10, JB-08). */
export async function checkMux(admin: Looking, mux: Mux): Promise<Violation[]> {
  const violations: Violation[] = [];
  const atMux = new Set<string>();
  const seen = new Map<string, number>();
  const count = (key: string): void => void seen.set(key, (seen.get(key) ?? 0) + 1);
  for await (const asset of mux.video.assets.list({ limit: 100 })) {
    atMux.add(`${asset.id} ${asset.passthrough ?? 'nobody'} ${asset.status}`);
    if (asset.passthrough) count(`asset of upload ${asset.passthrough}`);
  }
  for await (const upload of mux.video.uploads.list({ limit: 100 })) {
    const owner = upload.new_asset_settings?.passthrough;
    if (owner) count(`upload at Mux of upload ${owner}`);
  }
  const { rows } = await admin.query<{ line: string }>(
    `select format('%s %s %s', id, coalesce(upload_job_id::text, 'nobody'), status) as line
     from app.mux_assets where status <> 'deleted'`,
  );
  const ours = new Set(rows.map(({ line }) => line));
  for (const line of difference(atMux, ours)) violations.push({ kind: 'orphaned', what: `only at Mux: asset ${line}` });
  for (const line of difference(ours, atMux))
    violations.push({ kind: 'orphaned', what: `only with us: asset ${line}` });
  for (const [key, times] of seen) {
    if (times > 1) violations.push({ kind: 'doubled', what: `${times} times ${key}` });
  }
  return [...violations, ...(await checkSigningKeys(admin, mux))];
}

/** Tokens are signed with a key that Mux knows, and what we call deleted it has deleted (SH-17). */
async function checkSigningKeys(admin: Looking, mux: Mux): Promise<Violation[]> {
  const atMux = new Set<string>();
  for await (const key of mux.system.signingKeys.list()) if (key.id !== undefined) atMux.add(key.id);
  const { rows } = await admin.query<{ id: string; state: string }>('select id, state from app.signing_keys');
  return rows
    .filter(({ id, state }) => atMux.has(id) === (state === 'deleted'))
    .map(
      ({ id, state }): Violation => ({
        kind: 'orphaned',
        what: `signing key ${id} is ${state} with us and ${atMux.has(id) ? 'known' : 'unknown'} at Mux`,
      }),
    );
}
