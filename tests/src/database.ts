import { randomUUID } from 'node:crypto';
import { startPostgrest } from '@mm/local';
import { prepareDatabase } from '@mm/sql';
import pg, { type Client, type Pool } from 'pg';
import { becomeCaller } from './caller.ts';
import { type ClusterFacts, runOnce, urlOf } from './cluster.ts';
import { type Claims, claimsOf, createSigner, identity } from './identity.ts';
import type { PersonaName } from './personas.ts';

export type TestPostgrest = {
  url: string;
  /** Signs any claims with the key that this PostgREST trusts; `claimsOf` makes good ones. */
  signToken(claims: Claims): Promise<string>;
  close(): Promise<void>;
};

/** A database of one's own: deployed, with the personas, and nobody else in it. */
export type TestDatabase = {
  name: string;
  adminUrl: string;
  serviceUrl: string;
  authenticatorUrl: string;
  /** Superuser: no rule holds for it. To arrange and to look. */
  admin: Pool;
  /** mm_service, as the api logs in (application_name mm-api). */
  service: Pool;
  /**
   * Runs `work` in one transaction of the api's door as this person, or as nobody (null), and rolls it back.
   * `keep` commits it instead.
   */
  asUser<T>(
    who: PersonaName | Claims | null,
    work: (client: Client) => Promise<T>,
    options?: AsUserOptions,
  ): Promise<T>;
  startPostgrest(options?: { maxRows?: number }): Promise<TestPostgrest>;
  close(): Promise<void>;
};

export type AsUserOptions = { keep?: boolean; headers?: Claims };

/** Copies the template database of a cluster. Whoever asks closes it. */
export async function copyTemplate(facts: ClusterFacts): Promise<TestDatabase> {
  const name = `mm_${randomUUID().replaceAll('-', '')}`;
  // By files, which is faster than through the log as long as databases are small.
  await runOnce(facts.adminUrl, `create database ${name} template ${facts.template} strategy file_copy`);
  const adminUrl = urlOf(facts.adminUrl, name);
  const serviceUrl = urlOf(adminUrl, name, { user: 'mm_service', password: facts.servicePassword });
  const authenticatorUrl = urlOf(adminUrl, name, { user: 'mm_authenticator', password: facts.authenticatorPassword });
  await withClient(adminUrl, prepareDatabase);

  const admin = new pg.Pool({ connectionString: adminUrl, max: 4 });
  const service = new pg.Pool({ connectionString: serviceUrl, max: 8, application_name: 'mm-api' });
  for (const pool of [admin, service]) pool.on('error', () => {});
  const running = new Set<TestPostgrest>();

  return {
    name,
    adminUrl,
    serviceUrl,
    authenticatorUrl,
    admin,
    service,
    asUser: (who, work, { keep = false, headers = {} } = {}) =>
      withClient(`${serviceUrl}?application_name=mm-api`, async (client) => {
        await client.query('begin');
        await becomeCaller(client, typeof who === 'string' ? claimsOf(who) : who, headers);
        const result = await work(client);
        await client.query(keep ? 'commit' : 'rollback');
        return result;
      }),
    async startPostgrest({ maxRows } = {}) {
      const signer = await createSigner();
      const server = await startPostgrest({
        databaseUrl: authenticatorUrl,
        jwks: signer.jwks,
        audience: identity.audience,
        poolSize: 4,
        ...(maxRows === undefined ? {} : { maxRows }),
      });
      const postgrest: TestPostgrest = {
        url: server.url,
        signToken: signer.sign,
        async close() {
          running.delete(postgrest);
          await server.stop();
        },
      };
      running.add(postgrest);
      return postgrest;
    },
    async close() {
      await Promise.all([...running].map((postgrest) => postgrest.close()));
      await Promise.all([admin.end(), service.end()]);
      await runOnce(facts.adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
