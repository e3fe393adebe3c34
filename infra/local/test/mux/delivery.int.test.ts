import { createPublicKey, type KeyObject } from 'node:crypto';
import type Mux from '@mux/mux-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipBytes, onlyPlaybackId, readyAsset, type Stage, setStage } from './stage.ts';
import { forgeToken, readPrivateKey, strangersKey } from './tokens.ts';

let stage: Stage;
let asset: Mux.Video.Asset;
let playbackId: string;
let otherPlaybackId: string;
let publicId: string;
let key: { id: string; secret: KeyObject; encoded: string };
let otherKey: { id: string; secret: KeyObject };

beforeAll(async () => {
  stage = await setStage();
  asset = await readyAsset(stage, await clipBytes(stage));
  playbackId = onlyPlaybackId(asset);
  otherPlaybackId = (await stage.mux.video.assets.createPlaybackId(asset.id, { policy: 'signed' })).id;
  publicId = (await stage.mux.video.assets.createPlaybackId(asset.id, { policy: 'public' })).id;
  key = await newKey();
  otherKey = await newKey();
});
afterAll(() => stage.close());

async function newKey() {
  const { id, private_key: encoded = '' } = await stage.mux.system.signingKeys.create();
  return { id, encoded, secret: readPrivateKey(encoded) };
}

const now = () => Math.floor(Date.now() / 1000);

type Kind = 'video' | 'thumbnail' | 'storyboard' | 'gif';

/** A token as the product makes it: by the vendor's SDK. */
function goodToken(kind: Kind, params: Record<string, string> = {}, id = playbackId): Promise<string> {
  return stage.mux.jwt.signPlaybackId(id, {
    type: kind,
    keyId: key.id,
    keySecret: key.encoded,
    expiration: '5m',
    params,
  });
}

/** The doors of delivery: each is asked on its own, by a path of its own, with a token of its own audience. */
const DOORS: readonly { name: string; path: string; aud: string; kind: Kind }[] = [
  { name: 'master playlist', path: '.m3u8', aud: 'v', kind: 'video' },
  { name: 'rendition playlist', path: '/renditions/270p.m3u8', aud: 'v', kind: 'video' },
  { name: 'segment', path: '/renditions/270p/00000.ts', aud: 'v', kind: 'video' },
  { name: 'thumbnail', path: '/thumbnail.jpg', aud: 't', kind: 'thumbnail' },
  { name: 'storyboard image', path: '/storyboard.jpg', aud: 's', kind: 'storyboard' },
  { name: 'storyboard track', path: '/storyboard.vtt', aud: 's', kind: 'storyboard' },
  { name: 'animated image', path: '/animated.gif', aud: 'g', kind: 'gif' },
];

function get(path: string, token?: string, headers: Record<string, string> = {}, id = playbackId): Promise<Response> {
  const query = token === undefined ? '' : `?token=${encodeURIComponent(token)}`;
  return fetch(`${stage.double.url}/${id}${path}${query}`, { headers });
}

/** Every way to a token that must not open a door. `aud` is the door's own, so that nothing but the named fault is wrong. */
const FORGERIES: readonly { name: string; make: (aud: string) => string | undefined }[] = (() => {
  const header = () => ({ alg: 'RS256', typ: 'JWT', kid: key.id });
  const claims = (aud: string, change: Record<string, unknown> = {}) => ({
    sub: playbackId,
    aud,
    exp: now() + 300,
    kid: key.id,
    ...change,
  });
  const without = (aud: string, name: string) =>
    Object.fromEntries(Object.entries(claims(aud)).filter(([claim]) => claim !== name));
  const signed = (payload: unknown, head: Record<string, unknown> = header()) => forgeToken(head, payload, key.secret);
  const otherAudience = (aud: string) => (aud === 'v' ? 't' : 'v');
  const publicPem = () => createPublicKey(key.secret).export({ type: 'spki', format: 'pem' }).toString();
  return [
    { name: 'no token at all', make: () => undefined },
    { name: 'an empty token', make: () => '' },
    { name: 'something that is no JWT', make: () => 'let-me-in' },
    {
      name: 'a JWT whose payload is not JSON',
      make: () => `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.!!.x`,
    },
    { name: 'a payload that is a list', make: () => signed([playbackId]) },
    { name: 'alg none', make: (aud) => forgeToken({ ...header(), alg: 'none' }, claims(aud), 'none') },
    {
      name: 'HS256 keyed with the public key',
      make: (aud) => forgeToken({ ...header(), alg: 'HS256' }, claims(aud), { hmac: publicPem() }),
    },
    { name: 'RS512 in the header', make: (aud) => signed(claims(aud), { ...header(), alg: 'RS512' }) },
    { name: 'a stranger’s key under a known kid', make: (aud) => forgeToken(header(), claims(aud), strangersKey()) },
    {
      name: 'a known key under another known kid',
      make: (aud) => signed(claims(aud, { kid: otherKey.id }), { ...header(), kid: otherKey.id }),
    },
    {
      name: 'an unknown kid',
      make: (aud) => signed(claims(aud, { kid: 'unknown' }), { alg: 'RS256', kid: 'unknown' }),
    },
    { name: 'no kid anywhere', make: (aud) => signed(without(aud, 'kid'), { alg: 'RS256' }) },
    { name: 'a kid that differs between header and payload', make: (aud) => signed(claims(aud, { kid: otherKey.id })) },
    { name: 'a kid that is not text', make: (aud) => signed(claims(aud, { kid: 1 }), { alg: 'RS256', kid: 1 }) },
    { name: 'another playback ID of the same asset', make: (aud) => signed(claims(aud, { sub: otherPlaybackId })) },
    { name: 'the asset’s id instead of the playback ID', make: (aud) => signed(claims(aud, { sub: asset.id })) },
    {
      name: 'a playback ID in other letter case',
      make: (aud) => signed(claims(aud, { sub: playbackId.toLowerCase() })),
    },
    { name: 'no sub', make: (aud) => signed(without(aud, 'sub')) },
    { name: 'another audience', make: (aud) => signed(claims(otherAudience(aud))) },
    {
      name: 'a list that contains the audience',
      make: (aud) => signed(claims(aud, { aud: [aud, otherAudience(aud)] })),
    },
    { name: 'no audience', make: (aud) => signed(without(aud, 'aud')) },
    { name: 'an expiry in the past', make: (aud) => signed(claims(aud, { exp: now() - 1 })) },
    { name: 'no expiry', make: (aud) => signed(without(aud, 'exp')) },
    { name: 'an expiry that is text', make: (aud) => signed(claims(aud, { exp: String(now() + 300) })) },
    { name: 'a beginning in the future', make: (aud) => signed(claims(aud, { nbf: now() + 60 })) },
    {
      name: 'a restriction that does not exist',
      make: (aud) => signed(claims(aud, { playback_restriction_id: 'gone' })),
    },
    { name: 'a restriction that is not text', make: (aud) => signed(claims(aud, { playback_restriction_id: 7 })) },
    {
      name: 'claims changed after signing',
      make: (aud) => {
        const [head, , signature] = signed(claims(aud)).split('.');
        return `${head}.${Buffer.from(JSON.stringify(claims(aud, { exp: now() + 9999 }))).toString('base64url')}.${signature}`;
      },
    },
    { name: 'a signature cut off', make: (aud) => signed(claims(aud)).replace(/\.[^.]*$/, '.') },
    {
      name: 'a critical header that nobody knows',
      make: (aud) => signed(claims(aud), { ...header(), crit: ['x'], x: 1 }),
    },
  ];
})();

describe.each(DOORS)('the $name', ({ path, aud, kind }) => {
  it('opens to a token of the vendor’s SDK', async () => {
    const response = await get(path, await goodToken(kind));
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });

  it('opens to a token that names its key in the header only', async () => {
    const claims = { sub: playbackId, aud, exp: now() + 60 };
    expect((await get(path, forgeToken({ alg: 'RS256', kid: key.id }, claims, key.secret))).status).toBe(200);
  });

  it.each(FORGERIES)('refuses $name with 403', async ({ make }) => {
    const response = await get(path, make(aud));
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: { type: 'forbidden', messages: [expect.any(String)] } });
  });

  it('refuses a token given twice', async () => {
    const token = await goodToken(kind);
    const response = await fetch(`${stage.double.url}/${playbackId}${path}?token=${token}&token=${token}`);
    expect(response.status).toBe(403);
  });

  it('does not exist for an unknown playback ID, whatever the token', async () => {
    expect((await get(path, await goodToken(kind, {}, 'unknown'), {}, 'unknown')).status).toBe(404);
  });

  it('is open without a token for a public playback ID', async () => {
    expect((await get(path, undefined, {}, publicId)).status).toBe(200);
  });

  it('lets any page read the answer, also a refusal', async () => {
    const origin = { origin: 'http://app.example.com' };
    const answers = [await get(path, await goodToken(kind), origin), await get(path, 'wrong', origin)];
    expect(answers.map((answer) => answer.headers.get('access-control-allow-origin'))).toEqual(['*', '*']);
  });
});

describe('a stream', () => {
  it('has three renditions, each with segments that carry the caller’s own token and nothing else', async () => {
    const token = await goodToken('video');
    const master = await (await get('.m3u8', token)).text();
    expect(master).toMatch(/^#EXTM3U\n/);
    expect([...master.matchAll(/RESOLUTION=(\S+?),/g)].map((match) => match[1])).toEqual([
      '480x270',
      '360x202',
      '242x136',
    ]);
    expect(master).toMatch(/CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"/);
    const renditions = uris(master);
    expect(renditions).toHaveLength(3);
    for (const rendition of renditions) {
      const address = new URL(rendition, `${stage.double.url}/`);
      expect(address.searchParams.getAll('token')).toEqual([token]);
      const playlist = await (await fetch(address)).text();
      expect(playlist).toContain('#EXT-X-ENDLIST');
      const segments = uris(playlist).map((uri) => new URL(uri, address));
      expect(segments).toHaveLength(2);
      for (const segment of segments) {
        expect(segment.searchParams.getAll('token')).toEqual([token]);
        const answer = await fetch(segment);
        expect(answer.headers.get('content-type')).toBe('video/mp2t');
        // 0x47 is the first byte of every transport stream packet.
        expect(new Uint8Array(await answer.arrayBuffer())[0]).toBe(0x47);
        segment.search = '';
        expect((await fetch(segment)).status).toBe(403);
      }
    }
  });

  it('accepts another valid token at any later step, so that a player can renew in the middle', async () => {
    const [first, second] = [await goodToken('video'), await goodToken('video', { renewed: 'yes' })];
    expect(second).not.toBe(first);
    const rendition = new URL(uris(await (await get('.m3u8', first)).text())[0] ?? '', `${stage.double.url}/`);
    rendition.searchParams.set('token', second);
    expect(await (await fetch(rendition)).text()).toContain(encodeURIComponent(second));
  });

  it('playlists are not stored anywhere, signed segments in no cache at all', async () => {
    const token = await goodToken('video');
    expect((await get('.m3u8', token)).headers.get('cache-control')).toBe('no-store');
    expect((await get('/renditions/270p.m3u8', token)).headers.get('cache-control')).toBe('no-store');
    expect((await get('/renditions/270p/00000.ts', token)).headers.get('cache-control')).toBe('private, no-store');
    expect((await get('/renditions/270p/00000.ts', undefined, {}, publicId)).headers.get('cache-control')).toBe(
      'public, max-age=3600',
    );
  });

  it.each([
    ['/renditions/1080p.m3u8'],
    ['/renditions/270p/99999.ts'],
    ['/renditions/270p/index.ts'],
    ['/renditions/..%2F..%2Fuploads/00000.ts'],
    ['/thumbnail.exe'],
    ['/storyboard.mp4'],
  ])('%s does not exist', async (path) => {
    const kind = path.startsWith('/thumb') ? 'thumbnail' : path.startsWith('/story') ? 'storyboard' : 'video';
    expect((await get(path, await goodToken(kind))).status).toBe(404);
  });

  it('segments can be fetched in part', async () => {
    const token = await goodToken('video');
    const whole = Buffer.from(await (await get('/renditions/270p/00000.ts', token)).arrayBuffer());
    const part = await get('/renditions/270p/00000.ts', token, { range: 'bytes=188-375' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 188-375/${whole.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(188, 376));
    expect((await get('/renditions/270p/00000.ts', token, { range: `bytes=${whole.length}-` })).status).toBe(416);
  });

  it('a page of another origin may ask for parts of it, but not of the REST API', async () => {
    const preflight = (path: string) => fetch(`${stage.double.url}${path}`, { method: 'OPTIONS' });
    const allowed = await preflight(`/${playbackId}/renditions/270p/00000.ts`);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-headers')).toBe('range');
    expect((await preflight(`/${playbackId}.m3u8`)).status).toBe(204);
    expect((await preflight('/video/v1/uploads')).status).toBe(404);
    expect((await preflight('/control/reset')).status).toBe(404);
  });

  it('HEAD tells the size and sends nothing, and needs a token as well', async () => {
    const token = await goodToken('video');
    const address = `${stage.double.url}/${playbackId}/renditions/270p/00000.ts`;
    const head = await fetch(`${address}?token=${token}`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(188);
    expect((await fetch(address, { method: 'HEAD' })).status).toBe(403);
  });

  it('answers 412 while the asset is being prepared', async () => {
    await stage.control('POST', '/transcoding', { paused: true });
    const { id, url } = await stage.mux.video.uploads
      .create({ cors_origin: '*', new_asset_settings: { playback_policies: ['public'] } })
      .then((upload) => ({ id: upload.id, url: upload.url ?? '' }));
    await fetch(url, { method: 'PUT', body: Buffer.from(await clipBytes(stage, { seconds: 1 })) });
    const { asset_id: assetId = '' } = await stage.mux.video.uploads.retrieve(id);
    const preparing = onlyPlaybackId(await stage.mux.video.assets.retrieve(assetId));
    expect((await get('.m3u8', undefined, {}, preparing)).status).toBe(412);
    await stage.control('POST', '/transcoding', { paused: false });
    await stage.webhooks.event('video.asset.ready', assetId);
    expect((await get('.m3u8', undefined, {}, preparing)).status).toBe(200);
  });
});

describe('what ends a token', () => {
  it('its expiry, from that second on', async () => {
    const token = await goodToken('video');
    // Real time goes on meanwhile: ten seconds are room for a busy machine, and the second of the expiry itself cannot be missed.
    await stage.control('POST', '/clock', { tokenOffsetSeconds: 290 });
    const before = (await get('/renditions/270p/00000.ts', token)).status;
    await stage.control('POST', '/clock', { tokenOffsetSeconds: 300 });
    const after = (await get('/renditions/270p/00000.ts', token)).status;
    await stage.control('POST', '/clock', { tokenOffsetSeconds: 0 });
    expect([before, after]).toEqual([200, 403]);
  });

  it('the deletion of its key, at once', async () => {
    const doomed = await newKey();
    const claims = { sub: playbackId, aud: 'v', exp: now() + 300, kid: doomed.id };
    const token = forgeToken({ alg: 'RS256' }, claims, doomed.secret);
    expect((await get('/renditions/270p/00000.ts', token)).status).toBe(200);
    await stage.mux.system.signingKeys.delete(doomed.id);
    expect((await get('/renditions/270p/00000.ts', token)).status).toBe(403);
  });

  it('the deletion of its playback ID, at once, while the asset’s others play on', async () => {
    const { id } = await stage.mux.video.assets.createPlaybackId(asset.id, { policy: 'signed' });
    const token = await goodToken('video', {}, id);
    expect((await get('/renditions/270p/00000.ts', token, {}, id)).status).toBe(200);
    await stage.mux.video.assets.deletePlaybackId(asset.id, id);
    expect((await get('/renditions/270p/00000.ts', token, {}, id)).status).toBe(404);
    expect((await get('.m3u8', await goodToken('video'))).status).toBe(200);
  });
});

describe('a playback restriction', () => {
  async function restricted(domains: string[], allowNoReferrer: boolean): Promise<string> {
    const { id } = await stage.mux.video.playbackRestrictions.create({
      referrer: { allowed_domains: domains, allow_no_referrer: allowNoReferrer },
      user_agent: {},
    });
    return goodToken('video', { playback_restriction_id: id });
  }

  it.each([
    ['the allowed domain', ['app.example.com'], 'https://app.example.com/s/1', 200],
    ['a domain below it', ['example.com'], 'https://app.example.com/', 403],
    ['a domain below a wildcard', ['*.example.com'], 'https://app.example.com/', 200],
    ['the wildcard’s own domain', ['*.example.com'], 'https://example.com/', 403],
    ['a domain that only ends alike', ['*.example.com'], 'https://evilexample.com/', 403],
    ['any domain where all are allowed', ['*'], 'https://anything.test/', 200],
    ['any domain where none is', [], 'https://app.example.com/', 403],
    ['a referrer that is no URL', ['*'], 'app.example.com', 403],
  ])('judges %s', async (_name, domains, referer, status) => {
    const token = await restricted(domains, false);
    expect((await get('/renditions/270p/00000.ts', token, { referer })).status).toBe(status);
  });

  it('asks for a referrer unless it says that none is needed', async () => {
    expect((await get('.m3u8', await restricted(['*'], false))).status).toBe(403);
    expect((await get('.m3u8', await restricted([], true))).status).toBe(200);
  });
});

describe('images', () => {
  it.each(['jpg', 'png', 'webp'])('a thumbnail in %s has the size that the token says', async (extension) => {
    const response = await get(
      `/thumbnail.${extension}`,
      await goodToken('thumbnail', { width: '96', height: '96', fit_mode: 'crop' }),
    );
    expect(response.headers.get('content-type')).toBe(extension === 'jpg' ? 'image/jpeg' : `image/${extension}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    if (extension === 'png') expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([96, 96]);
    expect(bytes.length).toBeGreaterThan(100);
  });

  it('thumbnails of different times differ', async () => {
    const at = async (time: string) => (await get('/thumbnail.png', await goodToken('thumbnail', { time }))).bytes();
    expect(await at('0')).not.toEqual(await at('3'));
  });

  it('a parameter beside a signed token is refused, since nobody signed it', async () => {
    const token = await goodToken('thumbnail');
    const response = await fetch(`${stage.double.url}/${playbackId}/thumbnail.jpg?token=${token}&width=64`);
    expect(response.status).toBe(403);
    expect((await fetch(`${stage.double.url}/${publicId}/thumbnail.jpg?width=64`)).status).toBe(200);
  });

  it.each([
    ['time', '99'],
    ['width', '0'],
    ['width', '99999'],
    ['fit_mode', 'explode'],
    ['rotate', '45'],
  ])('a claim %s of %s is a bad parameter', async (name, value) => {
    const response = await get('/thumbnail.jpg', await goodToken('thumbnail', { [name]: value }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { type: 'invalid_parameters', messages: [expect.stringContaining(name)] },
    });
  });

  it('a storyboard’s track and JSON describe the same 50 tiles, and point at the picture with the caller’s token', async () => {
    const token = await goodToken('storyboard');
    const json = (await (await get('/storyboard.json', token)).json()) as {
      url: string;
      tile_width: number;
      tile_height: number;
      duration: number;
      tiles: { start: number; x: number; y: number }[];
    };
    expect(json.tiles).toHaveLength(50);
    expect(json).toMatchObject({ tile_width: 256, tile_height: 144, tiles: { 0: { start: 0, x: 0, y: 0 } } });
    const vtt = await (await get('/storyboard.vtt', token)).text();
    expect(vtt).toMatch(/^WEBVTT\n/);
    const boxes = [...vtt.matchAll(/#xywh=(\d+),(\d+),256,144$/gm)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
    expect(boxes).toEqual(json.tiles.map(({ x, y }) => ({ x, y })));
    expect(json.url).toBe(`${stage.double.url}/${playbackId}/storyboard.jpg?token=${token}`);
    expect(vtt).toContain(`${json.url}#xywh=0,0,256,144`);
    expect((await fetch(json.url)).headers.get('content-type')).toBe('image/jpeg');
  });

  it('the player’s own storyboard address, which asks for webp beside the token, works', async () => {
    const token = await goodToken('storyboard');
    const response = await fetch(`${stage.double.url}/${playbackId}/storyboard.vtt?token=${token}&format=webp`);
    const [picture = ''] = /http\S+(?=#xywh)/.exec(await response.text()) ?? [];
    expect((await fetch(picture)).headers.get('content-type')).toBe('image/webp');
  });
});

/** The addresses in a playlist. */
function uris(playlist: string): string[] {
  return playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
