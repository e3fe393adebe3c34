import { createHash } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runFfmpeg } from '../../media/ffmpeg.ts';
import { newMuxId } from '../ids.ts';
import type { MediaFiles } from '../media-files.ts';
import type { Asset } from '../store/assets.ts';
import type { AssetMedia } from '../store/media.ts';
import { untrustedInput } from '../transcode/probe.ts';
import { type AnimationParameters, type ThumbnailParameters, thumbnailFilters } from './image-parameters.ts';

export type ImageFormat = 'jpg' | 'png' | 'webp' | 'gif';

const ENCODERS: Readonly<Record<ImageFormat, readonly string[]>> = {
  jpg: ['-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2'],
  png: ['-c:v', 'png', '-f', 'image2'],
  webp: ['-c:v', 'libwebp', '-f', 'webp'],
  gif: ['-c:v', 'gif', '-f', 'gif'],
};

const DEFAULT_ANIMATION_SECONDS = 5;
const DEFAULT_ANIMATION_WIDTH = 640;

/** Makes images when somebody asks for them, once each: they are kept in the asset's folder and go with it. */
export class ImageMaker {
  readonly #files: MediaFiles;
  readonly #underWay = new Map<string, Promise<string>>();
  readonly #closing = new AbortController();

  constructor(files: MediaFiles) {
    this.#files = files;
  }

  /** A still, by default from the asset's thumbnail time or else its middle. Returns the file's path. */
  thumbnail(asset: Asset, media: AssetMedia, parameters: ThumbnailParameters, format: ImageFormat): Promise<string> {
    const wanted = parameters.time ?? asset.thumbnailTime ?? media.durationSeconds / 2;
    // Seeking to the very end finds no frame any more.
    const time = Math.max(0, Math.min(wanted, media.durationSeconds - 0.25));
    const filters = [...thumbnailFilters(parameters), 'setsar=1'];
    const source = this.#files.upload(asset.uploadId);
    return this.#once(asset, { time, filters }, format, [
      ...['-ss', time.toFixed(3), ...untrustedInput(source), '-frames:v', '1', '-vf', filters.join(',')],
    ]);
  }

  /** A short moving picture, five seconds from the start unless told otherwise. Returns the file's path. */
  animation(asset: Asset, parameters: AnimationParameters, format: 'gif' | 'webp'): Promise<string> {
    const { start, fps, width, height } = parameters;
    const seconds = (parameters.end ?? start + DEFAULT_ANIMATION_SECONDS) - start;
    const size =
      width === undefined && height === undefined ? `${DEFAULT_ANIMATION_WIDTH}:-2` : `${width ?? -2}:${height ?? -2}`;
    const source = this.#files.upload(asset.uploadId);
    return this.#once(asset, { start, seconds, size, fps }, format, [
      ...['-ss', start.toFixed(3), '-t', seconds.toFixed(3), ...untrustedInput(source), '-an'],
      ...['-vf', `fps=${fps},scale=${size}`, '-loop', '0'],
    ]);
  }

  /** The storyboard in another format than the one it was made in. Returns the file's path. */
  storyboard(asset: Asset, format: 'jpg' | 'png' | 'webp'): Promise<string> {
    const made = this.#files.asset(asset.id, 'storyboard.jpg');
    if (format === 'jpg') return Promise.resolve(made);
    return this.#once(asset, { storyboard: true }, format, ['-i', `file:${made}`, '-frames:v', '1']);
  }

  /** Ends what is being made. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the double is closing'));
    await Promise.allSettled(this.#underWay.values());
  }

  #once(asset: Asset, what: object, format: ImageFormat, args: readonly string[]): Promise<string> {
    const name = createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);
    const path = this.#files.asset(asset.id, 'images', `${name}.${format}`);
    const running = this.#underWay.get(path) ?? this.#make(path, format, args);
    this.#underWay.set(path, running);
    return running;
  }

  async #make(path: string, format: ImageFormat, args: readonly string[]): Promise<string> {
    try {
      if (await this.#files.exists(path)) return path;
      await mkdir(dirname(path), { recursive: true });
      const draft = `${path}.${newMuxId()}`;
      await runFfmpeg({
        args: ['-loglevel', 'error', '-y', ...args, ...ENCODERS[format], draft],
        signal: this.#closing.signal,
      });
      await rename(draft, path);
      return path;
    } finally {
      this.#underWay.delete(path);
    }
  }
}
