import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runFfmpeg } from '../../media/ffmpeg.ts';
import type { Rendition } from '../store/media.ts';
import { avcCodec } from './avc-codec.ts';
import type { Rung } from './ladder.ts';
import { playlistSegments } from './playlist.ts';
import { InvalidInputError, type SourceFacts, untrustedInput } from './probe.ts';
import type { StoryboardPlan } from './storyboard-plan.ts';

/** Every segment begins with a key frame, at the same moment in every rendition, so that a player can change between them. */
const SEGMENT_SECONDS = 2;
const HIGHEST_FRAME_RATE = 60;
/** AAC-LC. Source: RFC 6381. */
const AUDIO_CODEC = 'mp4a.40.2';
/** Enough of a segment to hold its first parameter set. */
const HEAD_BYTES = 64 * 1024;

export interface EncodeJob {
  readonly source: string;
  readonly facts: SourceFacts;
  readonly rungs: readonly Rung[];
  readonly storyboard: StoryboardPlan;
  /** An existing, empty folder. Afterwards it holds `<rung>/index.m3u8` with its segments, and `storyboard.jpg`. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Share of the work that is done, 0 to 99 per cent. */
  readonly onProgress: (percent: number) => void;
}

/**
 * Makes the HLS ladder and the storyboard in one pass over the source. Throws FfmpegError when the source cannot be
 * decoded, InvalidInputError when it holds no picture, and the signal's reason when aborted.
 */
export async function encode(job: EncodeJob): Promise<Rendition[]> {
  const { facts, rungs, folder } = job;
  for (const rung of rungs) await mkdir(join(folder, rung.name));
  const outputs = rungs.flatMap((rung, index) => renditionOutput(index, join(folder, rung.name), facts));
  await runFfmpeg({
    args: [
      ...['-loglevel', 'error', '-progress', 'pipe:1', '-y'],
      ...untrustedInput(job.source),
      ...['-filter_complex', filterGraph(job)],
      ...outputs,
      ...['-map', '[tiles]', '-frames:v', '1', '-q:v', '4', join(folder, 'storyboard.jpg')],
    ],
    signal: job.signal,
    onProgress: (seconds) => job.onProgress(Math.min(99, Math.round((seconds / facts.durationSeconds) * 100))),
  });
  return Promise.all(rungs.map((rung) => describeRendition(rung, join(folder, rung.name), facts)));
}

function filterGraph({ rungs, storyboard, facts }: EncodeJob): string {
  const rate = storyboard.starts.length / facts.durationSeconds;
  const capped = facts.frameRate > HIGHEST_FRAME_RATE ? `fps=${HIGHEST_FRAME_RATE},` : '';
  const inputs = rungs.map((_, index) => `[in${index}]`).join('');
  return [
    `[0:v:0]${capped}split=${rungs.length + 1}${inputs}[inTiles]`,
    ...rungs.map((rung, index) => `[in${index}]scale=${rung.width}:${rung.height},setsar=1,format=yuv420p[v${index}]`),
    `[inTiles]fps=${rate}:round=up,scale=${storyboard.tileWidth}:${storyboard.tileHeight},setsar=1,format=yuvj420p,` +
      `tile=${storyboard.columns}x${storyboard.rows}[tiles]`,
  ].join(';');
}

function renditionOutput(index: number, folder: string, facts: SourceFacts): string[] {
  return [
    ...['-map', `[v${index}]`, '-c:v', 'libx264', '-preset', 'superfast', '-crf', '24', '-sc_threshold', '0'],
    ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_SECONDS})`],
    ...(facts.audio === null ? [] : ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-ar', '48000']),
    ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_playlist_type', 'vod', '-hls_list_size', '0'],
    ...['-hls_flags', 'independent_segments', '-hls_segment_filename', join(folder, '%05d.ts')],
    join(folder, 'index.m3u8'),
  ];
}

async function describeRendition(rung: Rung, folder: string, facts: SourceFacts): Promise<Rendition> {
  const segments = playlistSegments(await readFile(join(folder, 'index.m3u8'), 'utf8'));
  const first = segments[0];
  if (first === undefined) throw new InvalidInputError('The input file holds no picture that could be decoded.');
  const sizes = await Promise.all(segments.map(async (segment) => (await stat(join(folder, segment.uri))).size * 8));
  const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
  const video = avcCodec(await head(join(folder, first.uri)));
  return {
    ...rung,
    frameRate: Math.min(facts.frameRate, HIGHEST_FRAME_RATE),
    codecs: facts.audio === null ? video : `${video},${AUDIO_CODEC}`,
    bandwidth: Math.ceil(Math.max(...sizes.map((bits, index) => bits / Math.max(segments[index]?.seconds ?? 0, 0.1)))),
    averageBandwidth: Math.ceil(sizes.reduce((sum, bits) => sum + bits, 0) / seconds),
  };
}

async function head(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
