import { createHmac, createPublicKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleEnvironment } from '../../test/sample-environment.ts';
import { type SessionIssuer, sessionClaims, startSessionIssuer } from '../../test/session-issuer.ts';
import { parseConfig } from '../config.ts';
import { createSessionTokenVerifier, type VerifySessionToken } from './session-token.ts';

let issuer: SessionIssuer;
let verify: VerifySessionToken;
const identityOf = (url: string) => parseConfig(sampleEnvironment({ IDENTITY_ISSUER: url })).identity;
beforeAll(async () => {
  issuer = await startSessionIssuer();
  verify = createSessionTokenVerifier(identityOf(issuer.url));
});
afterAll(() => issuer.close());

const now = (): number => Math.floor(Date.now() / 1000);

describe('a session token', () => {
  it.each(['mm_coach', 'mm_admin', 'mm_compliance', 'mm_operator', 'mm_auditor'])(
    'of the role %s is accepted with all its claims',
    async (role) => {
      const caller = await verify(await issuer.token({ claims: { role } }));
      expect(caller.role).toBe(role);
      expect(caller.claims).toMatchObject({ sub: 'user_amelia_hart', sid: 'sess_1', fva: [1, -1] });
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['that has expired', { exp: now() - 1 }],
    ['that never expires', { exp: undefined }],
    ['that is not valid yet', { nbf: now() + 30 }],
    ['of another issuer', { iss: 'https://clerk.elsewhere.example' }],
    ['for another audience', { aud: 'another-product' }],
    ['for no audience', { aud: undefined }],
    ['asked for by another origin', { azp: 'https://evil.example' }],
    ['asked for by no origin', { azp: undefined }],
    ['of a session that is still pending', { sts: 'pending' }],
    ['without a subject', { sub: undefined }],
    ['without a role', { role: undefined }],
    ['of the owner of the database', { role: 'mm_owner' }],
    ['of the service itself', { role: 'mm_service' }],
    ['of nobody', { role: 'mm_anon' }],
    ['of the superuser', { role: 'postgres' }],
    ['of two roles', { role: ['mm_coach', 'mm_admin'] }],
  ])('%s is refused', async (_name, claims) => {
    await expect(verify(await issuer.token({ claims }))).rejects.toMatchObject({
      status: 401,
      code: 'auth.token_invalid',
    });
  });

  it('signed by a key that was never published is refused', async () => {
    await expect(verify(await issuer.forgedToken())).rejects.toMatchObject({ code: 'auth.token_invalid' });
  });

  it('that names an unknown key is refused, and cannot make the keys be fetched again and again', async () => {
    const before = issuer.fetches();
    for (let round = 0; round < 5; round += 1) {
      await expect(verify(await issuer.token({ kid: `unknown-${round}` }))).rejects.toMatchObject({
        code: 'auth.token_invalid',
      });
    }
    expect(issuer.fetches() - before).toBeLessThanOrEqual(1);
  });

  it('without a signature is refused', async () => {
    const unsigned = new UnsecuredJWT(sessionClaims(issuer.url)).encode();
    await expect(verify(unsigned)).rejects.toMatchObject({ code: 'auth.token_invalid' });
  });

  it('signed symmetrically with the public key is refused', async () => {
    const { keys } = (await (await fetch(`${issuer.url}/.well-known/jwks.json`)).json()) as { keys: [{ kid: string }] };
    const pem = createPublicKey({ key: keys[0], format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const signed = await new SignJWT(sessionClaims(issuer.url))
      .setProtectedHeader({ alg: 'HS256', kid: keys[0].kid })
      .sign(Buffer.from(pem));
    expect(createHmac('sha256', pem).update(signed.split('.').slice(0, 2).join('.')).digest('base64url')).toBe(
      signed.split('.')[2],
    );
    await expect(verify(signed)).rejects.toMatchObject({ code: 'auth.token_invalid' });
  });

  it('cannot be judged while the keys cannot be read: that is 503, not 401', async () => {
    const away = await startSessionIssuer();
    const token = await away.token();
    await away.close();
    const verifyAway = createSessionTokenVerifier(identityOf(away.url));
    await expect(verifyAway(token)).rejects.toMatchObject({ status: 503, code: 'auth.issuer_unavailable' });
  });
});
