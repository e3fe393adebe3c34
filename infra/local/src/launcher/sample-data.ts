import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PERSONAS, type PersonaKey } from '../identity/personas.ts';
import { makeSampleClip } from '../media/sample-clip.ts';
import { uploadResumably } from './resumable-upload.ts';
import { type SampleLink, SampleStateFile } from './sample-state.ts';
import { SAMPLE_VIDEOS, type SampleVideo } from './sample-videos.ts';
import { StaffClient, success } from './staff-client.ts';
import type { Progress } from './terminal.ts';

export type SampleDataOptions = {
  urls: { app: string; identity: string };
  clipsFolder: string;
  secretsFolder: string;
  signal: AbortSignal;
};

type VideoRow = { id: string; status: string; error_message: string | null };
type ShareRow = { id: string; status: string };
type CreatedShare = { id: string; public_id: string; secret: string; expires_at: string };

const READY_WITHIN_MS = 120_000;

/**
 * Sample data made through the product's own doors: coaches sign in and upload, Mux transcodes, links are shared, a stranger
 * plays one, an admin revokes another. Nothing is written past the rules, so the audit log tells the truth. What is done is
 * noted; an interrupted run goes on where it was.
 */
export class SampleData {
  readonly #options: SampleDataOptions;
  readonly #file: SampleStateFile;
  readonly #clips = new Map<string, Promise<string>>();
  readonly #staff = new Map<PersonaKey, StaffClient>();

  constructor(options: SampleDataOptions) {
    this.#options = options;
    this.#file = new SampleStateFile(options.secretsFolder);
  }

  /** True while there is more to do than to look whether the link still works. */
  get isMissingSomething(): boolean {
    const { videos, wasPlayed, wasRevoked } = this.#file.state;
    return !(wasPlayed && wasRevoked) || SAMPLE_VIDEOS.some(({ key }) => videos[key] === undefined);
  }

  get needsFirstVideo(): boolean {
    return this.#file.state.videos[SAMPLE_VIDEOS[0].key] === undefined;
  }

  /** Begins to draw the first clip while the rest of the product comes up. */
  prepare(): void {
    if (!this.needsFirstVideo) return;
    // Whoever needs the clip hears of a failure.
    this.#clipOf(SAMPLE_VIDEOS[0]).catch(() => {});
  }

  /** Uploads the first video and waits until it can be played. */
  async ensureFirstVideo(progress: Progress): Promise<void> {
    await this.#ensureVideo(SAMPLE_VIDEOS[0], progress);
  }

  /**
   * The share link to try: the one of before while it works, a new one when it has expired or was revoked.
   * @returns undefined when the sample video was deleted: then there is nothing to share
   */
  async ensureLink(): Promise<string | undefined> {
    const known = this.#file.state.link;
    if (known && (await this.#works(known))) return this.#address(known);
    const videoId = this.#file.state.videos[SAMPLE_VIDEOS[0].key];
    if (videoId === undefined) return undefined;
    const amelia = this.#as('amelia');
    const [video] = await amelia.rows<VideoRow>('videos', { id: `eq.${videoId}`, select: 'id,status,error_message' });
    if (video?.status !== 'ready') return undefined;
    const link = await this.#share(videoId, 'Sample link for a first look');
    this.#file.update({ link });
    return this.#address(link);
  }

  /** A stranger plays, an admin revokes, the other videos arrive. */
  async addTheRest(say: (line: string) => void): Promise<void> {
    const { state } = this.#file;
    if (!state.wasPlayed && state.link) {
      await success('A stranger’s play', await this.#play(state.link));
      this.#file.update({ wasPlayed: true });
    }
    if (!state.wasRevoked) await this.#revokeOne();
    for (const [index, video] of SAMPLE_VIDEOS.entries()) {
      if (this.#file.state.videos[video.key] !== undefined) continue;
      await this.#ensureVideo(video, () => {});
      say(`  ✓ sample video ${index + 1} of ${SAMPLE_VIDEOS.length} is ready: ${video.title}`);
    }
  }

  async #ensureVideo(video: SampleVideo, progress: Progress): Promise<void> {
    if (this.#file.state.videos[video.key] !== undefined) return;
    progress('drawing the clip');
    const path = await this.#clipOf(video);
    const { signal } = this.#options;
    const coach = this.#as(video.coach);
    const contentType = 'video/mp4';
    const upload = await coach.request<{ videoId: string; uploadUrl: string }>('POST', '/api/uploads', {
      title: video.title,
      description: video.description,
      fileName: video.fileName,
      fileSizeBytes: statSync(path).size,
      contentType,
    });
    await uploadResumably(upload.uploadUrl, { path, contentType }, signal, (sent, total) =>
      progress(`uploading, ${Math.round((100 * sent) / total)} %`),
    );
    progress('transcoding');
    await this.#untilReady(coach, upload.videoId);
    this.#file.update({ videos: { ...this.#file.state.videos, [video.key]: upload.videoId } });
  }

  /** The clip's path; drawn when it is not there yet. */
  #clipOf(video: SampleVideo): Promise<string> {
    const known = this.#clips.get(video.key) ?? this.#draw(video);
    this.#clips.set(video.key, known);
    return known;
  }

  async #draw({ fileName, seconds, caption: text, color }: SampleVideo): Promise<string> {
    const { clipsFolder, signal } = this.#options;
    const path = join(clipsFolder, fileName);
    if (existsSync(path)) return path;
    // Drawn beside its place: a clip that was interrupted is drawn again.
    await makeSampleClip({ path: `${path}.part`, seconds, width: 1280, height: 720, text, color, signal });
    renameSync(`${path}.part`, path);
    return path;
  }

  async #untilReady(coach: StaffClient, videoId: string): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      this.#options.signal.throwIfAborted();
      const [video] = await coach.rows<VideoRow>('videos', { id: `eq.${videoId}`, select: 'id,status,error_message' });
      if (video?.status === 'ready') return;
      if (video?.status !== 'uploading' && video?.status !== 'processing') {
        throw new Error(`The sample video is ${video?.status ?? 'gone'}: ${video?.error_message ?? 'no reason given'}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`The sample video was not ready after ${READY_WITHIN_MS / 1000} s.`);
  }

  async #revokeOne(): Promise<void> {
    const videoId = this.#file.state.videos[SAMPLE_VIDEOS[0].key];
    if (videoId === undefined) return;
    const link = await this.#share(videoId, 'Athlete’s parents');
    await success('A stranger’s play', await this.#play(link));
    await this.#as('priya').rpc('revoke_share_token', {
      id: link.id,
      reason: 'Sent to the wrong address; the coach asked for it to be withdrawn.',
    });
    // A stranger who tries it now is refused, and that is recorded too.
    await (await this.#play(link)).body?.cancel();
    this.#file.update({ wasRevoked: true });
  }

  async #share(videoId: string, label: string): Promise<SampleLink> {
    const answer = await this.#as('amelia').rpc<CreatedShare | CreatedShare[]>('create_share_token', {
      video_id: videoId,
      label,
    });
    const created = Array.isArray(answer) ? answer[0] : answer;
    if (!created) throw new Error('create_share_token answered nothing.');
    const { id, public_id, secret, expires_at } = created;
    return { id, videoId, publicId: public_id, secret, expiresAt: expires_at };
  }

  async #works(link: SampleLink): Promise<boolean> {
    const rows = await this.#as('amelia').rows<ShareRow>('share_tokens', { id: `eq.${link.id}`, select: 'id,status' });
    return rows[0]?.status === 'active';
  }

  #play({ publicId, secret }: SampleLink): Promise<Response> {
    return fetch(`${this.#options.urls.app}/api/share/${publicId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    });
  }

  #address({ publicId, secret }: SampleLink): string {
    return `${this.#options.urls.app}/s/${publicId}#${secret}`;
  }

  #as(key: PersonaKey): StaffClient {
    const client = this.#staff.get(key) ?? new StaffClient(PERSONAS[key], this.#options.urls);
    this.#staff.set(key, client);
    return client;
  }
}
