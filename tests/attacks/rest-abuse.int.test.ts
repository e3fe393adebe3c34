import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeWorld, type World } from '../policies/world.ts';
import { createTestDatabase, type PersonaName, personas, type TestDatabase, type TestPostgrest } from '../src/index.ts';
import { type RestRequest, rest } from '../src/rest.ts';

let database: TestDatabase;
let postgrest: TestPostgrest;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await arrangeWorld(database);
  postgrest = await database.startPostgrest({ maxRows: 5 });
});
afterAll(() => database?.close());

const idOf = (row: Parameters<World['get']>[0]) => world.get(row) ?? '';

/** Whatever of Ben's must never appear in an answer to Amelia. */
async function secretsOfBen(): Promise<string[]> {
  const { rows } = await database.admin.query<{ secret: string }>(
    `select public_id as secret from app.share_tokens where coach_id = $1
     union all select playback_id from app.mux_assets a join app.videos v on v.id = a.video_id where v.coach_id = $1`,
    [idOf('ben.profile')],
  );
  const ids = [...world].filter(([name]) => name.startsWith('ben.')).map(([, id]) => id);
  return [...ids, ...rows.map((row) => row.secret), personas.ben.email, personas.ben.name];
}

async function ask(
  who: PersonaName | null,
  path: string,
  request: RestRequest = {},
): Promise<{ status: number; text: string }> {
  const { status, body } = await rest(postgrest, who, path, request);
  return { status, text: JSON.stringify(body) };
}

/** Requests by which Amelia tries to see more than hers. Each is answered like the plain one, or refused. */
const readings: [title: string, path: string, headers?: Record<string, string>][] = [
  ['or= around the rule', '/videos?or=(coach_id.not.is.null,id.not.is.null)'],
  ['and= with nothing in it', '/videos?and=()'],
  ['not.and=', '/videos?not.and=(id.is.null)'],
  ['a filter on the owner', `/videos?coach_id=eq.${'BEN'}`],
  ['in.() with everybody’s ids', `/videos?id=in.(BEN_VIDEO)`],
  ['an embedded view', '/videos?select=*,share_tokens(*)'],
  ['an embedded table', '/videos?select=*,profiles(*)'],
  ['an embedded table with an inner join', '/share_tokens?select=*,videos!inner(*)'],
  ['a spread embedding', '/share_tokens?select=*,...videos(*)'],
  ['a filter on an embedding', '/videos?share_tokens.id=not.is.null'],
  ['a cast to the row type', '/videos?select=id::regclass'],
  ['a cast that runs a function', '/videos?select=title::regprocedure'],
  ['a cast to xml', '/videos?select=title::xml'],
  ['a path into JSON of the whole row', '/audit_entries?select=after->>email'],
  ['count of all', '/videos?select=count'],
  ['an aggregate', '/videos?select=id.max()'],
  ['an exact count', '/videos?select=id', { prefer: 'count=exact' }],
  ['an estimated count', '/videos?select=id', { prefer: 'count=estimated' }],
  ['a planned count', '/videos?select=id', { prefer: 'count=planned' }],
  ['a negative offset', '/videos?offset=-1'],
  ['a huge offset', '/videos?offset=9223372036854775807'],
  ['a huge limit', '/videos?limit=9223372036854775807'],
  ['a limit that is too large for a number', '/videos?limit=99999999999999999999999'],
  ['a Range of everything', '/videos', { range: '0-999999999', 'range-unit': 'items' }],
  ['a Range that goes backwards', '/videos', { range: '9-0', 'range-unit': 'items' }],
  ['a plan', '/videos', { accept: 'application/vnd.pgrst.plan+json; options=analyze|verbose' }],
  ['an order by something hidden', '/share_tokens?order=secret_hash'],
  ['full text search over everybody', '/videos?title=fts.squat'],
  ['a regular expression that takes long', '/videos?title=match.(a%2B)%2B%24'],
  ['a comment in a filter', "/videos?title=eq.x'--"],
  ['a semicolon in a filter', "/videos?title=eq.x';select pg_sleep(9);--"],
  ['a quote in a column', '/videos?select=id%22;drop table app.videos;--'],
  ['a NUL in a filter', '/videos?title=eq.%00'],
  ['Accept-Profile app', '/videos', { 'accept-profile': 'app' }],
  ['Accept-Profile pg_catalog', '/pg_authid', { 'accept-profile': 'pg_catalog' }],
  ['Accept-Profile with a list', '/videos', { 'accept-profile': 'api,app' }],
  ['Accept-Profile with a quote', '/videos', { 'accept-profile': `api"; set role mm_admin; --` }],
  ['a table of app by its full name', '/app.videos'],
  ['a table of the catalogue', '/pg_shadow'],
  ['claims in a header', '/videos', { 'request.jwt.claims': '{"role":"mm_admin"}', 'x-role': 'mm_admin' }],
  [
    'settings in Prefer',
    '/videos',
    { prefer: 'timezone=Australia/Sydney, tx=commit, handling=lenient, role=mm_admin' },
  ],
];

describe('reading', () => {
  test.each(readings)('a coach sees nothing of another coach by %s', async (_title, path, headers = {}) => {
    const target = path
      .replaceAll('BEN_VIDEO', `${idOf('ben.video')},${idOf('amelia.video')}`)
      .replaceAll('BEN', idOf('ben.profile'));
    const { status, text } = await ask('amelia', target, { headers });
    expect(status, text).toBeLessThan(500);
    for (const secret of await secretsOfBen()) {
      // What the request itself said may be said again.
      if (!target.includes(secret)) expect(text).not.toContain(secret);
    }
    if (status < 300 && target.includes('coach_id=eq.')) expect(text).toBe('[]');
    // Nor a name of the inside that the request did not bring along.
    if (!path.includes('app.'))
      expect(text).not.toMatch(/app\.|authz\.|secret_hash"|ip_hash"|mux_upload_id|select .* from/i);
  });

  test('a count tells of one’s own rows only', async () => {
    for (const kind of ['exact', 'estimated', 'planned']) {
      const { headers } = await rest(postgrest, 'amelia', '/videos?select=id&limit=1', {
        headers: { prefer: `count=${kind}` },
      });
      const total = Number(headers.get('content-range')?.split('/')[1]);
      expect({ kind, fits: total <= 1 }).toEqual({ kind, fits: true });
    }
  });

  test('no page is longer than the ceiling, whatever is asked for', async () => {
    const asked: [string, Record<string, string>][] = [
      ['/audit_entries?select=id&limit=100000', {}],
      ['/audit_entries?select=id', { range: '0-99999' }],
      ['/audit_entries?select=id&limit=9223372036854775807', {}],
    ];
    for (const [path, headers] of asked) {
      const { body } = await rest(postgrest, 'priya', path, { headers });
      expect(body).toHaveLength(5);
    }
  });
});

describe('writing', () => {
  const writings: [title: string, path: string, request: RestRequest][] = [
    [
      'an upsert',
      '/videos',
      { method: 'POST', body: { id: 'BEN_VIDEO', title: 'Mine' }, headers: { prefer: 'resolution=merge-duplicates' } },
    ],
    ['a PUT', '/videos?id=eq.BEN_VIDEO', { method: 'PUT', body: { id: 'BEN_VIDEO', title: 'Mine' } }],
    [
      'a bulk insert',
      '/share_tokens',
      { method: 'POST', body: [{ video_id: 'BEN_VIDEO' }, { video_id: 'BEN_VIDEO' }] },
    ],
    ['a PATCH of the owner', '/videos?id=eq.AMELIA_VIDEO', { method: 'PATCH', body: { coach_id: 'BEN' } }],
    [
      'a PATCH of a title together with the owner',
      '/videos?id=eq.AMELIA_VIDEO',
      { method: 'PATCH', body: { title: 'x', coach_id: 'BEN' } },
    ],
    [
      'a PATCH that names columns apart',
      '/videos?id=eq.AMELIA_VIDEO&columns=coach_id',
      { method: 'PATCH', body: { title: 'x', coach_id: 'BEN' } },
    ],
    ['a PATCH of somebody else’s row', '/videos?id=eq.BEN_VIDEO', { method: 'PATCH', body: { title: 'Mine' } }],
    ['a PATCH of every row', '/videos?id=not.is.null&coach_id=eq.BEN', { method: 'PATCH', body: { title: 'Mine' } }],
    [
      'a PATCH of an expiry',
      '/share_tokens?id=eq.AMELIA_SHARE',
      { method: 'PATCH', body: { expires_at: '2999-01-01T00:00:00Z' } },
    ],
    [
      'a PATCH that takes a revocation back',
      '/share_tokens?id=not.is.null',
      { method: 'PATCH', body: { revoked_at: null } },
    ],
    ['a PATCH of a role', '/me', { method: 'PATCH', body: { role: 'admin' } }],
    ['a PATCH of the audit log', '/audit_entries?id=not.is.null', { method: 'PATCH', body: { reason: 'none' } }],
    ['a DELETE without a filter', '/videos', { method: 'DELETE' }],
    ['a DELETE of the audit log', '/audit_entries?id=not.is.null', { method: 'DELETE' }],
    [
      'a write to another schema',
      '/videos?id=not.is.null',
      { method: 'PATCH', body: { title: 'x' }, headers: { 'content-profile': 'app' } },
    ],
  ];

  test.each(writings)('a coach changes nothing that is not theirs by %s', async (_title, path, request) => {
    const fill = (text: string) =>
      text
        .replaceAll('AMELIA_VIDEO', idOf('amelia.video'))
        .replaceAll('AMELIA_SHARE', idOf('amelia.share'))
        .replaceAll('BEN_VIDEO', idOf('ben.video'))
        .replaceAll('BEN', idOf('ben.profile'));
    const state = async () =>
      (
        await database.admin.query<{ state: string }>(
          `select md5(concat(
             (select string_agg(t::text, '' order by id) from app.videos t where coach_id = $1),
             (select string_agg(concat(id, coach_id), '' order by id) from app.videos),
             (select string_agg(concat(id, expires_at, revoked_at, video_id), '' order by id) from app.share_tokens t),
             (select string_agg(concat(id, role), '' order by id) from app.profiles),
             (select count(*) from audit.entries where owner_id = $1))) as state`,
          [idOf('ben.profile')],
        )
      ).rows[0]?.state;
    const before = await state();
    const body = request.body === undefined ? {} : { body: JSON.parse(fill(JSON.stringify(request.body))) };
    const { status } = await ask('amelia', fill(path), { ...request, ...body });
    expect(status).toBeLessThan(500);
    expect(await state()).toBe(before);
  });
});

describe('calling', () => {
  test('what changes something cannot be called by GET', async () => {
    for (const path of [
      `/rpc/revoke_share_token?id=${idOf('amelia.share')}&reason=Because`,
      `/rpc/create_share_token?video_id=${idOf('amelia.video')}`,
      '/rpc/sign_in',
    ]) {
      expect({ path, status: (await ask('amelia', path)).status }).toEqual({ path, status: 405 });
    }
    const { rows } = await database.admin.query('select revoked_at from app.share_tokens where id = $1', [
      idOf('amelia.share'),
    ]);
    expect(rows).toEqual([{ revoked_at: null }]);
  });

  test.each([
    'pg_sleep',
    'set_config',
    'current_setting',
    'pg_read_file',
    'lo_import',
    'dblink',
    'query_to_xml',
    'pg_terminate_backend',
    'check_request',
    'profile_id',
    'can_manage',
    'fail',
    'decide_playback',
    'receive_webhook',
    'fold_webhook_event',
    'record',
    'explain',
    'apply_asset_snapshot',
    'random_secret',
    'use_confirmation',
  ])('the function %s is not there, for anybody', async (name) => {
    for (const who of [null, 'amelia', 'priya'] as const) {
      const { status } = await ask(who, `/rpc/${name}`, { method: 'POST', body: {} });
      expect({ who, status }).toEqual({ who, status: 404 });
    }
  });

  test('a function answers only its own columns, whatever is selected from it', async () => {
    const { status, text } = await ask('amelia', '/rpc/create_share_token?select=secret_hash', {
      method: 'POST',
      body: { video_id: idOf('amelia.video') },
    });
    expect(status).toBe(400);
    expect(text).not.toContain('secret_hash"');
  });
});

describe('errors tell nothing', () => {
  test('of an id that exists and of one that does not, the same is said', async () => {
    const calls: [string, (id: string) => object, string][] = [
      ['create_share_token', (video_id) => ({ video_id }), idOf('ben.video')],
      ['decide_preview', (video_id) => ({ video_id, token_ttl_seconds: 60 }), idOf('ben.video')],
      ['revoke_share_token', (id) => ({ id, reason: 'Because' }), idOf('ben.share')],
      ['cancel_upload', (upload_job_id) => ({ upload_job_id }), idOf('ben.upload')],
    ];
    for (const [name, body, existing] of calls) {
      const answer = (id: string) => ask('amelia', `/rpc/${name}`, { method: 'POST', body: body(id) });
      expect(await answer(existing)).toEqual(await answer('01900000-0000-7000-8000-000000000000'));
    }
  });

  test('a predicate is asked only of rows that the caller sees, so that no error tells of a row', async () => {
    // A cast that fails on Ben's title would tell that such a title exists.
    await database.admin.query(`update app.videos set title = 'not a number' where id = $1`, [idOf('ben.video')]);
    await database.admin.query(`update app.videos set title = '7' where id = $1`, [idOf('amelia.video')]);
    const rows = await database.asUser('amelia', async (client) => {
      const cast = await client.query('select title from app.videos where title::integer > 0');
      const view = await client.query('select title from api.videos where title::integer > 0');
      return [cast.rows, view.rows];
    });
    expect(rows).toEqual([[{ title: '7' }], [{ title: '7' }]]);
  });

  test('nobody makes a function of their own, which could look at rows before a policy does', async () => {
    for (const who of ['amelia', 'priya', 'tomas'] as const) {
      for (const statement of [
        'create function pg_temp.leak(text) returns boolean language sql cost 0.0001 return true',
        'create function api.leak(text) returns boolean language sql return true',
        'create operator public.<<< (procedure = texteq, leftarg = text, rightarg = text)',
        'create temporary table leak (id uuid)',
        `do language plpgsql $$ begin execute 'create schema leak'; end $$`,
      ]) {
        await expect(
          database.asUser(who, (client) => client.query(statement)),
          statement,
        ).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  test('a query that runs too long is ended, and says so without its text', async () => {
    await database.admin.query(`
      create function api.takes_long() returns void language plpgsql as $$ begin perform pg_sleep(30); end $$;
      grant execute on function api.takes_long() to mm_coach;
      notify pgrst, 'reload schema'`);
    await database.admin.query(`alter role mm_coach in database ${database.name} set statement_timeout = '300ms'`);
    const own = await database.startPostgrest();
    const { status, body } = await rest(own, 'amelia', '/rpc/takes_long', { method: 'POST', body: {} });
    await own.close();
    expect({ status, code: (body as { code: string }).code }).toEqual({ status: 500, code: '57014' });
    expect(JSON.stringify(body)).not.toMatch(/pg_sleep|takes_long/);
  });
});
