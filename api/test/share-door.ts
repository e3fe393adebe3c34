import type { ShareProof } from '../src/features/playback/share-proof.ts';
import { shareProof } from '../src/features/playback/share-proof.ts';
import { hashPassphrase } from '../src/playback/passphrase.ts';
import { type GivenShare, type GivenVideo, givenShare, rewriteHistory } from './fixtures.ts';
import type { IntegrationApp } from './integration-app.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

type Link = Pick<GivenShare, 'publicId' | 'secret'>;

/** A share link at the api's door, as a viewer's page asks. */
export class ShareDoor {
  readonly subject: IntegrationApp;
  readonly #video: GivenVideo;

  constructor(subject: IntegrationApp, video: GivenVideo) {
    this.subject = subject;
    this.#video = video;
  }

  async post(publicId: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.subject.origin}/api/share/${publicId}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'request-of-a-test', ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
      body: JSON.parse(text) as Record<string, unknown>,
    };
  }

  resolve({ publicId, secret }: Link, body: object = {}, headers?: Record<string, string>): Promise<Answer> {
    return this.post(publicId, '', { secret, ...body }, headers);
  }

  /** @param sessionId of somebody who has watched already, as in the other two below */
  passphrase({ publicId, secret }: Link, passphrase: unknown, sessionId?: string): Promise<Answer> {
    return this.post(publicId, '/passphrase', { secret, passphrase, sessionId });
  }

  askCode({ publicId, secret }: Link, email: unknown, sessionId?: string): Promise<Answer> {
    return this.post(publicId, '/code', { secret, email, sessionId });
  }

  tryCode({ publicId, secret }: Link, email: unknown, code: unknown, sessionId?: string): Promise<Answer> {
    return this.post(publicId, '/code/verify', { secret, email, code, sessionId });
  }

  /** A link with a passphrase. */
  async givenPassphraseLink(passphrase: string): Promise<GivenShare> {
    const share = await givenShare(this.subject.database, this.#video);
    await rewriteHistory(
      this.subject.database,
      'update app.share_tokens set has_passphrase = true, passphrase_hash = $2 where id = $1',
      [share.id, await hashPassphrase(passphrase)],
    );
    return share;
  }

  /** A link for these addresses, and domains written as `@club.example`. */
  async givenRecipientLink(...recipients: string[]): Promise<GivenShare> {
    const share = await givenShare(this.subject.database, this.#video);
    await rewriteHistory(
      this.subject.database,
      `with link as (update app.share_tokens set recipients_only = true where id = $1 returning id, coach_id)
       insert into app.share_recipients (share_token_id, coach_id, kind, value)
       select l.id, l.coach_id, r.kind, r.value from link l, app.read_recipients($2) r`,
      [share.id, recipients],
    );
    return share;
  }

  /** The code that the newest mail to this address would have, read as only who has the key and the row can. */
  async codeFor(share: GivenShare, email: string): Promise<string> {
    const { rows } = await this.subject.database.admin.query<{ id: string }>(
      `select id from app.share_code_challenges where share_token_id = $1 and address_hash = app.address_hash($2)
       order by created_at desc limit 1`,
      [share.id, email],
    );
    const id = rows[0]?.id;
    if (id === undefined) {
      throw new Error('No code was asked for.');
    }
    return this.subject.app.shareProofs.codeOf(id);
  }

  /** Asks for a code and gives it. */
  async provenAddress(share: GivenShare, email: string): Promise<ShareProof> {
    await this.askCode(share, email);
    return shareProof.parse((await this.tryCode(share, email, await this.codeFor(share, email))).body);
  }

  /** The rules by which tries at this link were decided, oldest first. */
  async attempts(share: GivenShare): Promise<string[]> {
    const { rows } = await this.subject.database.admin.query<{ rule: string }>(
      'select rule from app.share_proof_attempts where share_token_id = $1 order by attempted_at, id',
      [share.id],
    );
    return rows.map(({ rule }) => rule);
  }
}
