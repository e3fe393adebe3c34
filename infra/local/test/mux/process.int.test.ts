import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findFreePort } from '../../src/free-port.ts';
import { makeSampleClip } from '../../src/media/sample-clip.ts';
import { startMuxDouble } from '../../src/mux/index.ts';
import { clientOf, ORIGIN, PATIENTLY, TOKEN_ID, TOKEN_SECRET, WEBHOOK_SECRET } from './stage.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

const MAIN = new URL('../../src/mux/main.ts', import.meta.url).pathname;
const UNIT = 256 * 1024;

/** Long enough that a test can be in the middle of its transcoding. */
let longClip: Buffer<ArrayBuffer>;
let folder: string;
let webhooks: WebhookReceiver;
let children: ChildProcess[];

beforeAll(async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'mux-clip-'));
  const path = join(scratch, 'long.mp4');
  await makeSampleClip({ path, seconds: 30, width: 640, height: 360 });
  longClip = Buffer.from(await readFile(path));
  await rm(scratch, { recursive: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mux-process-'));
  webhooks = await WebhookReceiver.start();
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map((child) => end(child, 'SIGKILL')));
  await webhooks.close();
  await rm(folder, { recursive: true, force: true });
});

async function environment(): Promise<Record<string, string>> {
  return {
    PATH: process.env.PATH ?? '',
    PORT: String(await findFreePort()),
    DATA_DIR: join(folder, 'data'),
    MUX_TOKEN_ID: TOKEN_ID,
    MUX_TOKEN_SECRET: TOKEN_SECRET,
    WEBHOOK_URL: webhooks.url,
    WEBHOOK_SECRET,
    WEBHOOK_RETRY_BASE_MS: '20',
  };
}

/** Starts main.ts and waits until it says that it is ready. */
async function startProcess(env: Record<string, string>): Promise<ChildProcess> {
  const child = fork(MAIN, [], { env, silent: true, execArgv: [] });
  children.push(child);
  if (child.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    if ((JSON.parse(line) as { msg: string }).msg === 'mux double ready') break;
  }
  child.stdout.resume();
  return child;
}

/** Runs main.ts to its end. */
async function runProcess(env: Record<string, string>): Promise<{ code: number; stderr: string; stdout: string }> {
  const child = fork(MAIN, [], { env, silent: true, execArgv: [] });
  children.push(child);
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (piece) => (text.stdout += piece));
  child.stderr?.on('data', (piece) => (text.stderr += piece));
  const [code] = await once(child, 'close');
  return { code, ...text };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<{ code: number | null }> {
  if (child.exitCode !== null || child.signalCode !== null) return { code: child.exitCode };
  const exited = once(child, 'exit');
  child.kill(signal);
  const [code] = await exited;
  return { code };
}

/** ffmpeg processes at work in this test's folder. */
function ffmpegs(): string[] {
  return commandLines().filter((line) => line.includes('ffmpeg') && line.includes(folder));
}

/** What runs on this machine: by /proc where there is one, since a small image has no `ps`. */
function commandLines(): string[] {
  if (!existsSync('/proc/self/cmdline')) return execFileSync('ps', ['-axo', 'args'], { encoding: 'utf8' }).split('\n');
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      // It ended while we looked.
      return '';
    }
  });
}

async function beginTranscoding(env: Record<string, string>): Promise<string> {
  const mux = clientOf(`http://127.0.0.1:${env.PORT}`);
  const upload = await mux.video.uploads.create({
    cors_origin: ORIGIN,
    new_asset_settings: { playback_policies: ['public'] },
  });
  await fetch(upload.url ?? '', { method: 'PUT', body: longClip });
  const { asset_id: assetId = '' } = await mux.video.uploads.retrieve(upload.id);
  const segments = () => readdir(join(folder, 'data', 'work', assetId, '360p')).catch(() => []);
  await expect.poll(async () => (await segments()).length, PATIENTLY).toBeGreaterThan(1);
  expect(await mux.video.assets.retrieve(assetId)).toMatchObject({ status: 'preparing' });
  return assetId;
}

describe('the program refuses to start', () => {
  it.each([
    ['ENVIRONMENT', 'production'],
    ['NODE_ENV', 'production'],
    ['ENVIRONMENT', ' Production '],
    ['NODE_ENV', 'prod'],
  ])('when %s is "%s": exit code 1, a plain sentence and nothing else', async (variable, value) => {
    const { code, stderr, stdout } = await runProcess({ ...(await environment()), [variable]: value });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `The Mux double refuses to start: ${variable} is "production", and it is for development and tests only.\n`,
    );
    expect(stdout).toBe('');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['PORT', '0'],
    ['PORT', 'http'],
    ['DATA_DIR', ''],
    ['MUX_TOKEN_SECRET', undefined],
    ['WEBHOOK_URL', 'not a url'],
    ['WEBHOOK_SECRET', undefined],
    ['CONTROL', 'maybe'],
  ])('when %s is %j, and names it', async (variable, value) => {
    const { [variable]: _left, ...rest } = await environment();
    const { code, stderr } = await runProcess(value === undefined ? rest : { ...rest, [variable]: value });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^The Mux double cannot start:\n  ${variable} \\S.*\n$`));
  });

  it('on a port that is taken, and says so', async () => {
    const env = await environment();
    await startProcess(env);
    const { code, stderr } = await runProcess({ ...env, DATA_DIR: join(folder, 'other') });
    expect(code).toBe(1);
    expect(stderr).toContain('EADDRINUSE');
  });

  it('on a folder that another double is using, and says so', async () => {
    const env = await environment();
    await startProcess(env);
    const { code, stderr } = await runProcess({ ...env, PORT: String(await findFreePort()) });
    expect(code).toBe(1);
    expect(stderr).toContain('is another one running on the same folder?');
  });

  it('inside another program that runs in production', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      const dataDir = join(folder, 'data');
      await expect(startMuxDouble({ dataDir, tokenId: 'a', tokenSecret: 'b' })).rejects.toThrow('refuses to start');
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});

describe('the program ends', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s with exit code 0, in the middle of a transcoding, leaving no ffmpeg',
    async (signal) => {
      const env = await environment();
      const child = await startProcess(env);
      await beginTranscoding(env);
      expect(ffmpegs().length).toBeGreaterThan(0);
      expect(await end(child, signal)).toEqual({ code: 0 });
      await expect.poll(ffmpegs, PATIENTLY).toEqual([]);
    },
  );

  it('when the process that started it is gone', async () => {
    const child = await startProcess(await environment());
    const exited = once(child, 'exit');
    child.disconnect();
    expect(await exited).toEqual([0, null]);
  });

  it('leaves no ffmpeg even when it is killed', async () => {
    const env = await environment();
    const child = await startProcess(env);
    await beginTranscoding(env);
    await end(child, 'SIGKILL');
    await expect.poll(ffmpegs, PATIENTLY).toEqual([]);
  });
});

describe('after kill -9', () => {
  it('a transcoding that was under way is done again, and the asset becomes ready', async () => {
    const env = await environment();
    const killed = await startProcess(env);
    const assetId = await beginTranscoding(env);
    await end(killed, 'SIGKILL');
    await startProcess(env);
    await webhooks.event('video.asset.ready', assetId);
    const mux = clientOf(`http://127.0.0.1:${env.PORT}`);
    const asset = await mux.video.assets.retrieve(assetId);
    expect(asset).toMatchObject({ status: 'ready' });
    const playbackId = asset.playback_ids?.[0]?.id;
    expect((await fetch(`http://127.0.0.1:${env.PORT}/${playbackId}.m3u8`)).status).toBe(200);
    expect(await readdir(join(folder, 'data', 'work'))).toEqual([]);
    // It transcodes the clip nearly twice, which a busy machine takes its time for.
  }, 120_000);

  it('an upload goes on from the last acknowledged chunk, with none of its bytes lost', async () => {
    const env = await environment();
    const killed = await startProcess(env);
    const mux = clientOf(`http://127.0.0.1:${env.PORT}`);
    const upload = await mux.video.uploads.create({ cors_origin: ORIGIN });
    const clip = longClip;
    const put = (first: number, last: number) =>
      fetch(upload.url ?? '', {
        method: 'PUT',
        headers: { 'content-range': `bytes ${first}-${last - 1}/${clip.length}` },
        body: Buffer.from(clip.subarray(first, last)),
      });
    expect((await put(0, UNIT)).status).toBe(308);
    await end(killed, 'SIGKILL');
    await startProcess(env);
    const asked = await fetch(upload.url ?? '', {
      method: 'PUT',
      headers: { 'content-range': `bytes */${clip.length}` },
    });
    expect([asked.status, asked.headers.get('range')]).toEqual([308, `bytes=0-${UNIT - 1}`]);
    expect((await put(UNIT, clip.length)).status).toBe(200);
    expect(await readFile(join(folder, 'data', 'uploads', upload.id))).toEqual(clip);
  });

  it('webhooks that nobody had taken yet are sent', async () => {
    const env = await environment();
    webhooks.answers.push(...Array.from({ length: 1000 }, () => 500));
    const killed = await startProcess(env);
    const { id } = await clientOf(`http://127.0.0.1:${env.PORT}`).video.uploads.create({ cors_origin: ORIGIN });
    const first = await webhooks.event('video.upload.created', id);
    await end(killed, 'SIGKILL');
    const attempts = webhooks.received.length;
    webhooks.answers.length = 0;
    await startProcess(env);
    const all = await webhooks.until((received) => received.length > attempts);
    expect(all.at(-1)?.id).toBe(first.id);
  });
});

describe('what the program writes', () => {
  it('is one JSON object a line on standard output, with no token, upload address or secret in it', async () => {
    const env = await environment();
    const child = fork(MAIN, [], { env, silent: true, execArgv: [] });
    children.push(child);
    let out = '';
    let errors = '';
    child.stdout?.on('data', (piece) => (out += piece));
    child.stderr?.on('data', (piece) => (errors += piece));
    await expect.poll(() => out, PATIENTLY).toContain('mux double ready');
    const base = `http://127.0.0.1:${env.PORT}`;
    const { url = '' } = await clientOf(base).video.uploads.create({ cors_origin: ORIGIN });
    await fetch(url, { method: 'PUT', body: 'not a video' });
    await webhooks.event('video.asset.errored');
    await fetch(`${base}/anything.m3u8?token=very-secret-token`);
    await end(child, 'SIGTERM');
    expect(errors).toBe('');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['mux double ready', 'webhook attempt', 'asset transcoded']),
    );
    for (const secret of [url.split('/').at(-1) ?? '', 'very-secret-token', TOKEN_SECRET, WEBHOOK_SECRET]) {
      expect(out).not.toContain(secret);
    }
  });
});
