import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** How an upload goes. */
export const fates = ['ready', 'broken', 'empty', 'cancelled', 'unsent', 'deleted'] as const;
type Fate = (typeof fates)[number];

const weights: Readonly<Record<Fate, number>> = {
  ready: 66,
  broken: 10,
  empty: 4,
  cancelled: 8,
  unsent: 4,
  deleted: 8,
};

/** Uploads that one coach begins, below the 20 a day that are allowed. */
const uploadsEach = 10;
/** Answers that a coach may get while things fall apart: done, asked to wait, or told that Mux does not answer. */
const allowed = new Set([200, 201, 404, 409, 429, 502, 503, 504]);

/** An upload that was begun: what Mux calls it, and where its bytes go. */
type Begun = { readonly jobId: string; readonly url: string };

/** Coaches who upload videos whatever happens, each trying again as people do. */
export class Coaches {
  readonly #stage: Stage;
  readonly #ledger: Ledger;
  readonly #random: Random;
  #begun = 0;

  private constructor(stage: Stage, ledger: Ledger, random: Random) {
    this.#stage = stage;
    this.#ledger = ledger;
    this.#random = random;
  }

  /** @param uploads how many may be begun at the most */
  static async signUp(stage: Stage, ledger: Ledger, random: Random, uploads: number): Promise<Coaches> {
    await stage.cluster.query(
      `insert into app.profiles (subject, role, email, display_name)
       select 'user_' || n, 'coach', 'user_' || n || '@example.com', 'A coach' from generate_series(0, $1) n`,
      [Math.ceil(uploads / uploadsEach)],
    );
    return new Coaches(stage, ledger, random);
  }

  /** One upload from its beginning to what becomes of it, drawn unless given; whatever breaks on the way is tried again, or left as a coach would leave it. */
  async uploadOne(fate: Fate = this.#random.weighted(weights)): Promise<void> {
    const subject = this.#coach;
    const changes = this.#random.int(1, 4);
    const begun = await this.begin(subject);
    if (begun === undefined || fate === 'unsent') return;
    if (fate === 'cancelled') {
      await this.#ask(subject, 'DELETE', `/api/uploads/${begun.jobId}`);
      return;
    }
    await this.#send(begun.url, { ready: 'video', deleted: 'video', broken: 'broken', empty: '' }[fate]);
    if (fate === 'ready' || fate === 'deleted') await this.#changeAtMux(begun.jobId, changes, fate === 'deleted');
  }

  /** Whose turn it is. */
  get #coach(): string {
    return `user_${Math.floor(this.#begun / uploadsEach)}`;
  }

  /** Asks for a place to upload to. Undefined when the answer was no, or none. */
  async begin(subject: string): Promise<Begun | undefined> {
    const answer = await this.#ask(subject, 'POST', '/api/uploads', {
      title: 'Squat',
      fileName: 'squat.mp4',
      fileSizeBytes: 1_000,
      contentType: 'video/mp4',
    });
    if (answer?.status === 201) this.#begun += 1;
    // Nothing left for today: the next coach, unless somebody else has gone on to them already.
    if (answer?.status === 429 && subject === this.#coach) this.#begun += uploadsEach;
    if (answer?.status !== 201) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return undefined;
    }
    const { uploadJobId, uploadUrl } = answer.content as { uploadJobId: string; uploadUrl: string };
    this.#ledger.acknowledgedUploads.add(uploadJobId);
    return { jobId: uploadJobId, url: uploadUrl };
  }

  async #ask(
    subject: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; content: unknown } | undefined> {
    const { issuer, origin } = this.#stage;
    try {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await issuer.token(subject)}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(15_000),
      });
      const text = await response.text();
      if (!allowed.has(response.status)) {
        this.#ledger.wrongAnswers.push(`${method} ${path.slice(0, 12)} was answered ${response.status}: ${text}`);
      }
      return { status: response.status, content: JSON.parse(text) };
    } catch {
      // The api has died with the answer in its hand.
      return undefined;
    }
  }

  /** Sends a file as a browser does: again, until Mux has it or does not want it any more. */
  async #send(url: string, bytes: string): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const status = await fetch(url, { method: 'PUT', body: bytes, signal: AbortSignal.timeout(5_000) }).then(
        (answer) => answer.status,
        () => 503,
      );
      if (status < 500) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** What goes on at Mux once it has the file: updates, each with an event, and perhaps somebody deletes the asset there. */
  async #changeAtMux(jobId: string, changes: number, isDeleted: boolean): Promise<void> {
    const { mux } = this.#stage;
    try {
      const [row] = await this.#stage.cluster.query<{ mux_upload_id: string }>(
        'select mux_upload_id from app.upload_jobs where id = $1',
        [jobId],
      );
      const assetId = row && (await mux.video.uploads.retrieve(row.mux_upload_id)).asset_id;
      if (assetId === undefined) return;
      for (let change = 0; change < changes; change += 1) {
        await mux.video.assets.update(assetId, { meta: { title: `Take ${change}` } });
      }
      if (isDeleted) await mux.video.assets.delete(assetId);
    } catch {
      // The double or the database is down: nobody changes anything just now.
    }
  }
}
