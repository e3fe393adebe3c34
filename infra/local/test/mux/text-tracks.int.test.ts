import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Mux from '@mux/mux-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipBytes, onlyPlaybackId, readyAsset, type Stage, setStage } from './stage.ts';

const file = `WEBVTT

NOTE what the coach says

1
00:00:00.500 --> 00:00:01.500 line:80%
Set the block

00:00:01.000 --> 00:00:03.250
Push
with both feet
`;

let stage: Stage;
let asset: Mux.Video.Asset;
let playbackId: string;
let files: Server;
let filesUrl: string;

beforeAll(async () => {
  stage = await setStage();
  asset = await readyAsset(stage, await clipBytes(stage));
  playbackId = onlyPlaybackId(asset);
  files = createServer((request, response) => response.end(request.url === '/good.vtt' ? file : 'no captions'));
  await new Promise<void>((done) => files.listen(0, '127.0.0.1', done));
  filesUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
});
afterAll(async () => {
  files.close();
  await stage.close();
});

const track = (changes: object = {}) =>
  stage.mux.video.assets.createTrack(asset.id, {
    url: `${filesUrl}/good.vtt`,
    type: 'text',
    text_type: 'subtitles',
    language_code: 'en',
    name: 'English',
    closed_captions: true,
    ...changes,
  });

async function token(): Promise<string> {
  const { id, private_key: keySecret = '' } = await stage.mux.system.signingKeys.create();
  return stage.mux.jwt.signPlaybackId(playbackId, { type: 'video', keyId: id, keySecret, expiration: '5m' });
}

/** The text behind an address, and the first address in it that matches. */
async function read(url: string, pattern?: RegExp): Promise<{ status: number; text: string; next: string }> {
  const response = await fetch(url);
  const text = await response.text();
  return { status: response.status, text, next: new URL(pattern?.exec(text)?.[1] ?? '', url).href };
}

describe('a text track of an asset', () => {
  it('is named in the master playlist, and each of its parts asks for the token anew', async () => {
    const { id = '' } = await track();
    const shown = (await stage.mux.video.assets.retrieve(asset.id)).tracks?.find(({ type }) => type === 'text');
    expect(shown).toMatchObject({ id, name: 'English', language_code: 'en', closed_captions: true, status: 'ready' });

    const master = await read(
      `${stage.double.url}/${playbackId}.m3u8?token=${await token()}`,
      /TYPE=SUBTITLES.*CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog".*LANGUAGE="en",URI="([^"]+)"/,
    );
    expect(master.text).toMatch(/#EXT-X-STREAM-INF:.*SUBTITLES="sub1"/);
    const playlist = await read(master.next, /^([^#\s].*)$/m);
    expect(playlist.text).toContain('#EXT-X-ENDLIST');
    const segment = await read(playlist.next);
    // The clock of the video's first picture: ffmpeg begins at 1.4 s.
    expect(segment.text).toMatch(/^WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00\.000,MPEGTS:1\d{5}\n/);
    expect(segment.text).toContain('00:00:00.500 --> 00:00:01.500 line:80%\nSet the block\n');
    expect(segment.text).toContain('00:00:01.000 --> 00:00:03.250\nPush\nwith both feet\n');
    expect(segment.text).not.toContain('NOTE');
    for (const { status } of [
      await read(master.next.replace(/\?.*/, '')),
      await read(playlist.next.replace(/\?.*/, '')),
    ]) {
      expect(status).toBe(403);
    }
    expect((await read(playlist.next.replace('00000', '00009'))).status).toBe(404);

    await stage.mux.video.assets.deleteTrack(asset.id, id);
    expect((await read(master.next)).status).toBe(404);
  });

  it.each([
    ['a file that is none', () => track({ url: `${filesUrl}/bad.vtt` })],
    ['a file that is not there', () => track({ url: 'http://127.0.0.1:9/x.vtt' })],
    ['a language that is none', () => track({ language_code: 'English' })],
  ])('is refused with %s', async (_what, make) => {
    await expect(make()).rejects.toMatchObject({ status: 400 });
  });
});
