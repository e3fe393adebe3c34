import { performance } from 'node:perf_hooks';
import type { CanaryViewer } from './viewer.ts';
import { NotPlayableError } from './viewer.ts';

/** Milliseconds from the act; null when it had not come by the end of the run. */
export interface Measured {
  readonly mintMs: number | null;
  readonly manifestMs: number | null;
  readonly segmentMs: number | null;
}

export interface MeasureOptions {
  readonly kind: 'revoke' | 'cut';
  readonly viewer: CanaryViewer;
  /** Revokes the link, or asks for the cut. Told when the token in use ends by itself. */
  readonly act: (tokenExpiresAt: Date) => Promise<void>;
  /** Waits between two looks; rejects when the program is asked to end. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Milliseconds between two looks. */
const pauseMs = { revoke: 1_000, cut: 250 } as const;
/** Milliseconds after the token's end, or after a cut was asked for, at which a run gives up. */
const patienceMs = { revoke: 60_000, cut: 120_000 } as const;
const refusals: readonly number[] = [401, 403, 404, 410];

/**
 * Plays, acts, and looks again and again until the mint, the manifest and the segment are refused. After a cut a mint is not refused: it is for
 * another playback id, and that has to play. A look that gets no answer, or a fault, counts for nothing.
 * @throws {NotPlayableError} when it did not play before the act, or does not after a cut.
 */
export async function measure({ kind, viewer, act, wait }: MeasureOptions): Promise<Measured> {
  const before = await viewer.resolve();
  if (before.kind === 'refused') {
    throw new NotPlayableError(`resolve.${before.status}`);
  }
  const { playbackUrl, expiresAt } = before;
  const segmentUrl = await viewer.firstSegment(playbackUrl);
  const status = await viewer.status(segmentUrl, 'segment');
  if (status !== 200 && status !== 206) {
    throw new NotPlayableError(`segment.${status}`);
  }

  const begun = performance.now();
  await act(expiresAt);
  const times: { mint: number | null; manifest: number | null; segment: number | null } = {
    mint: null,
    manifest: null,
    segment: null,
  };
  const remaining = kind === 'cut' ? 0 : Math.max(expiresAt.getTime() - Date.now(), 0);
  const end = begun + remaining + patienceMs[kind];
  const samePlace = (url: string): boolean => new URL(url).pathname === new URL(playbackUrl).pathname;

  const looks: Record<keyof typeof times, () => Promise<boolean>> = {
    mint: async () => {
      const answer = await viewer.resolve();
      if (answer.kind === 'refused') {
        return kind === 'revoke';
      }
      return kind === 'cut' && !samePlace(answer.playbackUrl) && (await viewer.firstSegment(answer.playbackUrl)) !== '';
    },
    manifest: async () => refusals.includes(await viewer.status(playbackUrl, 'manifest')),
    segment: async () => refusals.includes(await viewer.status(segmentUrl, 'segment')),
  };
  for (;;) {
    for (const step of ['mint', 'manifest', 'segment'] as const) {
      if (times[step] === null && (await looks[step]().catch(ignoreSilence))) {
        times[step] = Math.round(performance.now() - begun);
      }
    }
    if ((times.mint !== null && times.manifest !== null && times.segment !== null) || performance.now() > end) {
      return { mintMs: times.mint, manifestMs: times.manifest, segmentMs: times.segment };
    }
    await wait(pauseMs[kind]);
  }
}

function ignoreSilence(error: unknown): false {
  if (error instanceof NotPlayableError) {
    return false;
  }
  throw error;
}
