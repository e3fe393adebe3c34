import { createSign, generateKeyPairSync } from 'node:crypto';
import { startPostgrest } from '@mm/local';
import { createDataProvider } from '../../../../admin/src/providers/data/index.ts';
import { type Caller, settingsOf } from '../database/become-caller.ts';
import type { BenchDatabase } from '../database/bench-database.ts';

export type AdminProvider = ReturnType<typeof createDataProvider>;

/** A PostgREST of its own before the database, asked by the admin's data provider. */
export type AdminDoor = { as(caller: Caller): AdminProvider; stop(): Promise<void> };

export async function openAdminDoor(database: BenchDatabase): Promise<AdminDoor> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = 'bench';
  const part = (value: string) => Buffer.from(value).toString('base64url');
  const tokenOf = ({ subject, role }: Caller) => {
    const input = `${part(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid }))}.${part(settingsOf({ subject, role }).claims)}`;
    return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey).toString('base64url')}`;
  };
  const postgrest = await startPostgrest({
    databaseUrl: database.authenticatorUrl,
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] },
    audience: 'bench',
    poolSize: 4,
  });
  return {
    as(caller) {
      const authorization = `Bearer ${tokenOf(caller)}`;
      return createDataProvider({
        url: postgrest.url,
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('authorization', authorization);
          return fetch(input, { ...init, headers });
        },
      });
    },
    stop: () => postgrest.stop(),
  };
}
