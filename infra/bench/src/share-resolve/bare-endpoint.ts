import { createHash, createPrivateKey, sign as signWithCallback } from 'node:crypto';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import pg from 'pg';
import { z } from 'zod';
import { openDatabase } from '../../../../api/src/db/database.ts';

const kinds = ['decision', 'sign', 'lookup', 'kysely', 'empty'] as const;
export type BareKind = (typeof kinds)[number];

/**
 * The bounds of a share resolve, each a Fastify endpoint that does one part of it and nothing else:
 * `decision` makes the same SQL decision call, with its durable record, through raw `pg` and a named statement;
 * `sign` makes the same number of RS256 signatures over claims of the same size;
 * `lookup` reads a row by its primary key, by a named statement, and `kysely` the same through the query builder as the API opens it;
 * `empty` reads the body and answers.
 */
const { KIND, PORT, DATABASE_URL, PRIVATE_KEY, POOL_MAX } = z
  .object({
    KIND: z.enum(kinds),
    PORT: z.coerce.number(),
    DATABASE_URL: z.string(),
    PRIVATE_KEY: z.string(),
    POOL_MAX: z.coerce.number(),
  })
  .parse(process.env);

// In the thread pool, as the API signs: the fastest way this machine has.
const sign = promisify(signWithCallback);

const app = Fastify();
const body = z.object({ secret: z.string() });
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: POOL_MAX });
const database = openDatabase({
  url: DATABASE_URL,
  poolMax: POOL_MAX,
  applicationName: 'mm-api',
  onConnectionError: () => {},
});
const kysely = database.kysely.withTables<{
  'bench.links': { public_id: string; secret_hash: Buffer; video_id: string; expires_at: Date };
}>();
const key = createPrivateKey(PRIVATE_KEY);

const answers: Record<BareKind, (publicId: string, secret: string, requestId: string) => Promise<unknown>> = {
  async decision(publicId, secret, requestId) {
    const hash = createHash('sha256').update(secret).digest();
    const { rows } = await pool.query({
      name: 'decide',
      text: `select allowed, rule, title, playback_id, duration_seconds, aspect_ratio, share_expires_at, token_expires_at, session_id
             from app.decide_playback($1, $2, $3, $4, $5, $6)`,
      values: [publicId, hash, requestId, hash, 'Chrome', 300],
    });
    return rows[0];
  },
  async sign() {
    return { tokens: await Promise.all(['v', 't', 's'].map((aud) => token(aud))) };
  },
  async lookup(publicId) {
    const { rows } = await pool.query({
      name: 'look-up',
      text: 'select public_id, secret_hash, video_id, expires_at from bench.links where public_id = $1',
      values: [publicId],
    });
    return rows[0];
  },
  kysely: (publicId) =>
    kysely
      .selectFrom('bench.links')
      .select(['public_id', 'secret_hash', 'video_id', 'expires_at'])
      .where('public_id', '=', publicId)
      .executeTakeFirstOrThrow(),
  async empty() {
    return {};
  },
};

app.post<{ Params: { publicId: string } }>('/api/share/:publicId', async (request) =>
  answers[KIND](request.params.publicId, body.parse(request.body).secret, request.id),
);

async function token(aud: string): Promise<string> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: 'a'.repeat(44), aud, exp: Math.floor(Date.now() / 1000) + 300, kid: 'k'.repeat(44) };
  const input = `${part({ alg: 'RS256', typ: 'JWT', kid: claims.kid })}.${part(claims)}`;
  return `${input}.${(await sign('RSA-SHA256', Buffer.from(input), key)).toString('base64url')}`;
}

process.on('disconnect', () => process.exit());
await app.listen({ port: PORT, host: '127.0.0.1' });
process.send?.('ready');
