import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Postgrest, startPostgrest } from '@mm/local';
import { buildApp } from '../../api/src/app.ts';
import { parseConfig } from '../../api/src/config.ts';
import { sampleEnvironment } from '../../api/test/sample-environment.ts';
import { identity, type TestDatabase } from '../src/index.ts';
import { type Keys, makeKeys, publishedKeys } from './forgery.ts';

/** Both doors over the wire, believing the same issuer. */
export type WireDoors = { keys: Keys; restUrl: string; apiUrl: string; close(): Promise<void> };

async function serveKeys(keys: Keys): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(publishedKeys(keys)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Starts PostgREST and the api on one database. `poolMax` bounds the api's connections. */
export async function openWireDoors(database: TestDatabase, poolMax = 2): Promise<WireDoors> {
  const keys = makeKeys();
  const keyServer = await serveKeys(keys);
  const postgrest: Postgrest = await startPostgrest({
    databaseUrl: database.authenticatorUrl,
    jwks: publishedKeys(keys),
    audience: identity.audience,
    poolSize: 2,
  });
  const app = await buildApp(
    parseConfig(
      sampleEnvironment({
        DATABASE_URL: database.serviceUrl,
        DATABASE_POOL_MAX: String(poolMax),
        POSTGREST_URL: postgrest.url,
        IDENTITY_ISSUER: identity.issuer,
        IDENTITY_AUDIENCE: identity.audience,
        IDENTITY_AUTHORIZED_PARTIES: identity.authorizedParties.join(','),
        IDENTITY_JWKS_URL: `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks.json`,
      }),
    ),
  );
  const apiUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    keys,
    restUrl: postgrest.url,
    apiUrl,
    async close() {
      await app.close();
      await postgrest.stop();
      await new Promise<void>((resolve) => keyServer.close(() => resolve()));
    },
  };
}
