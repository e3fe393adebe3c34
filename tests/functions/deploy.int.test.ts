import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomPassword, startPostgres } from '@mm/local';
import { deploy } from '@mm/sql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runOnce, urlOf } from '../src/cluster.ts';
import { createTestDatabase, identity, type TestDatabase } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

function deployAgain(overrides: Partial<Parameters<typeof deploy>[0]> = {}) {
  const { servicePassword, authenticatorPassword } = inject('cluster');
  return deploy({ adminUrl: database.adminUrl, identity, servicePassword, authenticatorPassword, ...overrides });
}

/** Every row of the catalogue that a deployment could write, with the transaction that wrote it. */
async function fingerprint(): Promise<unknown> {
  const { rows } = await database.admin.query(`
    select md5(string_agg(row, e'\\n' order by row)) as everything, count(*)::int as rows from (
      select 'class' || oid || xmin || coalesce(relacl::text, '') as row from pg_class where relnamespace > 16000
      union all select 'proc' || oid || xmin from pg_proc where pronamespace > 16000
      union all select 'policy' || oid || xmin from pg_policy
      union all select 'trigger' || oid || xmin from pg_trigger
      union all select 'namespace' || oid || xmin from pg_namespace
      union all select 'role' || oid || xmin from pg_authid
      union all select 'member' || oid || xmin from pg_auth_members
      union all select 'setting' || setdatabase || setrole || xmin from pg_db_role_setting
      union all select 'default' || oid || xmin from pg_default_acl
      union all select 'repeatable' || path || xmin from deploy.repeatables
      union all select 'migration' || name || xmin from deploy.migrations
      union all select 'checksum' || name || xmin from deploy.migration_checksums
      union all select 'provider' || issuer || xmin from authz.identity_providers
      union all select 'queue' || version || xmin from pgboss.version
    ) r`);
  return rows;
}

describe('deploying', () => {
  test('a second deployment changes nothing at all, and says so', async () => {
    const before = await fingerprint();
    expect(await deployAgain()).toEqual({ migrations: [], repeatablesChanged: false });
    expect(await fingerprint()).toEqual(before);
  });

  test('several at once wait for each other', async () => {
    const before = await fingerprint();
    await Promise.all([deployAgain(), deployAgain(), deployAgain()]);
    expect(await fingerprint()).toEqual(before);
  });

  test('a rebuild makes the very same rules, and PostgREST hears of it', async () => {
    const definitions = `
      select md5(string_agg(d, e'\\n' order by d)) as everything from (
        select pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '') as d from pg_proc p
        where p.pronamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs')
        union all select v.oid::regclass || pg_get_viewdef(v.oid) || v.relacl::text || v.reloptions::text
        from pg_class v where v.relkind = 'v' and v.relnamespace = 'api'::regnamespace
        union all select t.oid::regclass || coalesce(t.relacl::text, '') from pg_class t
        where t.relkind = 'r' and t.relnamespace::regnamespace::text in ('app', 'audit', 'authz')
        union all select attrelid::regclass || attname || attacl::text from pg_attribute where attacl is not null and attrelid > 16000
        union all select polname || polrelid::regclass || polcmd::text || polroles::text || pg_get_expr(polqual, polrelid) from pg_policy
        union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal) x`;
    const before = (await database.admin.query(definitions)).rows;
    const listener = new pg.Client({ connectionString: database.adminUrl });
    await listener.connect();
    const heard: string[] = [];
    listener.on('notification', (message) => heard.push(`${message.channel}: ${message.payload}`));
    await listener.query('listen pgrst');
    await database.admin.query(
      `update deploy.repeatables set checksum = 'of another time' where path = 'sql/api/me.sql'`,
    );
    expect(await deployAgain()).toEqual({ migrations: [], repeatablesChanged: true });
    expect((await database.admin.query(definitions)).rows).toEqual(before);
    await expect.poll(() => heard).toEqual(['pgrst: reload schema']);
    await listener.end();
  });

  test('what is not in the repository leaves the database: views, functions, triggers, policies and grants', async () => {
    await database.admin.query(`
      create view api.leftover as select * from app.share_tokens;
      grant select on api.leftover to mm_anon;
      create function app.leftover() returns int language sql as 'select 1';
      create trigger tg_videos__leftover before update on app.videos for each row execute function app.tg_touch();
      create policy videos_select_leftover on app.videos for select to mm_operator using (true);
      grant select on app.videos to mm_operator;
      grant update (coach_id) on app.videos to mm_coach;
      update deploy.repeatables set checksum = 'of another time' where path = 'sql/api/me.sql'`);
    await deployAgain();
    const { rows } = await database.admin.query(`
      select to_regclass('api.leftover') as view, to_regproc('app.leftover') as function,
             (select count(*)::int from pg_trigger where tgname like '%leftover') as triggers,
             (select count(*)::int from pg_policy where polname like '%leftover') as policies,
             has_table_privilege('mm_operator', 'app.videos', 'select') as operator_reads,
             has_column_privilege('mm_coach', 'app.videos', 'coach_id', 'update') as coach_gives_away`);
    expect(rows).toEqual([
      { view: null, function: null, triggers: 0, policies: 0, operator_reads: false, coach_gives_away: false },
    ]);
  });

  test('a rebuild that fails leaves the rules as they were', async () => {
    // A table that depends on a function is a mistake: the function cannot be replaced.
    await database.admin.query(`
      alter table app.videos add constraint videos_mistake_check check (app.video_status_rank(status) > 0);
      update deploy.repeatables set checksum = 'of another time' where path = 'sql/api/me.sql'`);
    await expect(deployAgain()).rejects.toThrow('videos_mistake_check');
    const { rows } = await database.asUser('amelia', (client) => client.query('select subject from api.me'));
    expect(rows).toEqual([{ subject: 'user_amelia_hart' }]);
    await database.admin.query('alter table app.videos drop constraint videos_mistake_check');
    expect(await deployAgain()).toMatchObject({ repeatablesChanged: true });
  });

  test('a migration that has landed and was edited is refused, and nothing is done', async () => {
    await database.admin.query(`
      update deploy.migration_checksums set checksum = 'of another text' where name = '0004_videos';
      update deploy.repeatables set checksum = 'of another time' where path = 'sql/api/me.sql'`);
    const before = await fingerprint();
    await expect(deployAgain()).rejects.toThrow('0004_videos');
    expect(await fingerprint()).toEqual(before);
    await database.admin.query(`delete from deploy.migration_checksums where name = '0004_videos'`);
    await deployAgain();
  });

  test('an administrator of a hosted cluster, who is no superuser, deploys as well', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'mm-tests-hosted-'));
    const hosted = await startPostgres({ dataDir, password: randomPassword(), settings: { fsync: 'off' } });
    try {
      const password = randomPassword();
      await runOnce(hosted.adminUrl, `create role keeper login createrole bypassrls password '${password}'`);
      await runOnce(hosted.adminUrl, 'create database product owner keeper');
      const options = {
        adminUrl: urlOf(hosted.adminUrl, 'product', { user: 'keeper', password }),
        identity,
        servicePassword: randomPassword(),
        authenticatorPassword: randomPassword(),
      };
      expect(await deploy(options)).toMatchObject({ repeatablesChanged: true });
      expect(await deploy(options)).toEqual({ migrations: [], repeatablesChanged: false });
    } finally {
      await hosted.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  test('the identity provider is the one that is given, and the only one', async () => {
    const other = { issuer: 'https://other.test', audience: 'motion-mavericks', authorizedParties: [] };
    await deployAgain({ identity: other });
    const read = async () =>
      (await database.admin.query('select issuer, authorized_parties from authz.identity_providers')).rows;
    expect(await read()).toEqual([{ issuer: 'https://other.test', authorized_parties: [] }]);
    await deployAgain();
    expect(await read()).toEqual([{ issuer: identity.issuer, authorized_parties: identity.authorizedParties }]);
  });

  test('the logins have the given passwords and no others', async () => {
    const login = async (user: string, password: string) => {
      const url = new URL(database.serviceUrl);
      url.username = user;
      url.password = password;
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      await client.end();
    };
    const { servicePassword, authenticatorPassword } = inject('cluster');
    await login('mm_service', servicePassword);
    await login('mm_authenticator', authenticatorPassword);
    await expect(login('mm_service', authenticatorPassword)).rejects.toThrow('password authentication failed');
    for (const role of ['mm_owner', 'mm_coach', 'mm_admin', 'mm_anon']) {
      await expect(login(role, servicePassword)).rejects.toThrow(
        /password authentication failed|not permitted to log in/,
      );
    }
  });
});
