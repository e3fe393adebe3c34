import { FfmpegError } from '../../media/ffmpeg.ts';
import { newMuxId } from '../ids.ts';
import type { MediaFiles } from '../media-files.ts';
import type { AssetErrors } from '../store/assets.ts';
import type { AssetMedia } from '../store/media.ts';
import { encode } from './encode.ts';
import { ladderFor } from './ladder.ts';
import { InvalidInputError, probe } from './probe.ts';
import { planStoryboard } from './storyboard-plan.ts';

/** How a transcoding ended: with media to play, or with what is wrong with the file. */
export type TranscodeResult = { readonly media: AssetMedia } | { readonly errors: AssetErrors };

export interface TranscodeRequest {
  readonly assetId: string;
  readonly uploadId: string;
  /** `max_resolution_tier` as pixels on the shorter side. */
  readonly highestSide: number;
  readonly signal: AbortSignal;
  readonly onProgress: (percent: number) => void;
}

/** What turns a source file into an asset: ffmpeg, or something that pretends to. */
export type Transcoder = (files: MediaFiles, request: TranscodeRequest) => Promise<TranscodeResult>;

/**
 * Source file in, published asset folder out. A file that cannot be ingested is a result, not an exception; it throws
 * the signal's reason when aborted, and what the operating system says when the disk or the program fails.
 */
export async function transcode(files: MediaFiles, request: TranscodeRequest): Promise<TranscodeResult> {
  const source = files.upload(request.uploadId);
  try {
    const facts = await probe(source, request.signal);
    const storyboard = planStoryboard(facts);
    const folder = await files.newWorkFolder(request.assetId);
    const { signal, onProgress } = request;
    const rungs = ladderFor(facts, request.highestSide);
    const renditions = await encode({ source, facts, rungs, storyboard, folder, signal, onProgress });
    await files.publish(request.assetId, folder);
    const { tileWidth, tileHeight, columns, starts } = storyboard;
    return {
      media: {
        ...facts,
        videoTrackId: newMuxId(),
        audio: facts.audio === null ? null : { ...facts.audio, trackId: newMuxId() },
        renditions,
        storyboard: { tileWidth, tileHeight, columns, starts: [...starts] },
        textTracks: [],
      },
    };
  } catch (error) {
    const message = whyInvalid(error);
    if (message === undefined) throw error;
    return { errors: { type: 'invalid_input', messages: [message] } };
  }
}

function whyInvalid(error: unknown): string | undefined {
  if (error instanceof InvalidInputError) return error.message;
  // 255 is how ffmpeg ends when it is told to stop; 137 when it is killed. Neither says anything about the file.
  if (error instanceof FfmpegError && error.exitCode === 1) {
    return 'The input file could not be decoded: it is damaged or uses a codec that is not supported.';
  }
  return undefined;
}
