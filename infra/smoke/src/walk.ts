import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { ask, expectJson, StepError, UsageError, type Walker } from './product.ts';

/** One step that was taken: how long it took, and what went wrong, if anything did. */
export interface Step {
  readonly step: string;
  readonly ms: number;
  readonly ok: boolean;
  readonly error?: string;
}

export interface WalkOptions {
  /** Origin of the product. */
  readonly app: string;
  readonly walker: Walker;
  /** The video to probe; undefined: the newest of the walker's that is ready. */
  readonly videoId: string | undefined;
  /** How the tokens that are out shall end: by a cut, by themselves, or without waiting for it. */
  readonly until: 'cut' | 'expiry' | 'revoked';
  readonly onStep: (step: Step) => void;
}

export interface Walked {
  readonly ok: boolean;
  /** Milliseconds from the revocation's request until a mint was refused; null when it did not get so far. */
  readonly revokedAfterMs: number | null;
}

const linkShape = z.object({ id: z.uuid(), public_id: z.string(), secret: z.string() });
const videosShape = z.array(z.object({ id: z.uuid() }));
const grantShape = z.object({ playbackUrl: z.url(), expiresAt: z.iso.datetime() });
const problemShape = z.object({ code: z.string() });
const claimsShape = z.object({ exp: z.int() });

/** Seconds that a playback token may live (SH-03), and what clocks may differ. */
const longestTokenSeconds = 900 + 5;
/** Milliseconds that a cut may take before the walk gives up; a token's end is waited for as long as it says, and this. */
const patienceMs = 60_000;
const refusals: readonly number[] = [401, 403, 404, 410];

/**
 * Walks share → play → revoke → refused over HTTP, as a coach and a viewer do, and then sees the token that is out end. Stops at the first step
 * that is not as it must be. The link is revoked in any case.
 */
export async function walk(options: WalkOptions): Promise<Walked> {
  const { app, walker, onStep, until } = options;
  let link: z.output<typeof linkShape> | undefined;
  let revokedAfterMs: number | null = null;

  const step = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const begun = performance.now();
    const ms = (): number => Math.round(performance.now() - begun);
    try {
      const result = await work();
      onStep({ step: name, ms: ms(), ok: true });
      return result;
    } catch (error) {
      if (error instanceof UsageError) throw error;
      onStep({ step: name, ms: ms(), ok: false, error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
  const rest = async (path: string, body?: object): Promise<Response> =>
    ask(`${app}/rest/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${await walker.token()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const mint = ({ public_id, secret }: z.output<typeof linkShape>): Promise<Response> =>
    ask(`${app}/api/share/${public_id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    });
  const revoke = async (id: string): Promise<void> => {
    await expectJson(await rest('rpc/revoke_share_token', { id, reason: 'Smoke test' }), z.unknown());
  };

  try {
    await step('ready', async () => expectJson(await ask(`${app}/readyz`), z.unknown()));
    const video = await step('video', () => findVideo(options, rest));
    const made = await step('share', async () =>
      expectJson(await rest('rpc/create_share_token', { video_id: video, label: 'Smoke test' }), linkShape),
    );
    link = made;
    const grant = await step('mint', async () => checkLife(await expectJson(await mint(made), grantShape)));
    const segment = await step('manifest', () => firstSegment(grant.playbackUrl));
    await step('segment', () => readBytes(segment));

    const begun = performance.now();
    await step('revoke', () => revoke(made.id));
    link = undefined;
    await step('refused mint', async () => {
      const answer = await mint(made);
      const { code } = problemShape.parse(await answer.json());
      if (answer.status !== 403 || code !== 'share.unavailable') {
        throw new StepError(`a revoked link was answered ${answer.status} ${code}`);
      }
      revokedAfterMs = Math.round(performance.now() - begun);
    });
    if (until !== 'revoked') {
      let waitMs = new Date(grant.expiresAt).getTime() - Date.now() + patienceMs;
      if (until === 'cut') {
        waitMs = patienceMs;
        await step('cut', async () => {
          await walker.confirm();
          await expectJson(await rest('rpc/cut_playback', { video_id: video, reason: 'Smoke test' }), z.unknown());
        });
      }
      await step('refused manifest', () => untilRefused(grant.playbackUrl, waitMs));
      await step('refused segment', () => untilRefused(segment, waitMs));
    }
    return { ok: true, revokedAfterMs };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Nobody shall be able to play by what is left behind.
    if (link !== undefined) await revoke(link.id).catch(() => undefined);
    return { ok: false, revokedAfterMs };
  }
}

async function findVideo({ videoId }: WalkOptions, rest: (path: string) => Promise<Response>): Promise<string> {
  if (videoId !== undefined) return videoId;
  const [newest] = await expectJson(
    await rest('videos?select=id&status=eq.ready&order=created_at.desc,id.desc&limit=1'),
    videosShape,
  );
  if (newest === undefined) {
    throw new UsageError('There is no video that is ready to be probed: name one with --video.');
  }
  return newest.id;
}

/** Refuses a grant that lives longer than it may, by what it says and by the token's own claim. */
function checkLife<Grant extends z.output<typeof grantShape>>(grant: Grant): Grant {
  const token = new URL(grant.playbackUrl).searchParams.get('token') ?? '';
  const { exp } = claimsShape.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  const life = exp - Date.now() / 1_000;
  if (life > longestTokenSeconds || Math.abs(exp * 1_000 - Date.parse(grant.expiresAt)) > 1_000) {
    throw new StepError(`a playback token lives for ${Math.round(life)} s`);
  }
  return grant;
}

async function firstEntry(url: string): Promise<string> {
  const response = await ask(url);
  const text = await response.text();
  const entry = text.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
  if (!response.ok || entry === undefined) {
    throw new StepError(`a playlist was answered ${response.status}`);
  }
  return new URL(entry, url).href;
}

const firstSegment = async (playbackUrl: string): Promise<string> => firstEntry(await firstEntry(playbackUrl));

async function readBytes(url: string): Promise<void> {
  const response = await ask(url);
  const { byteLength } = await response.arrayBuffer();
  if (!response.ok || byteLength === 0) {
    throw new StepError(`a segment was answered ${response.status} with ${byteLength} bytes`);
  }
}

async function untilRefused(url: string, waitMs: number): Promise<void> {
  const end = performance.now() + waitMs;
  for (;;) {
    const response = await ask(url);
    await response.body?.cancel();
    if (refusals.includes(response.status)) return;
    if (performance.now() > end) throw new StepError(`still answered ${response.status}`);
    await delay(500);
  }
}
