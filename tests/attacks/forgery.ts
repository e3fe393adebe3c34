import { createHmac, createSign, generateKeyPairSync, type KeyLike, type KeyObject, sign } from 'node:crypto';
import type { JWK } from 'jose';
import { wrongClaims } from '../conformance/declarations/claims.ts';
import { type Claims, claimsOf } from '../src/index.ts';

/** The key of the identity provider that both doors believe, and one of an attacker. */
export type Keys = { ours: KeyObject; public: KeyObject; attacker: KeyObject; kid: string };

export type Forgery = { title: string; make(keys: Keys): string };

export function makeKeys(): Keys {
  const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ours: issuer.privateKey, public: issuer.publicKey, attacker: attacker.privateKey, kid: 'key-of-the-issuer' };
}

/** The issuer's published keys. */
export function publishedKeys({ public: key, kid }: Keys): { keys: JWK[] } {
  return { keys: [{ ...key.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' } as JWK] };
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token with any header and any claims, signed with RS256. */
export function tokenOf(header: object, claims: unknown, key: KeyLike): string {
  const head = `${encode(header)}.${encode(claims)}`;
  return `${head}.${createSign('RSA-SHA256').update(head).sign(key).toString('base64url')}`;
}

/** A token as the issuer makes them. */
export function goodToken(keys: Keys, claims: Claims): string {
  return tokenOf({ alg: 'RS256', kid: keys.kid, typ: 'JWT' }, claims, keys.ours);
}

const admin = () => claimsOf('priya');

function unsigned(header: object): string {
  return `${encode(header)}.${encode(admin())}`;
}

function hmac(alg: 'HS256' | 'HS384' | 'HS512', secret: string | Buffer, kid: string): string {
  const head = unsigned({ alg, kid, typ: 'JWT' });
  return `${head}.${createHmac(alg.replace('HS', 'sha'), secret).update(head).digest('base64url')}`;
}

const pem = (keys: Keys) => keys.public.export({ format: 'pem', type: 'spki' }).toString();

/** Split into its three parts, which a token always has. */
function parts(token: string): [string, string, string] {
  const [head = '', body = '', signature = ''] = token.split('.');
  return [head, body, signature];
}

/** Not signed by the issuer, one way or another. All of them claim to be an admin. */
const signatures: Forgery[] = [
  ...['none', 'None', 'NONE', 'nOnE', ''].map(
    (alg): Forgery => ({
      title: `alg ${alg === '' ? 'empty' : alg}`,
      make: ({ kid }) => `${unsigned({ alg, kid, typ: 'JWT' })}.`,
    }),
  ),
  {
    title: 'alg none with the signature of a good token',
    make: (keys) => `${unsigned({ alg: 'none' })}.${parts(goodToken(keys, admin()))[2]}`,
  },
  { title: 'no alg', make: ({ kid }) => `${unsigned({ kid })}.AAAA` },
  { title: 'alg null', make: ({ kid }) => `${unsigned({ alg: null, kid })}.AAAA` },
  { title: 'alg as a list', make: ({ kid }) => `${unsigned({ alg: ['none'], kid })}.` },
  { title: 'HS256 with the public key in PEM as the secret', make: (keys) => hmac('HS256', pem(keys), keys.kid) },
  { title: 'HS384 with the public key in PEM as the secret', make: (keys) => hmac('HS384', pem(keys), keys.kid) },
  { title: 'HS512 with the public key in PEM as the secret', make: (keys) => hmac('HS512', pem(keys), keys.kid) },
  {
    title: 'HS256 with the published JWK as the secret',
    make: (keys) => hmac('HS256', JSON.stringify(publishedKeys(keys).keys[0]), keys.kid),
  },
  {
    title: 'HS256 with the modulus as the secret',
    make: (keys) => hmac('HS256', Buffer.from(publishedKeys(keys).keys[0]?.n ?? '', 'base64url'), keys.kid),
  },
  {
    title: 'HS256 with the public key in DER as the secret',
    make: (keys) => hmac('HS256', keys.public.export({ format: 'der', type: 'spki' }), keys.kid),
  },
  { title: 'HS256 with no secret', make: ({ kid }) => hmac('HS256', '', kid) },
  { title: 'HS256 with the key id as the secret', make: ({ kid }) => hmac('HS256', kid, kid) },
  { title: 'HS256 with a key id that is a path', make: () => hmac('HS256', '', '../../../../dev/null') },
  { title: 'HS256 with a key id that is SQL', make: () => hmac('HS256', 'x', `' union select 'x`) },
  {
    title: 'another key under our key id',
    make: ({ attacker, kid }) => tokenOf({ alg: 'RS256', kid, typ: 'JWT' }, admin(), attacker),
  },
  { title: 'another key without a key id', make: ({ attacker }) => tokenOf({ alg: 'RS256' }, admin(), attacker) },
  {
    title: 'another key under an unknown key id',
    make: ({ attacker }) => tokenOf({ alg: 'RS256', kid: 'another' }, admin(), attacker),
  },
  {
    title: 'another key, brought along in the header',
    make: ({ attacker, kid }) => {
      const { n, e } = attacker.export({ format: 'jwk' });
      return tokenOf({ alg: 'RS256', kid, jwk: { kty: 'RSA', n, e } }, admin(), attacker);
    },
  },
  {
    title: 'another key, with an address to fetch it from',
    make: ({ attacker, kid }) => tokenOf({ alg: 'RS256', kid, jku: 'https://evil.example/jwks' }, admin(), attacker),
  },
  {
    title: 'another key, with a certificate in the header',
    make: ({ attacker, kid }) =>
      tokenOf({ alg: 'RS256', kid, x5c: ['MIIB'], x5u: 'https://evil.example' }, admin(), attacker),
  },
  {
    title: 'an elliptic key under our key id',
    make: ({ kid }) => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const head = unsigned({ alg: 'ES256', kid });
      const signature = sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${head}.${signature.toString('base64url')}`;
    },
  },
  {
    title: 'an elliptic signature of nothing but zeros',
    make: ({ kid }) => `${unsigned({ alg: 'ES256', kid })}.${Buffer.alloc(64).toString('base64url')}`,
  },
  { title: 'no signature', make: ({ kid }) => `${unsigned({ alg: 'RS256', kid })}.` },
  { title: 'two parts only', make: ({ kid }) => unsigned({ alg: 'RS256', kid }) },
  {
    title: 'a signature of zeros',
    make: ({ kid }) => `${unsigned({ alg: 'RS256', kid })}.${Buffer.alloc(256).toString('base64url')}`,
  },
  {
    title: 'a signature cut short',
    make: (keys) => goodToken(keys, admin()).slice(0, -20),
  },
  {
    title: 'the signature of another token',
    make: (keys) => `${unsigned({ alg: 'RS256', kid: keys.kid })}.${parts(goodToken(keys, claimsOf('amelia')))[2]}`,
  },
  {
    title: 'claims changed after signing',
    make: (keys) => {
      const [head, , signature] = parts(goodToken(keys, claimsOf('amelia')));
      return `${head}.${encode(admin())}.${signature}`;
    },
  },
  {
    title: 'a header changed after signing',
    make: (keys) => {
      const [, body, signature] = parts(goodToken(keys, admin()));
      return `${encode({ alg: 'RS256', kid: keys.kid, typ: 'at+jwt' })}.${body}.${signature}`;
    },
  },
  {
    title: 'one bit of the signature turned',
    make: (keys) => {
      const [head, body, signature] = parts(goodToken(keys, admin()));
      const bytes = Buffer.from(signature, 'base64url');
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      return `${head}.${body}.${bytes.toString('base64url')}`;
    },
  },
  {
    title: 'SHA-1 under the name of RS256',
    make: (keys) => {
      const head = unsigned({ alg: 'RS256', kid: keys.kid });
      return `${head}.${createSign('RSA-SHA1').update(head).sign(keys.ours).toString('base64url')}`;
    },
  },
  { title: 'five parts', make: (keys) => `${goodToken(keys, admin())}.AAAA.AAAA` },
  { title: 'no token at all', make: () => 'admin' },
  { title: 'three empty parts', make: () => '..' },
  { title: 'claims that are a list', make: (keys) => tokenOf({ alg: 'RS256', kid: keys.kid }, [admin()], keys.ours) },
  { title: 'claims that are a text', make: (keys) => tokenOf({ alg: 'RS256', kid: keys.kid }, 'mm_admin', keys.ours) },
];

const roles: unknown[] = [
  'mm_owner',
  'mm_service',
  'mm_authenticator',
  'mm_anon',
  'postgres',
  'owner',
  'service',
  'pg_read_all_data',
  'pg_write_server_files',
  'none',
  'MM_ADMIN',
  ' mm_admin',
  'mm_admin"; set role postgres; --',
  '',
  null,
  0,
  ['mm_admin'],
  { role: 'mm_admin' },
];

/** Signed by the issuer, and still not for us. */
const claims: Forgery[] = [
  ...wrongClaims.map(
    ([rule, overrides]): Forgery => ({
      title: `a token ${rule}`,
      // That a token's role is another than the transaction's can only happen inside; over the wire it is the role that is taken.
      make: (keys) => goodToken(keys, claimsOf('amelia', overrides())),
    }),
  ),
  ...roles.map(
    (role): Forgery => ({
      title: `the role ${JSON.stringify(role)}`,
      make: (keys) => goodToken(keys, claimsOf('amelia', { role })),
    }),
  ),
  ...(
    [
      ['an exp written as text', { exp: '9999999999' }],
      ['an exp before 1970', { exp: -1 }],
      ['an aud in capitals', { aud: 'MOTION-MAVERICKS' }],
      ['an aud of which ours is the beginning', { aud: 'motion-mavericks-staging' }],
      ['an empty list as aud', { aud: [] }],
      ['an issuer with a slash more', { iss: 'https://identity.test/' }],
      ['a list of issuers', { iss: ['https://identity.test'] }],
      ['a list of authorised parties', { azp: ['https://admin.test'] }],
      ['an authorised party of which ours is the beginning', { azp: 'https://admin.test.evil.example' }],
      ['an object as subject', { sub: { $ne: null } }],
      ['a list as subject', { sub: ['user_priya_nair'] }],
    ] as const
  ).map(([title, overrides]): Forgery => ({ title, make: (keys) => goodToken(keys, claimsOf('amelia', overrides)) })),
].filter(({ title }) => title !== 'a token that names another role');

/** Every forged token; none opens a door. */
export const forgeries: Forgery[] = [...signatures, ...claims];
