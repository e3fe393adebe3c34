import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase, databaseRules } from './database-invariants.ts';
import { checkAcknowledged, checkMux } from './outside-invariants.ts';
import { makeQuietWorld, type QuietWorld } from './quiet-world.ts';
import type { Violation } from './violations.ts';

let world: QuietWorld;
beforeAll(async () => {
  world = await makeQuietWorld();
});
afterAll(() => world?.close());

/** Does harm that no function of the product could, looks, and takes it back. */
async function after(harm: string, look: (client: PoolClient) => Promise<Violation[]>): Promise<string[]> {
  const client = await world.database.admin.connect();
  try {
    await client.query(`begin; set local session_replication_role = replica; ${harm}`);
    return (await look(client)).map(({ kind, what }) => `${kind}: ${what}`);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** Copies the first row of a table, with other values in some columns. */
const copy = (table: string, changes: Record<string, string>): string =>
  `insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object(${Object.entries(
    changes,
  )
    .map(([column, value]) => `'${column}', ${value}`)
    .join(', ')}))).* from (select * from ${table} order by 1 limit 1) t`;

const firstId = (table: string): string => `(select min(id::text) from ${table})`;
const entryOf = (object: string, column: string): string =>
  `(select max(id::text)::uuid from audit.entries where object_type = '${object}' and after ? '${column}' and before ? '${column}')`;

/** How the trail of one column through the audit log can break. */
const brokenTrail = (object: string, table: string, column: string): Record<string, string> => ({
  [`each ${column} of a ${object} is entered in the audit log once`]: `
    insert into audit.entries select (jsonb_populate_record(e, jsonb_build_object('id', uuidv7()))).*
    from audit.entries e where e.id = ${entryOf(object, column)}`,
  [`each change of a ${object} begins where the one before ended`]: `
    update audit.entries e set before = e.before || '{"${column}": "elsewhere"}' where e.id = ${entryOf(object, column)}`,
  [`the ${column} of a ${object} is the last in the audit log`]: `
    update ${table} set ${column} = 'errored' where id::text = ${firstId(table)}`,
});

/** For each rule, harm that breaks it. */
const harms: Readonly<Record<string, string>> = {
  'an event is stored once': copy('app.webhook_events', { id: 'uuidv7()' }),
  'every event is settled, or kept aside for a person': `update app.webhook_events set state = 'received'`,
  'every upload has ended, or is younger than its limit': `
    update app.upload_jobs set state = 'processing', expires_at = now() - interval '1 minute'`,
  'a video is what its upload came to': `update app.videos set status = 'processing'`,
  'an upload becomes one asset': copy('app.mux_assets', { id: `'another'`, playback_id: `'another'` }),
  'an alert is open once': `
    drop index app.alerts_open_idx;
    insert into app.alerts (key, severity, title) values ('twice', 'warning', 'One'), ('twice', 'warning', 'Another')`,
  'an entry of the audit log is sealed once': `
    alter table audit.leaves drop constraint leaves_entry_id_key; ${copy('audit.leaves', { leaf_index: '4000' })}`,
  'every entry of the audit log is sealed': 'delete from audit.leaves',
  'the audit log verifies from its beginning': `update audit.entries set reason = 'rewritten'`,
  ...brokenTrail('upload_job', 'app.upload_jobs', 'state'),
  ...brokenTrail('video', 'app.videos', 'status'),
  ...brokenTrail('mux_asset', 'app.mux_assets', 'status'),
};

describe('a world in which nothing went wrong', () => {
  it('breaks no rule', async () => {
    const { database, ledger, mux } = world;
    expect([
      ...(await checkAcknowledged(database.admin, ledger)),
      ...(await checkDatabase(database.admin)),
      ...(await checkMux(database.admin, mux)),
    ]).toEqual([]);
  });
});

describe('harm in the database is noticed', () => {
  it('there is harm for every rule', () => {
    expect(Object.keys(harms).sort()).toEqual([...databaseRules].sort());
  });

  it.each(Object.entries(harms))('%s', async (rule, harm) => {
    const noticed = await after(harm, checkDatabase);
    expect(noticed.filter((line) => line.includes(`: ${rule}: `))).not.toEqual([]);
  });
});

describe('harm to what was acknowledged is noticed', () => {
  const look = (client: PoolClient) => checkAcknowledged(client, world.ledger);

  it('an event that was answered 2xx is gone', async () => {
    const [event] = world.ledger.events;
    expect(await after(`delete from app.webhook_events where event_id = '${event?.id}'`, look)).toEqual([
      `lost: event ${event?.id} was answered 2xx and is not stored`,
    ]);
  });

  it('an event that was answered 2xx has other bytes', async () => {
    const [event] = world.ledger.events;
    expect(await after(`update app.webhook_events set body = '{}' where event_id = '${event?.id}'`, look)).toEqual([
      `lost: event ${event?.id} was answered 2xx and is stored with other bytes`,
    ]);
  });

  it('an upload that was answered 201 is gone', async () => {
    const [id] = world.ledger.acknowledgedUploads;
    expect(await after(`delete from app.upload_jobs where id = '${id}'`, look)).toEqual([
      `lost: upload ${id} was answered 201 and is not stored`,
    ]);
  });

  it('an event was never taken, and Mux has not given up', async () => {
    const body = Buffer.from(JSON.stringify({ id: randomUUID(), type: 'video.asset.ready', object: { id: 'asset' } }));
    const event = world.ledger.eventOf(body);
    event.attempts = 7;
    expect(await after('', look)).toEqual([`lost: video.asset.ready ${event.id} was not taken in 7 attempts`]);
    event.isGivenUp = true;
    expect(await after('', look)).toEqual([]);
  });

  it('an answer was given that never may be', async () => {
    world.ledger.wrongAnswers.push('POST /api/uploads was answered 500');
    expect(await after('', look)).toEqual(['lost: POST /api/uploads was answered 500']);
    world.ledger.wrongAnswers.pop();
  });
});

describe('harm between us and Mux is noticed', () => {
  const look = (client: PoolClient) => checkMux(client, world.mux);

  it.each([
    ['an asset that only Mux has', 'delete from app.mux_assets', /^orphaned: only at Mux: asset /],
    [
      'an asset that only we have',
      copy('app.mux_assets', { id: `'ours'`, playback_id: `'ours'` }),
      /^orphaned: only with us: asset ours /,
    ],
    [
      'an asset with another status',
      `update app.mux_assets set status = 'errored'`,
      /^orphaned: only with us: asset \S+ \S+ errored$/,
    ],
    [
      'an asset of another upload',
      'update app.mux_assets set upload_job_id = null',
      /^orphaned: only with us: asset \S+ nobody ready$/,
    ],
    [
      'a signing key that Mux does not know',
      copy('app.signing_keys', { id: `'unknown'`, state: `'draining'`, draining_at: 'now()' }),
      /^orphaned: signing key unknown is draining/,
    ],
    [
      'a deleted signing key that Mux still has',
      `update app.signing_keys set state = 'deleted', sealed_private_key = null, draining_at = now(), deleted_at = now()`,
      /^orphaned: signing key \S+ is deleted with us and known/,
    ],
  ])('%s', async (_what, harm, told) => {
    const noticed = await after(harm, look);
    expect(noticed.filter((line) => told.test(line))).not.toEqual([]);
  });

  it('an upload that was made at Mux twice', async () => {
    const [jobId = ''] = world.ledger.acknowledgedUploads;
    await world.mux.video.uploads.create({ cors_origin: '*', new_asset_settings: { passthrough: jobId } });
    expect(await after('', look)).toEqual([`doubled: 2 times upload at Mux of upload ${jobId}`]);
  });
});
