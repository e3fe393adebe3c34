import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleClip } from '../media/sample-clip.ts';
import { uploadResumably } from './resumable-upload.ts';
import type { StaffClient } from './staff-client.ts';
import type { Progress } from './terminal.ts';

/** A video to be made: its clip, and what its coach says of it. */
export type VideoPlan = {
  title: string;
  description: string;
  fileName: string;
  /** Length of the generated clip. */
  seconds: number;
  /** Words in the picture, and its base colour. */
  caption: string;
  color: string;
  /** Pixels; 1280 by 720 when left out. */
  size?: { width: number; height: number };
};

type VideoRow = { id: string; status: string; error_message: string | null };

const READY_WITHIN_MS = 120_000;
const HD = { width: 1280, height: 720 };

/** Draws clips, and brings them in by the product's own doors: a coach uploads, Mux transcodes. */
export class VideoMaker {
  readonly #clipsFolder: string;
  readonly #signal: AbortSignal;
  readonly #clips = new Map<string, Promise<string>>();

  constructor({ clipsFolder, signal }: { clipsFolder: string; signal: AbortSignal }) {
    this.#clipsFolder = clipsFolder;
    this.#signal = signal;
  }

  /** The clip's path; drawn when it is not there yet. */
  clipOf(video: VideoPlan): Promise<string> {
    const known = this.#clips.get(video.fileName) ?? this.#draw(video);
    this.#clips.set(video.fileName, known);
    return known;
  }

  /**
   * Uploads the clip as the coach's, and waits until it can be played.
   * @returns the video's id
   * @throws Error when it is not ready within two minutes, or failed
   */
  async make(coach: StaffClient, video: VideoPlan, progress: Progress): Promise<string> {
    progress('drawing the clip');
    const path = await this.clipOf(video);
    const contentType = 'video/mp4';
    const upload = await coach.request<{ videoId: string; uploadUrl: string }>('POST', '/api/uploads', {
      title: video.title,
      description: video.description,
      fileName: video.fileName,
      fileSizeBytes: statSync(path).size,
      contentType,
    });
    await uploadResumably(upload.uploadUrl, { path, contentType }, this.#signal, (sent, total) =>
      progress(`uploading, ${Math.round((100 * sent) / total)} %`),
    );
    progress('transcoding');
    await this.#untilReady(coach, upload.videoId);
    return upload.videoId;
  }

  async #draw({ fileName, seconds, caption: text, color, size = HD }: VideoPlan): Promise<string> {
    const path = join(this.#clipsFolder, fileName);
    if (existsSync(path)) return path;
    // Drawn beside its place: a clip that was interrupted is drawn again.
    await makeSampleClip({ path: `${path}.part`, seconds, ...size, text, color, signal: this.#signal });
    renameSync(`${path}.part`, path);
    return path;
  }

  async #untilReady(coach: StaffClient, videoId: string): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      this.#signal.throwIfAborted();
      const video = await videoOf(coach, videoId);
      if (video?.status === 'ready') return;
      if (video?.status !== 'uploading' && video?.status !== 'processing') {
        throw new Error(`The sample video is ${video?.status ?? 'gone'}: ${video?.error_message ?? 'no reason given'}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`The sample video was not ready after ${READY_WITHIN_MS / 1000} s.`);
  }
}

/** A coach's video as it stands; undefined when it is gone. */
export async function videoOf(coach: StaffClient, videoId: string): Promise<VideoRow | undefined> {
  const [video] = await coach.rows<VideoRow>('videos', { id: `eq.${videoId}`, select: 'id,status,error_message' });
  return video;
}
