import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Asker,
  arrangeShare,
  arrangeVideo,
  decide,
  only,
  profileOf,
  report,
  type Share,
  type ShareOptions,
  type Upload,
} from '../src/arrange.ts';
import { createTestDatabase, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;

beforeAll(async () => {
  database = await createTestDatabase();
  video = await arrangeVideo(database, 'amelia', 'Deep squat');
});
afterAll(() => database?.close());

const passphraseHash = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'b'.repeat(43)}`;
const share = (options: ShareOptions = {}) => arrangeShare(database, 'amelia', video.videoId, options);
const ruleOf = async ({ publicId, secret }: Share, asker: Asker = {}) =>
  (await decide(database, publicId, secret, asker)).rule;
const helen: Asker = { subject: personas.helen.subject };
const heartbeat = (sequence = 0) => [{ sequence, kind: 'heartbeat', watched_ms: [[0, 5000]] }];

/** Changes what only time, or another person, could. */
async function rewrite(statement: string, values: unknown[]): Promise<void> {
  const client = await database.admin.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    await client.query(statement, values);
    await client.query('commit');
  } finally {
    client.release();
  }
}

describe('options of a share link, one at a time', () => {
  test('play.not_started: a link with a start begins then, and lives for at most 7 days from there', async () => {
    const starts = new Date(Date.now() + 86_400_000);
    const link = await share({ starts_at: starts });
    expect(link.expiresAt.getTime()).toBe(starts.getTime() + 168 * 3_600_000);
    expect(await ruleOf(link)).toBe('play.not_started');
  });

  test('play.origin_refused: another site shows the video only when it is named, and our own page always', async () => {
    const closed = await share();
    expect(await ruleOf(closed, { embedOrigin: 'https://club.example' })).toBe('play.origin_refused');
    expect(await ruleOf(closed)).toBe('play.allowed');
    const link = await share({ embed_origins: [' https://Club.example ', 'https://club.example:8443'] });
    expect(await ruleOf(link, { embedOrigin: 'https://club.example' })).toBe('play.allowed');
    expect(await ruleOf(link, { embedOrigin: 'https://club.example:8443' })).toBe('play.allowed');
    for (const other of [
      'http://club.example',
      'https://club.example.evil.example',
      'https://club.example/',
      'null',
      '',
    ])
      expect({ other, rule: await ruleOf(link, { embedOrigin: other }) }).toEqual({
        other,
        rule: 'play.origin_refused',
      });
    expect(await ruleOf(link)).toBe('play.allowed');
  });

  test('play.sign_in_needed: an account that is not suspended, in a session that has not been ended', async () => {
    const link = await share({ sign_in_required: true });
    expect(await ruleOf(link)).toBe('play.sign_in_needed');
    expect(await ruleOf(link, { subject: 'user_never_seen' })).toBe('play.sign_in_needed');
    expect(await ruleOf(link, { ...helen, session: null })).toBe('play.sign_in_needed');
    expect(await ruleOf(link, helen)).toBe('play.allowed');
    const { rows } = await database.admin.query(
      `select profile_id from app.playback_decisions where share_token_id = $1 and allowed`,
      [link.id],
    );
    expect(rows).toEqual([{ profile_id: await profileOf(database, personas.helen.subject) }]);

    await rewrite(
      `insert into authz.sessions (id, profile_id, denied_at, denied_by, deny_reason)
       select 'ended session', id, now(), id, 'Stolen' from app.profiles where subject = $1`,
      [personas.helen.subject],
    );
    expect(await ruleOf(link, { ...helen, session: 'ended session' })).toBe('play.sign_in_needed');
    await rewrite(
      `insert into authz.sessions (id, profile_id) select 'session of ben', id from app.profiles where subject = $1`,
      [personas.ben.subject],
    );
    expect(await ruleOf(link, { ...helen, session: 'session of ben' })).toBe('play.sign_in_needed');
    await rewrite('update app.profiles set suspended_at = now() where subject = $1', [personas.helen.subject]);
    expect(await ruleOf(link, helen)).toBe('play.sign_in_needed');
    await rewrite('update app.profiles set suspended_at = null where subject = $1', [personas.helen.subject]);
  });

  test('play.recipient_needed: an address that is named, or one behind a named domain, subdomains not', async () => {
    const link = await share({ recipients: [' Ann@Club.example', '@team.example'] });
    expect(await ruleOf(link)).toBe('play.recipient_needed');
    for (const email of ['ann@club.example', 'ANN@club.example', 'anybody@team.example'])
      expect({ email, rule: await ruleOf(link, { email }) }).toEqual({ email, rule: 'play.allowed' });
    for (const email of ['bob@club.example', 'ann@sub.team.example', 'ann@evil-team.example', 'team.example', '@', ''])
      expect({ email, rule: await ruleOf(link, { email }) }).toEqual({ email, rule: 'play.recipient_needed' });
  });

  test('a signed-in account proves its own address; with sign-in demanded nobody else gets in', async () => {
    const address = only(
      await database.admin.query<{ email: string }>('select email from app.profiles where subject = $1', [
        personas.helen.subject,
      ]),
    ).email;
    const link = await share({ recipients: [address], sign_in_required: true });
    expect(await ruleOf(link, helen)).toBe('play.allowed');
    expect(await ruleOf(link, { email: address })).toBe('play.sign_in_needed');
    expect(await ruleOf(link, { subject: personas.ben.subject })).toBe('play.recipient_needed');
  });

  test('a link for recipients whose last recipient has been erased lets nobody in', async () => {
    const link = await share({ recipients: ['ann@club.example'] });
    await database.admin.query('delete from app.share_recipients where share_token_id = $1', [link.id]);
    expect(await ruleOf(link, { email: 'ann@club.example' })).toBe('play.recipient_needed');
    expect(await ruleOf(link)).toBe('play.recipient_needed');
  });

  /** As the step of an erasure does it: with the rights of the functions' owner. */
  async function eraseRecipients(person: string): Promise<void> {
    const client = await database.admin.connect();
    try {
      await client.query('begin; set local role mm_owner');
      await client.query(`select app.erase_column($1, 'app.share_recipients', 'value', 'delete')`, [person]);
      await client.query('commit');
    } finally {
      client.release(true);
    }
  }

  test('erasing somebody takes their address off every link, and every address off the links of their own videos', async () => {
    const helenId = await profileOf(database, personas.helen.subject);
    const { email } = only(
      await database.admin.query<{ email: string }>('select lower(email) as email from app.profiles where id = $1', [
        helenId,
      ]),
    );
    const link = await share({ recipients: [email, 'ann@club.example', '@team.example'] });
    await eraseRecipients(helenId);
    const left = async () =>
      (
        await database.admin.query<{ value: string }>(
          'select value from app.share_recipients where share_token_id = $1 order by 1',
          [link.id],
        )
      ).rows.map(({ value }) => value);
    expect(await left()).toEqual(['ann@club.example', 'team.example']);
    expect(await ruleOf(link, { email: 'ann@club.example' })).toBe('play.allowed');
    await eraseRecipients(await profileOf(database, personas.amelia.subject));
    expect(await left()).toEqual([]);
    expect(await ruleOf(link, { email: 'ann@club.example' })).toBe('play.recipient_needed');
  });

  test('play.passphrase_needed: until the api says that it has been given', async () => {
    const link = await share({ passphrase_hash: passphraseHash });
    for (const passphraseVerified of [false, null])
      expect(await ruleOf(link, { passphraseVerified })).toBe('play.passphrase_needed');
    expect(await ruleOf(link, { passphraseVerified: true })).toBe('play.allowed');
  });
});

describe('a limit of views', () => {
  test('opening claims nothing; the first heartbeat does, and the session keeps its view', async () => {
    const link = await share({ max_views: 1 });
    const first = await decide(database, link.publicId, link.secret);
    const second = await decide(database, link.publicId, link.secret);
    expect([first.rule, second.rule]).toEqual(['play.allowed', 'play.allowed']);
    expect(await report(database, link.publicId, first.session_id, [{ sequence: 0, kind: 'play' }])).toEqual({
      accepted: 1,
      may_continue: true,
    });
    expect((await report(database, link.publicId, first.session_id, heartbeat(1))).may_continue).toBe(true);
    expect((await report(database, link.publicId, second.session_id, heartbeat())).may_continue).toBe(false);
    expect(await ruleOf(link)).toBe('play.views_exhausted');
    expect(await ruleOf(link, { sessionId: second.session_id })).toBe('play.views_exhausted');
    const renewed = await decide(database, link.publicId, link.secret, { sessionId: first.session_id });
    expect(renewed).toMatchObject({ rule: 'play.allowed', session_id: first.session_id });
    expect((await report(database, link.publicId, first.session_id, heartbeat(2))).may_continue).toBe(true);
  });

  test('of 20 that claim the one view at the same moment exactly one gets it', async () => {
    const link = await share({ max_views: 1 });
    // The limit of openings is ten for each view: the sessions are let in as if more views were allowed.
    await rewrite('update app.share_tokens set max_views = 2 where id = $1', [link.id]);
    const sessions = await Promise.all(
      Array.from({ length: 20 }, async () => (await decide(database, link.publicId, link.secret)).session_id),
    );
    await rewrite('update app.share_tokens set max_views = 1 where id = $1', [link.id]);
    expect(new Set(sessions).size).toBe(20);
    const answers = await Promise.all(sessions.map((session) => report(database, link.publicId, session, heartbeat())));
    expect(answers.filter(({ may_continue }) => may_continue)).toHaveLength(1);
    const { rows } = await database.admin.query('select view_no from app.share_views where share_token_id = $1', [
      link.id,
    ]);
    expect(rows).toEqual([{ view_no: 1 }]);
  });

  test('who comes back to watch on without having told so claims a view then', async () => {
    const link = await share({ max_views: 1 });
    const silent = await decide(database, link.publicId, link.secret);
    const other = await decide(database, link.publicId, link.secret);
    expect(await ruleOf(link, { sessionId: silent.session_id })).toBe('play.allowed');
    expect(await ruleOf(link, { sessionId: other.session_id })).toBe('play.views_exhausted');
  });

  test('who opens the link anew each time, and never tells, is let in ten times for each view', async () => {
    const link = await share({ max_views: 1 });
    for (let i = 0; i < 10; i += 1) expect(await ruleOf(link)).toBe('play.allowed');
    expect(await ruleOf(link)).toBe('play.views_exhausted');
  });

  test('lowering the limit and claiming at the same moment never leave more views than the limit', async () => {
    const link = await share({ max_views: 8 });
    const sessions = await Promise.all(
      Array.from({ length: 8 }, async () => (await decide(database, link.publicId, link.secret)).session_id),
    );
    await report(database, link.publicId, sessions[0] ?? null, heartbeat());
    const lowered = database.asUser(
      'amelia',
      (client) => client.query('select api.update_share_token($1, 1, max_views => 4)', [link.id]),
      { keep: true },
    );
    const [change] = await Promise.allSettled([
      lowered,
      ...sessions.slice(1).map((session) => report(database, link.publicId, session, heartbeat())),
    ]);
    const { rows } = await database.admin.query<{ max_views: number; claimed: number }>(
      'select max_views, app.claimed_views(id) as claimed from app.share_tokens where id = $1',
      [link.id],
    );
    const [after] = rows;
    expect(after?.claimed).toBeLessThanOrEqual(after?.max_views ?? 0);
    // Whichever came first, the other has seen it.
    expect(after).toEqual(change?.status === 'fulfilled' ? { max_views: 4, claimed: 4 } : { max_views: 8, claimed: 8 });
  });

  test('a session of another link, or one that was never given out, is worth nothing', async () => {
    const link = await share({ max_views: 1 });
    const other = await share();
    const foreign = await decide(database, other.publicId, other.secret);
    const decision = await decide(database, link.publicId, link.secret, { sessionId: foreign.session_id });
    expect(decision.rule).toBe('play.allowed');
    expect(decision.session_id).not.toBe(foreign.session_id);
  });

  test('a link without a limit counts its views too', async () => {
    const link = await share();
    for (let i = 0; i < 3; i += 1) {
      const { session_id } = await decide(database, link.publicId, link.secret);
      await report(database, link.publicId, session_id, heartbeat());
    }
    const { rows } = await database.asUser('amelia', (client) =>
      client.query('select max_views, view_count from api.share_tokens where id = $1', [link.id]),
    );
    expect(rows).toEqual([{ max_views: null, view_count: 3 }]);
  });
});

describe('the order of the rules', () => {
  /** The rules of docs/explanation/sharing.md, in the order of its table. */
  function documentedOrder(): string[] {
    const path = fileURLToPath(new URL('../../docs/explanation/sharing.md', import.meta.url));
    return [...readFileSync(path, 'utf8').matchAll(/^\| \d+ \| `(play\.[a-z_]+)` \|/gm)].map(([, rule = '']) => rule);
  }

  test('a link with everything wrong is refused by the rules of docs/explanation/sharing.md in the order told there, as each is put right', async () => {
    const upload = await arrangeVideo(database, 'ben');
    const link = await arrangeShare(database, 'ben', upload.videoId, {
      max_views: 1,
      recipients: ['ann@club.example'],
      passphrase_hash: passphraseHash,
      sign_in_required: true,
    });
    await rewrite(
      `with v as (update app.videos set status = 'deleted' where id = (select video_id from app.share_tokens where id = $1)),
            p as (update app.profiles set suspended_at = now() where subject = 'user_ben_okafor'),
            w as (insert into app.share_views (share_token_id, view_no, session_id, coach_id)
                  select id, 1, uuidv7(), coach_id from app.share_tokens where id = $1)
       update app.share_tokens
       set revoked_at = now(), revoked_by = created_by, revoke_reason = 'Wrong person', created_at = now() - interval '8 days',
           starts_at = now() - interval '7 days', expires_at = now() - interval '1 hour'
       where id = $1`,
      [link.id],
    );
    const theSwitch = 'SIGNED_PLAYBACK_ENFORCED';
    await rewrite('update app.feature_flags set is_enabled = false where id = $1', [theSwitch]);
    let asked = { publicId: 'nosuchlink00', secret: 'wrong' };
    const asker: Asker = { embedOrigin: 'https://club.example' };
    const seen: string[] = [];
    const change = (set: string) => rewrite(`update app.share_tokens set ${set} where id = $1`, [link.id]);
    const rights: Record<string, () => Promise<void> | void> = {
      'play.unknown_link': () => {
        asked = { ...asked, publicId: link.publicId };
      },
      'play.wrong_secret': () => {
        asked = { ...asked, secret: link.secret };
      },
      'play.revoked': () => change('revoked_at = null, revoked_by = null, revoke_reason = null'),
      'play.expired': () => change(`starts_at = now() + interval '1 hour', expires_at = now() + interval '49 hours'`),
      'play.not_started': () => change('created_at = now(), starts_at = null'),
      'play.coach_suspended': () =>
        rewrite('update app.profiles set suspended_at = null where subject = $1', [personas.ben.subject]),
      'play.video_unavailable': () =>
        rewrite(`update app.videos set status = 'processing' where id = $1`, [upload.videoId]),
      'play.views_exhausted': () => rewrite('delete from app.share_views where share_token_id = $1', [link.id]),
      'play.origin_refused': () => change(`embed_origins = '{https://club.example}'`),
      'play.sign_in_needed': () => {
        asker.subject = personas.helen.subject;
      },
      'play.recipient_needed': () => {
        asker.email = 'ann@club.example';
      },
      'play.passphrase_needed': () => {
        asker.passphraseVerified = true;
      },
      'play.switched_off': () => rewrite('update app.feature_flags set is_enabled = true where id = $1', [theSwitch]),
      'play.not_ready': () => rewrite(`update app.videos set status = 'ready' where id = $1`, [upload.videoId]),
    };
    for (;;) {
      const { rule } = await decide(database, asked.publicId, asked.secret, asker);
      seen.push(rule);
      const putRight = rights[rule];
      if (rule === 'play.allowed' || putRight === undefined) break;
      await putRight();
      delete rights[rule];
    }
    expect(seen).toEqual(documentedOrder());
    expect(seen).toHaveLength(15);
  });
});

describe('making a link with options', () => {
  test.each([
    ['note', { note: 'x'.repeat(1001) }, 'length'],
    ['max_views', { max_views: 0 }, 'range'],
    ['max_views', { max_views: 1001 }, 'range'],
    ['recipients', { recipients: [] }, 'required'],
    ['recipients', { recipients: Array.from({ length: 51 }, (_, i) => `a${i}@club.example`) }, 'count'],
    ['recipients', { recipients: ['nobody'] }, 'format'],
    ['recipients', { recipients: ['@'] }, 'format'],
    ['recipients', { recipients: ['a b@club.example'] }, 'format'],
    ['embed_origins', { embed_origins: ['http://club.example'] }, 'format'],
    ['embed_origins', { embed_origins: ['https://club.example/path'] }, 'format'],
    ['embed_origins', { embed_origins: ['https://*.example'] }, 'format'],
    ['embed_origins', { embed_origins: Array.from({ length: 11 }, (_, i) => `https://a${i}.example`) }, 'count'],
    ['passphrase_hash', { passphrase_hash: 'open sesame' }, 'format'],
    ['passphrase_hash', { passphrase_hash: passphraseHash.replace('19456', '4194304') }, 'format'],
    ['starts_at', { starts_at: new Date(Date.now() - 3_600_000) }, 'too_early'],
    ['starts_at', { starts_at: new Date(Date.now() + 91 * 86_400_000) }, 'too_late'],
  ] as [string, ShareOptions, string][])('%s is refused at its field: %j', async (field, options, code) => {
    expect(await refusalOf(share(options))).toMatchObject({
      status: 422,
      code: 'request.invalid',
      fields: [{ pointer: `#/${field}`, code }],
    });
  });

  test('every wrong option is told at once', async () => {
    const refusal = await refusalOf(
      share({
        label: 'x'.repeat(121),
        note: 'x'.repeat(1001),
        max_views: 0,
        recipients: [],
        embed_origins: ['ftp://club.example'],
        passphrase_hash: 'x',
        starts_at: new Date(0),
        expires_at: new Date(0),
      }),
    );
    expect(refusal.fields.map(({ pointer }) => pointer).sort()).toEqual(
      ['embed_origins', 'expires_at', 'label', 'max_views', 'note', 'passphrase_hash', 'recipients', 'starts_at'].map(
        (field) => `#/${field}`,
      ),
    );
  });

  test('its owner reads the options, whom it is for, and whether there is a passphrase, but not its hash', async () => {
    const link = await share({
      note: ' For the trial ',
      max_views: 3,
      recipients: ['ann@club.example', 'ANN@club.example', '@team.example'],
      passphrase_hash: passphraseHash,
      embed_origins: ['https://club.example'],
    });
    const { rows } = await database.asUser('amelia', (client) =>
      client.query(
        `select note, max_views, view_count, recipients_only, has_passphrase, sign_in_required, embed_origins,
                (select array_agg(kind || ' ' || value order by value) from api.share_recipients r where r.share_token_id = t.id) as recipients
         from api.share_tokens t where id = $1`,
        [link.id],
      ),
    );
    expect(rows).toEqual([
      {
        note: 'For the trial',
        max_views: 3,
        view_count: 0,
        recipients_only: true,
        has_passphrase: true,
        sign_in_required: false,
        embed_origins: ['https://club.example'],
        recipients: ['email ann@club.example', 'domain team.example'],
      },
    ]);
    for (const who of ['amelia', 'priya'] as const)
      await expect(
        database.asUser(who, (client) => client.query('select passphrase_hash from app.share_tokens')),
      ).rejects.toMatchObject({ code: '42501' });
  });

  test('the log tells that a link was made and for whom, and holds neither hash', async () => {
    const link = await share({ recipients: ['ann@club.example'], passphrase_hash: passphraseHash });
    const { rows } = await database.admin.query<{ action: string; after: Record<string, unknown> }>(
      `select e.action, e.after from audit.entries e
       where e.object_id = $1 or (e.object_type = 'share_recipient' and e.after ->> 'share_token_id' = $1) order by e.id`,
      [link.id],
    );
    expect(rows.map(({ action }) => action).sort()).toEqual(['share_recipient.created', 'share_token.created']);
    expect(JSON.stringify(rows)).not.toMatch(/argon2id|secret_hash|ann@club/);
  });
});
