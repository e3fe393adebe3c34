import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { type PersonaName, personas } from './personas.ts';

/** The identity provider that every test database believes. */
export const identity = {
  issuer: 'https://identity.test',
  audience: 'motion-mavericks',
  authorizedParties: ['https://admin.test'],
};

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of a good session token of this person, valid for a minute; `overrides` with undefined leaves a claim out. */
export function claimsOf(persona: PersonaName, overrides: Claims = {}): Claims {
  const { subject, name, email, role } = personas[persona];
  const now = Math.floor(Date.now() / 1000);
  return {
    v: 2,
    iss: identity.issuer,
    aud: identity.audience,
    azp: identity.authorizedParties[0],
    sub: subject,
    sid: `sess_${subject}`,
    role,
    name,
    email,
    iat: now,
    nbf: now - 10,
    exp: now + 60,
    sts: 'active',
    fva: [0, -1],
    ...overrides,
  };
}

/** Keys of the test's identity provider. */
export type TestSigner = {
  jwks: { keys: JWK[] };
  /** Signs any claims with RS256, also wrong ones. */
  sign(claims: Claims): Promise<string>;
};

export async function createSigner(): Promise<TestSigner> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const kid = 'test-key';
  // Suites ask thousands of times as the same few people, and a signature takes longer than most answers.
  const signed = new Map<string, Promise<string>>();
  return {
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] },
    sign(claims) {
      const payload = JSON.stringify(claims);
      const known = signed.get(payload);
      if (known !== undefined) return known;
      const token = new SignJWT(JSON.parse(payload))
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
        .sign(privateKey);
      signed.set(payload, token);
      return token;
    },
  };
}
