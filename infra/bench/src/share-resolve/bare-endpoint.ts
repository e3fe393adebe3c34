import { createHash, createPrivateKey, sign as signWithCallback } from 'node:crypto';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import pg from 'pg';
import { z } from 'zod';

/**
 * The bounds of a share resolve, each a Fastify endpoint that does one half of it and nothing else:
 * `decision` makes the same SQL decision call, with its durable record, through raw `pg` and a named statement;
 * `sign` makes the same number of RS256 signatures over claims of the same size.
 */
const { KIND, PORT, DATABASE_URL, PRIVATE_KEY, POOL_MAX } = z
  .object({
    KIND: z.enum(['decision', 'sign']),
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
const key = createPrivateKey(PRIVATE_KEY);

app.post<{ Params: { publicId: string } }>('/api/share/:publicId', async (request) => {
  if (KIND === 'decision') {
    const { secret } = body.parse(request.body);
    const hash = createHash('sha256').update(secret).digest();
    const { rows } = await pool.query({
      name: 'decide',
      text: 'select * from app.decide_playback($1, $2, $3, $4, $5, $6)',
      values: [request.params.publicId, hash, request.id, hash, 'Chrome', 300],
    });
    return rows[0];
  }
  return { tokens: await Promise.all(['v', 't', 's'].map((aud) => token(aud))) };
});

async function token(aud: string): Promise<string> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: 'a'.repeat(44), aud, exp: Math.floor(Date.now() / 1000) + 300, kid: 'k'.repeat(44) };
  const input = `${part({ alg: 'RS256', typ: 'JWT', kid: claims.kid })}.${part(claims)}`;
  return `${input}.${(await sign('RSA-SHA256', Buffer.from(input), key)).toString('base64url')}`;
}

process.on('disconnect', () => process.exit());
await app.listen({ port: PORT, host: '127.0.0.1' });
process.send?.('ready');
