import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenVideo } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp, webhookSecrets } from '../../../../test/integration-app.ts';
import { signedWebhook } from '../../../../test/signed-webhook.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterAll(() => subject.close());

const eventOf = (overrides: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  type: 'video.asset.ready',
  object: { type: 'asset', id: 'asset-of-nobody' },
  created_at: new Date().toISOString(),
  data: { id: 'asset-of-nobody', status: 'ready' },
  ...overrides,
});

async function deliver(event: object, options: { secret?: string; ageSeconds?: number } = {}) {
  const { body, headers } = signedWebhook(event, { secret: webhookSecrets[0], ...options });
  const response = await fetch(`${subject.origin}/api/webhooks/mux`, { method: 'POST', headers, body });
  return { status: response.status, json: (await response.json()) as Record<string, unknown>, body };
}

const stored = async (eventId: string) => {
  const { rows } = await subject.database.admin.query<Record<string, unknown>>(
    "select id, type, object_id, state, convert_from(body, 'utf8') as body, signed_at from app.webhook_events where event_id = $1",
    [eventId],
  );
  return rows;
};
const jobsFor = async (rowId: unknown) => {
  const { rows } = await subject.database.admin.query(
    "select name, state from pgboss.job where data -> 'webhookEventIds' ? $1",
    [rowId],
  );
  return rows;
};

describe('an event of Mux', () => {
  it('is stored byte for byte, with one job to fold it, before it is acknowledged', async () => {
    const event = eventOf({ note: 'ünïcode \u2028 kept' });
    const { status, json, body } = await deliver(event);
    expect({ status, json }).toEqual({ status: 200, json: { received: true } });
    const rows = await stored(event.id);
    expect(rows).toMatchObject([{ type: 'video.asset.ready', object_id: 'asset-of-nobody', state: 'received', body }]);
    expect(await jobsFor(rows[0]?.id)).toEqual([{ name: 'fold-webhook-events', state: 'created' }]);
  });

  it.each(webhookSecrets)('is accepted under each of the two secrets (%s)', async (secret) => {
    expect((await deliver(eventOf(), { secret })).status).toBe(200);
  });

  it('that comes twice, also at the same time, is stored once and folded once', async () => {
    const event = eventOf();
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(event)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const rows = await stored(event.id);
    expect(rows).toHaveLength(1);
    expect(await jobsFor(rows[0]?.id)).toHaveLength(1);
  });

  it('that is rightly signed but stale is kept aside and not folded', async () => {
    const event = eventOf();
    expect(await deliver(event, { ageSeconds: 301 })).toMatchObject({ status: 202, json: { received: true } });
    const rows = await stored(event.id);
    expect(rows).toMatchObject([{ state: 'quarantined' }]);
    expect(await jobsFor(rows[0]?.id)).toEqual([]);
  });

  it('that was stale and comes again freshly signed is believed', async () => {
    const event = eventOf();
    await deliver(event, { ageSeconds: 4_000 });
    expect((await deliver(event)).status).toBe(200);
    const rows = await stored(event.id);
    expect(rows).toMatchObject([{ state: 'received' }]);
    expect(await jobsFor(rows[0]?.id)).toHaveLength(1);
  });

  it('that was stored and comes again stale changes nothing', async () => {
    const event = eventOf();
    await deliver(event);
    expect((await deliver(event, { ageSeconds: 4_000 })).status).toBe(200);
    const rows = await stored(event.id);
    expect(rows).toMatchObject([{ state: 'received' }]);
    expect(await jobsFor(rows[0]?.id)).toHaveLength(1);
  });

  it.each([
    ['wrong', { secret: 'not-the-secret-at-all' }],
    ['of the future', { ageSeconds: -120 }],
  ])('whose signature is %s changes nothing', async (_name, options) => {
    const event = eventOf();
    expect(await deliver(event, options)).toMatchObject({ status: 401, json: { code: 'webhook.signature_invalid' } });
    expect(await stored(event.id)).toEqual([]);
  });

  it('without a signature changes nothing', async () => {
    const event = eventOf();
    const response = await fetch(`${subject.origin}/api/webhooks/mux`, { method: 'POST', body: JSON.stringify(event) });
    expect(response.status).toBe(401);
    expect(await stored(event.id)).toEqual([]);
  });

  it('of a type that nobody knows is stored as well', async () => {
    const event = eventOf({ type: 'video.something.new', object: undefined });
    expect((await deliver(event)).status).toBe(200);
    expect(await stored(event.id)).toMatchObject([{ type: 'video.something.new', object_id: null }]);
  });
});

describe('an event that cannot be stored', () => {
  const jobCount = async () => {
    const { rows } = await subject.database.admin.query<{ count: number }>(
      'select count(*)::int as count from pgboss.job',
    );
    return rows[0]?.count;
  };

  it('is never acknowledged: when its job cannot be written, neither is the event', async () => {
    await subject.database.admin.query('revoke insert on all tables in schema pgboss from mm_owner');
    const event = eventOf();
    const refused = await deliver(event);
    await subject.database.admin.query('grant insert on all tables in schema pgboss to mm_owner');
    expect(refused).toMatchObject({ status: 503, json: { code: 'service.unavailable' } });
    expect(await stored(event.id)).toEqual([]);
    expect((await deliver(event)).status).toBe(200);
  });

  it('is never acknowledged: when COMMIT fails, neither event nor job is there', async () => {
    // Every statement succeeds, and only then does the database refuse.
    await subject.database.admin.query(`
      create function public.refuse_commit() returns trigger language plpgsql as $$ begin raise exception 'disk full' using errcode = '53100'; end $$;
      grant execute on function public.refuse_commit() to public;
      create constraint trigger refuse_commit after insert on app.webhook_events deferrable initially deferred
        for each row execute function public.refuse_commit()`);
    const before = await jobCount();
    const event = eventOf();
    const refused = await deliver(event);
    await subject.database.admin.query(
      'drop trigger refuse_commit on app.webhook_events; drop function public.refuse_commit()',
    );
    expect(refused).toMatchObject({ status: 503, json: { code: 'service.unavailable' } });
    expect(await stored(event.id)).toEqual([]);
    expect(await jobCount()).toBe(before);
    expect((await deliver(event)).status).toBe(200);
    expect(await jobCount()).toBe((before ?? 0) + 1);
  });
});

describe('events out of order', () => {
  const orders = [
    ['created', 'asset_created', 'ready'],
    ['ready', 'asset_created', 'created'],
    ['asset_created', 'ready', 'created'],
    ['ready', 'created', 'asset_created', 'ready'],
  ] as const;

  it.each(orders.map((order) => [order.join(', '), order] as const))(
    '(%s) end in the same state',
    async (_name, order) => {
      const video = await givenVideo(subject.database, { ready: false });
      const asset = `asset-${video.id}`;
      const upload = {
        id: `upload-${video.id}`,
        asset_id: asset,
        new_asset_settings: { passthrough: video.uploadJobId },
      };
      const ready = {
        id: asset,
        status: 'ready',
        upload_id: upload.id,
        passthrough: video.uploadJobId,
        playback_ids: [{ id: video.playbackId, policy: 'signed' }],
        duration: 9.25,
        aspect_ratio: '16:9',
      };
      const events = {
        created: eventOf({
          type: 'video.asset.created',
          object: { type: 'asset', id: asset },
          data: { ...ready, status: 'preparing' },
        }),
        asset_created: eventOf({
          type: 'video.upload.asset_created',
          object: { type: 'upload', id: upload.id },
          data: upload,
        }),
        ready: eventOf({ type: 'video.asset.ready', object: { type: 'asset', id: asset }, data: ready }),
      };
      for (const name of order) {
        expect((await deliver(events[name])).status).toBe(200);
        const [row] = await stored(events[name].id);
        await subject.database.admin.query('select app.fold_webhook_event($1)', [row?.id]);
      }
      const { rows } = await subject.database.admin.query(
        `select v.status, v.duration_seconds, j.state, a.playback_id
       from app.videos v join app.upload_jobs j on j.video_id = v.id join app.mux_assets a on a.video_id = v.id where v.id = $1`,
        [video.id],
      );
      expect(rows).toEqual([
        { status: 'ready', duration_seconds: '9.25', state: 'ready', playback_id: video.playbackId },
      ]);
    },
  );
});
