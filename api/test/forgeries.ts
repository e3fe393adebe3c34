import { createHash, createHmac, randomBytes } from 'node:crypto';
import { svixWebhook } from './svix-webhook.ts';

/** A delivery as it goes over the wire; a header with several values is sent several times. */
export interface WireDelivery {
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

type Forge = (genuine: WireDelivery) => WireDelivery;
export type Forgery = readonly [name: string, forge: Forge];

const withHeader =
  (name: string, value: string | string[] | undefined): Forge =>
  ({ headers: { [name]: _old, ...headers }, body }) => ({
    headers: value === undefined ? headers : { ...headers, [name]: value },
    body,
  });
const withBody =
  (change: (text: string) => string | Buffer): Forge =>
  ({ headers, body }) => ({ headers, body: Buffer.from(change(body.toString())) });
const headerOf = ({ headers }: WireDelivery, name: string): string => String(headers[name]);
const changed = (text: string, index: number): string =>
  text.slice(0, index) + (text[index] === '1' ? '2' : '1') + text.slice(index + 1);

/** What every provider's body may be turned into. */
const bodies: readonly Forgery[] = [
  ['whose body has another id', withBody((text) => text.replace(/"id":"/, '"id":"x'))],
  ['whose body has another type', withBody((text) => text.replace(/"type":"\w+/, '"type":"other'))],
  ['whose body has a space more at its end', withBody((text) => `${text} `)],
  ['whose body has a line feed more at its end', withBody((text) => `${text}\n`)],
  ['whose body has a space more inside', withBody((text) => text.replace(':', ': '))],
  ['whose body begins with a byte order mark', withBody((text) => `\uFEFF${text}`)],
  [
    'whose body has its keys in another order',
    withBody((text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()))),
  ],
  ['whose body has a key twice', withBody((text) => text.replace('{', '{"type":"other",'))],
  ['whose body lost its last byte', withBody((text) => text.slice(0, -1))],
  ['whose body is empty', withBody(() => '')],
  ['whose body is another event', withBody(() => '{"id":"another","type":"video.asset.deleted","data":{}}')],
  [
    'whose body has a byte that is no text',
    withBody((text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff])])),
  ],
];

/** Signs like Mux, with anything in place of the right algorithm. */
const muxSigned =
  (sign: (content: string, genuine: WireDelivery) => string, prefix = 'v1='): Forge =>
  (genuine) => {
    const timestamp = /t=(\d+)/.exec(headerOf(genuine, 'mux-signature'))?.[1] ?? '';
    const signature = sign(`${timestamp}.${genuine.body.toString()}`, genuine);
    return withHeader('mux-signature', `t=${timestamp},${prefix}${signature}`)(genuine);
  };
const muxHeader =
  (change: (header: string) => string | string[] | undefined): Forge =>
  (genuine) =>
    withHeader('mux-signature', change(headerOf(genuine, 'mux-signature')))(genuine);
const hmac = (algorithm: string, key: string | Buffer) => (content: string) =>
  createHmac(algorithm, key).update(content).digest('hex');

/** @param secrets `known` is valid, `retired` was until it was rotated away, `foreign` is another provider's. */
export const muxForgeries = (secrets: { known: string; retired: string; foreign: string }): readonly Forgery[] => [
  ['without a signature', muxHeader(() => undefined)],
  ['with an empty signature', muxHeader(() => '')],
  ['with two signature headers', muxHeader((header) => [header, header])],
  [
    'signed a second later than it says',
    muxHeader((header) => header.replace(/t=(\d+)/, (_, t) => `t=${Number(t) - 1}`)),
  ],
  ['replayed under a new time', muxHeader((header) => header.replace(/t=(\d+)/, (_, t) => `t=${Number(t) + 30}`))],
  ['with a time in milliseconds', muxHeader((header) => header.replace(/t=(\d+)/, 't=$1000'))],
  ['with a negative time', muxHeader((header) => header.replace('t=', 't=-'))],
  ['with a time with a fraction', muxHeader((header) => header.replace(/t=(\d+)/, 't=$1.0'))],
  ['with two times', muxHeader((header) => `t=1,${header}`)],
  ['without a time', muxHeader((header) => header.replace(/t=\d+,/, ''))],
  ['without a value', muxHeader((header) => header.replace(/,v1=.*/, ''))],
  ['with an empty value', muxHeader((header) => header.replace(/v1=.*/, 'v1='))],
  ['with a value of zeros', muxSigned(() => '0'.repeat(64))],
  ['with a random value', muxSigned(() => randomBytes(32).toString('hex'))],
  ['with one digit of the value changed', muxHeader((header) => changed(header, header.length - 1))],
  ['with half the value', muxHeader((header) => header.slice(0, -32))],
  ['with the value twice in one', muxHeader((header) => header + header.slice(-64))],
  ['with five values, one of them right', muxHeader((header) => header + `,v1=${'0'.repeat(64)}`.repeat(4))],
  ['with the right value under scheme v0', muxHeader((header) => header.replace('v1=', 'v0='))],
  ['with the right value under scheme V1', muxHeader((header) => header.replace('v1=', 'V1='))],
  ['signed with SHA-1', muxSigned(hmac('sha1', secrets.known))],
  ['signed with SHA-512', muxSigned(hmac('sha512', secrets.known))],
  ['signed with SHA-512, cut to length', muxSigned((content) => hmac('sha512', secrets.known)(content).slice(0, 64))],
  ['signed with SHA3-256', muxSigned(hmac('sha3-256', secrets.known))],
  ['signed with MD5', muxSigned(hmac('md5', secrets.known))],
  ['hashed without a key', muxSigned((content) => createHash('sha256').update(content).digest('hex'))],
  [
    'hashed with the key in front, not HMAC',
    muxSigned((content) =>
      createHash('sha256')
        .update(secrets.known + content)
        .digest('hex'),
    ),
  ],
  [
    'signed over the body alone',
    muxSigned((_content, { body }) => createHmac('sha256', secrets.known).update(body).digest('hex')),
  ],
  ['signed over the time alone', muxSigned((content) => hmac('sha256', secrets.known)(content.split('.')[0] ?? ''))],
  ['signed without the full stop', muxSigned((content) => hmac('sha256', secrets.known)(content.replace('.', '')))],
  ['signed under the claim of no algorithm', muxSigned(() => 'none', 'alg=none,v1=')],
  ['signed with an empty secret', muxSigned(hmac('sha256', ''))],
  ['signed with a wrong secret', muxSigned(hmac('sha256', 'a-secret-of-somebody-else'))],
  ['signed with the secret in capitals', muxSigned(hmac('sha256', secrets.known.toUpperCase()))],
  ['signed with the secret and a line feed', muxSigned(hmac('sha256', `${secrets.known}\n`))],
  ['signed with the secret that was rotated away', muxSigned(hmac('sha256', secrets.retired))],
  ['signed with the secret of another provider', muxSigned(hmac('sha256', secrets.foreign))],
  ['signed 61 seconds ahead', ({ body }) => muxAt(body, secrets.known, 65)],
  ['signed a year ahead', ({ body }) => muxAt(body, secrets.known, 31_536_000)],
  [
    "signed as Svix's",
    ({ body }) => ({ headers: svixWebhook(body.toString(), { secret: secrets.foreign }).headers, body }),
  ],
  ...bodies,
];

function muxAt(body: Buffer, secret: string, secondsAhead: number): WireDelivery {
  const timestamp = Math.floor(Date.now() / 1000) + secondsAhead;
  const signature = hmac('sha256', secret)(`${timestamp}.${body.toString()}`);
  return { headers: { 'content-type': 'application/json', 'mux-signature': `t=${timestamp},v1=${signature}` }, body };
}

const svixHeader =
  (name: string, change: (value: string) => string | string[] | undefined): Forge =>
  (genuine) =>
    withHeader(name, change(headerOf(genuine, name)))(genuine);

/** Signs like Svix, with anything in place of the right algorithm. */
const svixSigned =
  (sign: (content: string, genuine: WireDelivery) => Buffer): Forge =>
  (genuine) => {
    const content = `${headerOf(genuine, 'svix-id')}.${headerOf(genuine, 'svix-timestamp')}.${genuine.body.toString()}`;
    return withHeader('svix-signature', `v1,${sign(content, genuine).toString('base64')}`)(genuine);
  };
const keyed = (algorithm: string, key: string | Buffer) => (content: string) =>
  createHmac(algorithm, key).update(content).digest();

/** @param secrets as above, in the form `whsec_…`; `muxSecret` is Mux's. */
export function svixForgeries(secrets: {
  known: string;
  retired: string;
  foreign: string;
  muxSecret: string;
}): readonly Forgery[] {
  const keyOf = (secret: string) => Buffer.from(secret.slice('whsec_'.length), 'base64');
  const key = keyOf(secrets.known);
  const later = (ageSeconds: number): Forge => {
    return ({ body }) => ({
      headers: svixWebhook(body.toString(), { secret: secrets.known, ageSeconds }).headers,
      body,
    });
  };
  return [
    ['without an id', svixHeader('svix-id', () => undefined)],
    ['without a time', svixHeader('svix-timestamp', () => undefined)],
    ['without a signature', svixHeader('svix-signature', () => undefined)],
    ['with an empty id', svixHeader('svix-id', () => '')],
    ['with another id, to be stored twice', svixHeader('svix-id', (id) => `${id}2`)],
    ['with an id that holds a full stop', svixHeader('svix-id', (id) => `${id}.1`)],
    ['with two ids', svixHeader('svix-id', (id) => [id, 'msg_another'])],
    ['with two times', svixHeader('svix-timestamp', (time) => [time, time])],
    ['with two signature headers', svixHeader('svix-signature', (signature) => [signature, signature])],
    ['replayed under a new time', svixHeader('svix-timestamp', (time) => String(Number(time) + 30))],
    ['signed a second later than it says', svixHeader('svix-timestamp', (time) => String(Number(time) - 1))],
    ['with a time in milliseconds', svixHeader('svix-timestamp', (time) => `${time}000`)],
    ['with a negative time', svixHeader('svix-timestamp', (time) => `-${time}`)],
    ['with a time with a fraction', svixHeader('svix-timestamp', (time) => `${time}.0`)],
    ['with a time in words', svixHeader('svix-timestamp', () => new Date().toISOString())],
    ['with one character of the value changed', svixHeader('svix-signature', (value) => changed(value, 10))],
    [
      'with other spare bits in the last character',
      svixHeader('svix-signature', (value) =>
        value.replace(/(.)=$/, (_, last) => `${String.fromCharCode(last.charCodeAt(0) + 1)}=`),
      ),
    ],
    ['with the value without its padding', svixHeader('svix-signature', (value) => value.replace('=', ''))],
    ['with half the value', svixHeader('svix-signature', (value) => value.slice(0, 24))],
    ['with a value of zeros', svixSigned(() => Buffer.alloc(32))],
    ['with a random value', svixSigned(() => randomBytes(32))],
    [
      'with the right value in hex',
      svixHeader('svix-signature', (value) => `v1,${Buffer.from(value.slice(3), 'base64').toString('hex')}`),
    ],
    ['with the right value under scheme v0', svixHeader('svix-signature', (value) => value.replace('v1,', 'v0,'))],
    [
      'with the right value under the asymmetric scheme',
      svixHeader('svix-signature', (value) => value.replace('v1,', 'v1a,')),
    ],
    [
      'with five values, one of them right',
      svixHeader('svix-signature', (value) => `${value}${` v1,${randomBytes(32).toString('base64')}`.repeat(4)}`),
    ],
    ['signed with SHA-1', svixSigned(keyed('sha1', key))],
    ['signed with SHA-512', svixSigned(keyed('sha512', key))],
    ['signed with SHA-512, cut to length', svixSigned((content) => keyed('sha512', key)(content).subarray(0, 32))],
    ['hashed without a key', svixSigned((content) => createHash('sha256').update(content).digest())],
    ['signed over the body alone', svixSigned((_content, { body }) => createHmac('sha256', key).update(body).digest())],
    ['signed without the id', svixSigned((content) => keyed('sha256', key)(content.slice(content.indexOf('.') + 1)))],
    ['signed with an empty secret', svixSigned(keyed('sha256', ''))],
    ['signed with a wrong secret', svixSigned(keyed('sha256', 'a-secret-of-somebody-else'))],
    ['signed with the secret as it is shown, not decoded', svixSigned(keyed('sha256', secrets.known))],
    ['signed with the secret that was rotated away', svixSigned(keyed('sha256', keyOf(secrets.retired)))],
    ["signed with another provider's secret of the same kind", svixSigned(keyed('sha256', keyOf(secrets.foreign)))],
    ["signed with Mux's secret", svixSigned(keyed('sha256', secrets.muxSecret))],
    ['signed 61 seconds ahead', later(-65)],
    ['signed a year ahead', later(-31_536_000)],
    ['signed as Mux does', ({ body }) => muxAt(body, secrets.muxSecret, 0)],
    ...bodies,
  ];
}
