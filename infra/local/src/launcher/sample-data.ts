import { PERSONAS, type PersonaKey } from '../identity/personas.ts';
import type { SampleLink, SampleStateFile } from './sample-state.ts';
import { SAMPLE_VIEWERS, SampleTraffic } from './sample-traffic.ts';
import { SAMPLE_VIDEOS, type SampleVideo } from './sample-videos.ts';
import { StaffClient, success } from './staff-client.ts';
import type { Progress } from './terminal.ts';
import { type VideoMaker, videoOf } from './video-maker.ts';

export type SampleDataOptions = {
  urls: { app: string; identity: string };
  maker: VideoMaker;
  file: SampleStateFile;
  /** Signs what comes from the video service. */
  webhookSecret: string;
};

type ShareRow = { id: string; status: string };
type CreatedShare = { id: string; public_id: string; secret: string; expires_at: string };

/**
 * Sample data made through the product's own doors: coaches sign in and upload, Mux transcodes, links are shared, a stranger
 * plays one, an admin revokes another; then more links, viewers and refusals, so that lists and charts have something to tell. Nothing is written past the rules, so the audit log tells the truth. What is done is
 * noted; an interrupted run goes on where it was.
 */
export class SampleData {
  readonly #urls: SampleDataOptions['urls'];
  readonly #maker: VideoMaker;
  readonly #file: SampleStateFile;
  readonly #webhookSecret: string;
  readonly #traffic: SampleTraffic;
  readonly #staff = new Map<PersonaKey, StaffClient>();

  constructor({ urls, maker, file, webhookSecret }: SampleDataOptions) {
    this.#urls = urls;
    this.#maker = maker;
    this.#file = file;
    this.#webhookSecret = webhookSecret;
    this.#traffic = new SampleTraffic(urls.app);
  }

  /** True while there is more to do than to look whether the link still works. */
  get isMissingSomething(): boolean {
    const { videos, wasPlayed, wasRevoked, isBusy } = this.#file.state;
    return !(wasPlayed && wasRevoked && isBusy) || SAMPLE_VIDEOS.some(({ key }) => videos[key] === undefined);
  }

  get needsFirstVideo(): boolean {
    return this.#file.state.videos[SAMPLE_VIDEOS[0].key] === undefined;
  }

  /** Begins to draw the first clip while the rest of the product comes up. */
  prepare(): void {
    if (!this.needsFirstVideo) return;
    // Whoever needs the clip hears of a failure.
    this.#maker.clipOf(SAMPLE_VIDEOS[0]).catch(() => {});
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
    const video = await videoOf(this.#as('amelia'), videoId);
    if (video?.status !== 'ready') return undefined;
    const link = await this.#share('amelia', videoId, 'Sample link for a first look');
    this.#file.update({ link });
    return this.#address(link);
  }

  /** A stranger plays, an admin revokes, the other videos arrive. */
  async addTheRest(say: (line: string) => void): Promise<void> {
    const { state } = this.#file;
    if (!state.wasPlayed && state.link) {
      await success('A stranger’s play', await this.#traffic.open(state.link));
      this.#file.update({ wasPlayed: true });
    }
    if (!state.wasRevoked) await this.#revokeOne();
    for (const [index, video] of SAMPLE_VIDEOS.entries()) {
      if (this.#file.state.videos[video.key] !== undefined) continue;
      await this.#ensureVideo(video, () => {});
      say(`  ✓ sample video ${index + 1} of ${SAMPLE_VIDEOS.length} is ready: ${video.title}`);
    }
    if (!this.#file.state.isBusy) await this.#makeBusy();
  }

  async #ensureVideo(video: SampleVideo, progress: Progress): Promise<void> {
    if (this.#file.state.videos[video.key] !== undefined) return;
    const videoId = await this.#maker.make(this.#as(video.coach), video, progress);
    this.#file.update({ videos: { ...this.#file.state.videos, [video.key]: videoId } });
  }

  async #revokeOne(): Promise<void> {
    const videoId = this.#file.state.videos[SAMPLE_VIDEOS[0].key];
    if (videoId === undefined) return;
    const link = await this.#share('amelia', videoId, 'Athlete’s parents');
    await success('A stranger’s play', await this.#traffic.open(link));
    await this.#as('priya').rpc('revoke_share_token', {
      id: link.id,
      reason: 'Sent to the wrong address; the coach asked for it to be withdrawn.',
    });
    // A stranger who tries it now is refused, and that is recorded too.
    await this.#refused(link);
    this.#file.update({ wasRevoked: true });
  }

  /** Links to every video with their viewers, somebody with a wrong link, links revoked together, events that need a person. */
  async #makeBusy(): Promise<void> {
    const { videos } = this.#file.state;
    const ended: SampleLink[] = [];
    for (const [index, { key, coach, links }] of SAMPLE_VIDEOS.entries()) {
      const videoId = videos[key];
      if (videoId === undefined) continue;
      for (const [place, { label, isEnded = false, ...options }] of links.entries()) {
        const link = await this.#share(coach, videoId, label, options);
        for (const viewer of SAMPLE_VIEWERS.slice(0, 2 + ((index + place) % 4)))
          await this.#traffic.watch(link, viewer);
        if (isEnded) ended.push(link);
      }
    }
    if (ended[0]) {
      await this.#refused({ publicId: ended[0].publicId, secret: this.#file.state.link?.secret ?? '' });
      await this.#as('priya').rpc('revoke_share_tokens', {
        token_ids: ended.map(({ id }) => id),
        expected_count: ended.length,
        reason: 'The open day is over; the club asked for its links to end.',
      });
      await this.#refused(ended[0]);
    }
    await this.#traffic.sendTroubledEvents(this.#webhookSecret);
    this.#file.update({ isBusy: true });
  }

  async #refused(link: Pick<SampleLink, 'publicId' | 'secret'>): Promise<void> {
    await (await this.#traffic.open(link)).body?.cancel();
  }

  async #share(
    coach: PersonaKey,
    videoId: string,
    label: string,
    options: { max_views?: number } = {},
  ): Promise<SampleLink> {
    const answer = await this.#as(coach).rpc<CreatedShare | CreatedShare[]>('create_share_token', {
      video_id: videoId,
      label,
      ...options,
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

  #address({ publicId, secret }: SampleLink): string {
    return `${this.#urls.app}/s/${publicId}#${secret}`;
  }

  #as(key: PersonaKey): StaffClient {
    const client = this.#staff.get(key) ?? new StaffClient(PERSONAS[key], this.#urls);
    this.#staff.set(key, client);
    return client;
  }
}
