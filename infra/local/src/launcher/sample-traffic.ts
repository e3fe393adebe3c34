import { randomUUID } from 'node:crypto';
import { webhookSignature } from '../mux/webhooks/signature.ts';
import { success } from './staff-client.ts';

type Opened = { sessionId: string };
type Link = { publicId: string; secret: string };

/** A viewer of a sample link: by what they watch, how far they get, and whether they agreed to be measured. */
export type SampleViewer = {
  agent: string;
  /** Seconds of the video that are played, from its beginning. */
  watches: number;
  stalls?: number;
  consents: boolean;
  ends?: boolean;
};

const agents = {
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
  tablet: 'Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36',
  desk: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
};

/** Who opens each sample link: enough of them, and unlike enough, that charts and lists have something to tell. */
export const SAMPLE_VIEWERS: readonly SampleViewer[] = [
  { agent: agents.phone, watches: 6, consents: true, ends: true },
  { agent: agents.desk, watches: 4, stalls: 0.8, consents: true },
  { agent: agents.android, watches: 2, consents: true },
  { agent: agents.tablet, watches: 6, consents: false, ends: true },
  { agent: agents.phone, watches: 5, stalls: 1.6, consents: true },
];

/** What comes to the product's public doors without anybody of the staff: viewers, people with a wrong link, and the video service. */
export class SampleTraffic {
  readonly #app: string;
  constructor(app: string) {
    this.#app = app;
  }

  /** Opens a link as its page does. A refusal is an answer like another, and is recorded too. */
  open({ publicId, secret }: Link, agent?: string): Promise<Response> {
    return this.#post(`/api/share/${publicId}`, { secret }, agent ? { 'user-agent': agent } : {});
  }

  async watch(link: Link, viewer: SampleViewer): Promise<void> {
    const { agent, watches, stalls = 0, consents: consent, ends = false } = viewer;
    const { sessionId } = await success<Opened>('A viewer’s play', await this.open(link, agent));
    const half = watches / 2;
    const events = [
      { kind: 'play' },
      { kind: 'heartbeat', watched: [[0, half]], rebufferSeconds: stalls },
      { kind: ends ? 'ended' : 'heartbeat', watched: [[half, watches]] },
    ].map((event, sequence) => ({ sequence, ...event }));
    const told = await this.#post(
      `/api/share/${link.publicId}/events`,
      { sessionId, consent, events },
      { 'user-agent': agent },
    );
    await success('What a viewer watched', told);
  }

  /** Two events of the video service that need a person: one that is far too late is kept aside, one that cannot be read gives up in some minutes. */
  async sendTroubledEvents(webhookSecret: string): Promise<void> {
    const now = Date.now();
    await this.#deliver(webhookSecret, now - 26 * 3_600_000, { status: 'ready' });
    await this.#deliver(webhookSecret, now, { id: randomUUID(), status: 'ready', duration: 'ten seconds' });
  }

  async #deliver(webhookSecret: string, signedAt: number, data: object): Promise<void> {
    const event = {
      type: 'video.asset.ready',
      id: randomUUID(),
      created_at: new Date(signedAt).toISOString(),
      object: { type: 'asset', id: randomUUID() },
      data,
    };
    const body = JSON.stringify(event);
    const answer = await fetch(`${this.#app}/api/webhooks/mux`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'mux-signature': webhookSignature(body, webhookSecret, signedAt) },
      body,
    });
    await success('An event of the video service', answer);
  }

  #post(path: string, body: object, headers: Record<string, string>): Promise<Response> {
    return fetch(`${this.#app}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }
}
