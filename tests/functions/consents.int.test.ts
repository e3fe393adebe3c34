import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase, type TestPostgrest } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { rest } from '../src/rest.ts';

let database: TestDatabase;
let postgrest: TestPostgrest;
beforeAll(async () => {
  database = await createTestDatabase();
  postgrest = await database.startPostgrest();
});
beforeEach(() => database.admin.query('delete from app.consents'));
afterAll(() => database?.close());

type Notice = { id: string; version: number; title: string; body: string; categories: string[]; status: string };

const notice = async (jurisdiction = 'AU') =>
  database.asUser(null, async (client) =>
    only(await client.query<Notice>('select * from api.consent_notice($1)', [jurisdiction])),
  );
const call = async (who: PersonaName, statement: string, values: unknown[] = []) =>
  database.asUser(who, async (client) => only(await client.query(statement, values)), { keep: true });
const answer = async (who: PersonaName, categories: string[] | null, id?: string) =>
  call(who, 'select * from api.record_consent($1, $2)', [id ?? (await notice()).id, categories]);
const withdraw = (who: PersonaName) => call(who, 'select * from api.withdraw_consent()');
const historyOf = async (who: PersonaName) =>
  database.asUser(
    who,
    async (client) =>
      (
        await client.query<{ action: string; categories: string[]; stands: boolean }>(
          `select action, categories, superseded_at is null as stands, jurisdiction, notice_version from api.my_consents
           order by decided_at, id`,
        )
      ).rows,
  );
const browser = (statement: string, values: unknown[]) => database.service.query(statement, values);

describe('the notice', () => {
  test.each(['AU', 'US', 'EU'])(
    'of %s is public, in a text of its own, and says that it is a draft',
    async (jurisdiction) => {
      const byRest = await rest(postgrest, null, '/rpc/consent_notice', { method: 'POST', body: { jurisdiction } });
      expect(byRest).toMatchObject({
        status: 200,
        body: { version: 1, status: 'draft', categories: ['analytics', 'performance'] },
      });
      expect(byRest.body).toEqual(await notice(jurisdiction));
    },
  );

  test('of each jurisdiction names its own law', async () => {
    expect((await notice('AU')).body).toContain('Privacy Act 1988 (Cth)');
    expect((await notice('EU')).body).toContain('GDPR Article 6(1)(a)');
    expect((await notice('US')).body).toContain('We do not sell your personal information');
  });

  test('nothing else is public: without a token no list, no consent and no other function', async () => {
    for (const path of [
      '/consent_notices',
      '/consents',
      '/my_consents',
      '/my_notifications',
      '/feature_flags',
      '/alerts',
    ]) {
      expect(await rest(postgrest, null, path)).toMatchObject({ status: 401 });
    }
    const body = { notice_id: (await notice()).id, categories: [] };
    expect(await rest(postgrest, null, '/rpc/record_consent', { method: 'POST', body })).toMatchObject({ status: 401 });
  });

  test('that is newer is shown once it is approved, and then only answers to that one count', async () => {
    const old = await notice('US');
    const added = await call('helen', `select * from api.add_consent_notice('US', ' Your choices ', ' The new text ')`);
    expect(added).toMatchObject({ version: 2 });
    // While nothing is approved the newest draft is shown.
    expect(await notice('US')).toMatchObject({
      id: added.id,
      title: 'Your choices',
      body: 'The new text',
      status: 'draft',
    });
    await call('helen', 'select * from api.approve_consent_notice($1, $2)', [added.id, 'Read and found right']);
    expect(await notice('US')).toMatchObject({ id: added.id, status: 'approved' });
    const next = await call('helen', `select * from api.add_consent_notice('US', 'Your choices', 'A third text')`);
    expect(await notice('US')).toMatchObject({ id: added.id, version: 2 });
    for (const id of [old.id, String(next.id)]) {
      expect(await refusalOf(answer('amelia', [], id))).toMatchObject({
        status: 409,
        code: 'consent.notice_superseded',
      });
    }
    await answer('amelia', [], String(added.id));
    const { rows } = await database.admin.query(
      `select action, reason from audit.entries where object_type = 'consent_notice' and object_id = $1 order by occurred_at, id`,
      [added.id],
    );
    expect(rows).toEqual([
      { action: 'consent_notice.created', reason: null },
      { action: 'consent_notice.approved', reason: 'Read and found right' },
    ]);
  });

  test('of two that are written at one moment each gets a version of its own', async () => {
    const added = await Promise.all(
      ['one', 'two', 'three'].map((text) =>
        call('helen', `select * from api.add_consent_notice('EU', 'Your choices', $1)`, [text]),
      ),
    );
    expect(added.map(({ version }) => version).sort()).toEqual([2, 3, 4]);
  });

  test.each(['amelia', 'priya', 'tomas', 'grace'] as const)('%s writes and approves none', async (who) => {
    await expect(call(who, `select api.add_consent_notice('AU', 'x', 'x')`)).rejects.toMatchObject({ code: '42501' });
    await expect(
      call(who, 'select api.approve_consent_notice($1, $2)', [(await notice()).id, 'Read and found right']),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('consent', () => {
  test('refusing is as easy as agreeing, everything is kept, and one decision stands', async () => {
    await answer('amelia', []);
    await answer('amelia', ['performance', 'analytics', 'analytics']);
    await withdraw('amelia');
    expect(await historyOf('amelia')).toEqual(
      [
        { action: 'refused', categories: [], stands: false },
        { action: 'given', categories: ['analytics', 'performance'], stands: false },
        { action: 'withdrawn', categories: [], stands: true },
      ].map((row) => ({ ...row, jurisdiction: 'AU', notice_version: 1 })),
    );
  });

  test('what was not given is not withdrawn', async () => {
    expect(await refusalOf(withdraw('amelia'))).toMatchObject({ status: 409, code: 'consent.none_given' });
    await answer('amelia', ['analytics']);
    await withdraw('amelia');
    expect(await refusalOf(withdraw('amelia'))).toMatchObject({ status: 409, code: 'consent.none_given' });
  });

  test('of many answers at one moment all are kept and one stands', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => answer('amelia', i % 2 === 0 ? [] : ['analytics'])));
    const history = await historyOf('amelia');
    expect(history).toHaveLength(10);
    expect(history.filter(({ stands }) => stands)).toHaveLength(1);
    expect(history.at(-1)).toMatchObject({ stands: true });
  });

  test('each is an entry of the audit log, of the person, without what they chose', async () => {
    await answer('amelia', ['analytics']);
    const { rows } = await database.asUser('amelia', (client) =>
      client.query<{ action: string; after: Record<string, unknown> }>(
        `select action, after from api.audit_entries where object_type = 'consent' order by occurred_at desc, id desc limit 1`,
      ),
    );
    expect(rows).toMatchObject([
      { action: 'consent.given', after: { categories: { commitment: expect.any(String) } } },
    ]);
    expect(JSON.stringify(rows)).not.toContain('analytics');
  });

  test('what may be agreed to is what the notice names', async () => {
    for (const categories of [['marketing'], null]) {
      expect(await refusalOf(answer('amelia', categories))).toMatchObject({
        status: 422,
        fields: [{ pointer: '#/categories' }],
      });
    }
    expect(await refusalOf(answer('amelia', [], randomUUID()))).toMatchObject({
      status: 404,
      code: 'consent.notice_not_found',
    });
  });

  test('a person exports their own, compliance staff read all, and nobody else reads any of others', async () => {
    await answer('amelia', ['analytics']);
    await answer('ben', []);
    const id = randomUUID();
    await browser(`select app.record_browser_consent($1, $2, '{}')`, [id, (await notice()).id]);
    const own = await rest(postgrest, 'amelia', '/my_consents?select=action,categories,jurisdiction,notice_version');
    expect(own.body).toEqual([{ action: 'given', categories: ['analytics'], jurisdiction: 'AU', notice_version: 1 }]);
    const all = await rest(postgrest, 'helen', '/consents?select=browser_id,action&order=decided_at');
    expect(all.body).toEqual([
      { browser_id: null, action: 'given' },
      { browser_id: null, action: 'refused' },
      { browser_id: id, action: 'refused' },
    ]);
    for (const who of ['amelia', 'priya', 'tomas', 'grace'] as const) {
      expect(await rest(postgrest, who, '/consents')).toMatchObject({ status: 403 });
    }
    expect(await historyOf('priya')).toEqual([]);
  });
});

describe('consent of a browser', () => {
  const history = async (id: string) =>
    (await browser('select action, jurisdiction, notice_version from app.browser_consents($1)', [id])).rows;

  test('is recorded, withdrawn, exported and erased by its random id, and of no other', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    const eu = (await notice('EU')).id;
    for (const id of [mine, other]) await browser(`select app.record_browser_consent($1, $2, '{analytics}')`, [id, eu]);
    await browser('select app.withdraw_browser_consent($1)', [mine]);
    expect((await history(mine)).map(({ action }) => action)).toEqual(['withdrawn', 'given']);
    expect((await history(mine))[0]).toMatchObject({ jurisdiction: 'EU' });
    expect(only(await browser('select app.erase_browser_consents($1) as erased', [mine]))).toEqual({ erased: 2 });
    expect(await history(mine)).toEqual([]);
    expect((await history(other)).map(({ action }) => action)).toEqual(['given']);
  });

  test('goes a year after it was decided; a person’s own stays with their account', async () => {
    const id = randomUUID();
    await browser(`select app.record_browser_consent($1, $2, '{}')`, [id, (await notice()).id]);
    await answer('amelia', ['analytics']);
    const client = await database.admin.connect();
    try {
      await client.query(`set session_replication_role = 'replica'`);
      await client.query(`update app.consents set decided_at = now() - interval '366 days'`);
    } finally {
      await client.query('reset session_replication_role');
      client.release();
    }
    await database.service.query('select app.apply_retention()');
    expect(await history(id)).toEqual([]);
    expect(await historyOf('amelia')).toHaveLength(1);
  });
});
