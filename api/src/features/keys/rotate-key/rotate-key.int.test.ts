import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, startIntegrationApp, webhookSecrets } from '../../../../test/integration-app.ts';
import { signedWebhook } from '../../../../test/signed-webhook.ts';

const people = {
  tomas: { sub: 'user_tomas_reid', role: 'mm_operator' },
  priya: { sub: 'user_priya_nair', role: 'mm_admin' },
  amelia: { sub: 'user_amelia_hart', role: 'mm_coach' },
  grace: { sub: 'user_grace_lin', role: 'mm_auditor' },
};
type Person = keyof typeof people;

let subject: IntegrationApp;
let bare: IntegrationApp;
beforeAll(async () => {
  [subject, bare] = await Promise.all([
    startIntegrationApp({ environment: { KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64') } }),
    startIntegrationApp(),
  ]);
});
afterAll(() => Promise.all([subject.close(), bare.close()]));

/** Each call is of a session of its own, so that it has a confirmation of its own. */
async function ask(
  person: Person,
  body: object,
  { claims = {}, app = subject }: { claims?: object; app?: IntegrationApp } = {},
) {
  const token = await app.issuer.token({
    claims: { ...people[person], azp: app.config.http.publicUrl, sid: randomUUID(), ...claims },
  });
  const response = await fetch(`${app.origin}/api/keys/rotations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    json: (await response.json()) as {
      code?: string;
      errors?: { pointer: string }[];
      steps?: { step: string; keyId: string; until?: string }[];
    },
  };
}
const rows = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await subject.database.admin.query<Row>(text, values)).rows;
const reason = 'The yearly rotation';

describe('POST /api/keys/rotations', () => {
  it('needs a session', async () => {
    const response = await fetch(`${subject.origin}/api/keys/rotations`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
  });

  it.each(['amelia', 'grace'] as const)('is not for %s', async (person) => {
    expect(await ask(person, { rotation: 'mux-signing', reason })).toMatchObject({
      status: 403,
      json: { code: 'auth.forbidden' },
    });
  });

  it.each([
    ['no known key', { rotation: 'mux-token', reason }, '#/rotation'],
    ['no reason', { rotation: 'mux-signing', reason: ' x ' }, '#/reason'],
    ['a secret that is none', { rotation: 'mux-webhook', reason, secret: 'short' }, '#/secret'],
    ['a secret for a key of Mux', { rotation: 'mux-signing', reason, secret: 'x'.repeat(20) }, '#/secret'],
    ['no secret to begin with', { rotation: 'mux-webhook', reason }, '#/secret'],
  ])('refuses %s by its field', async (_what, body, pointer) => {
    expect(await ask('tomas', body)).toMatchObject({
      status: 422,
      json: { code: 'request.invalid', errors: [{ pointer }] },
    });
  });

  it('has no secret to rotate of a provider that is not configured', async () => {
    expect(await ask('tomas', { rotation: 'clerk-webhook', reason, secret: `whsec_${'A'.repeat(32)}` })).toMatchObject({
      status: 404,
      json: { code: 'key.not_found' },
    });
  });

  it('needs a fresh confirmation, and begins nothing without one', async () => {
    const refused = await ask('tomas', { rotation: 'mux-signing', reason }, { claims: { fva: [11, -1] } });
    expect(refused).toMatchObject({ status: 403, json: { code: 'auth.step_up_required' } });
    expect(await rows('select id from app.signing_keys')).toEqual([]);
    expect(await rows(`select id from audit.entries where object_type = 'key_rotation'`)).toEqual([]);
  });

  it('is refused where there is nowhere to keep a key, and leaves the confirmation unused', async () => {
    const claims = { sid: randomUUID() };
    expect(await ask('tomas', { rotation: 'mux-signing', reason }, { claims, app: bare })).toMatchObject({
      status: 409,
      json: { code: 'key.no_store' },
    });
    const { rows: used } = await bare.database.admin.query('select id from authz.confirmations');
    expect(used).toEqual([]);
  });

  it('rotates the signing key, and the log tells who asked, why, and each step of the same request', async () => {
    const answer = await ask('priya', { rotation: 'mux-signing', reason });
    expect(answer.status).toBe(200);
    expect(answer.json.steps?.map(({ step }) => step)).toEqual(['adopted', 'created', 'switched', 'waits']);
    const entries = await rows<{ what: string; actor_subject: string | null; reason: string | null }>(
      `select action || coalesce(' ' || (after ->> 'state'), '') as what, actor_subject, reason from audit.entries
       where request_id = $1 order by id`,
      [answer.requestId],
    );
    expect(entries).toEqual([
      { what: 'key_rotation.asked', actor_subject: 'user_priya_nair', reason },
      { what: 'signing_key.created active', actor_subject: null, reason: null },
      { what: 'signing_key.created created', actor_subject: null, reason: null },
      { what: 'signing_key.updated draining', actor_subject: null, reason: null },
      { what: 'signing_key.updated active', actor_subject: null, reason: null },
    ]);
  });

  it('rotates a webhook secret step by step, and answers no secret', async () => {
    const secret = randomBytes(24).toString('base64url');
    const begun = await ask('tomas', { rotation: 'mux-webhook', reason, secret });
    expect(begun.json.steps?.map(({ step }) => step)).toEqual(['adopted', 'created', 'unused']);
    const { body, headers } = signedWebhook({ id: randomUUID(), type: 'video.new', data: {} }, { secret });
    const delivered = await fetch(`${subject.origin}/api/webhooks/mux`, { method: 'POST', headers, body });
    expect(delivered.status).toBe(200);
    await subject.app.webhookSecrets.settle();
    const gone = await ask('tomas', { rotation: 'mux-webhook', reason: 'It has leaked', hasLeaked: true });
    expect(gone.json.steps?.map(({ step }) => step)).toEqual(['switched', 'deleted']);
    expect(JSON.stringify([begun.json, gone.json]) + subject.log()).not.toContain(secret);
    const { rows: listed } = await subject.database.admin.query<{ text: string }>(
      `select to_jsonb(s)::text as text from app.webhook_secrets s`,
    );
    for (const each of webhookSecrets) expect(JSON.stringify(listed)).not.toContain(each);
  });

  it('says so when Mux refuses a step, and goes on when it is asked again', async () => {
    await subject.database.admin.query(
      `begin; set local session_replication_role = replica;
       update app.signing_keys set draining_at = now() - interval '17 minutes' where state = 'draining'; commit`,
    );
    const [old] = await rows<{ id: string }>(`select id from app.signing_keys where state = 'draining'`);
    await subject.control('faults', {
      match: { method: 'DELETE', path: `/system/v1/signing-keys/${old?.id}` },
      status: 503,
    });
    expect(await ask('tomas', { rotation: 'mux-signing', reason })).toMatchObject({
      status: 502,
      json: { code: 'key.vendor_refused' },
    });
    const again = await ask('tomas', { rotation: 'mux-signing', reason });
    expect(again.json.steps?.map(({ step }) => step)).toEqual(['deleted']);
  });
});
