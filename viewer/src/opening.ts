import { embedderOf, framedIn } from './lib/embedding.ts';
import { keepingIn } from './lib/keeping.ts';
import { Proofs } from './lib/proofs.ts';
import { openShare, type ShareOutcome } from './lib/share-client.ts';
import type { ShareLink } from './lib/share-link.ts';

/** Who is signed in at the identity provider; a token is good for the next request, null when nobody is. */
export interface SignedIn {
  token(): Promise<string | null>;
}

/** Asks for one link, with everything that belongs to it: its session, what was proved, who is signed in, who shows the page. */
export class Opening {
  readonly proofs: Proofs;
  /** Set by the sign-in step: from then on every renewal carries a fresh session token. */
  signedIn: SignedIn | null = null;
  private readonly link: ShareLink;
  private readonly now = () => Date.now();
  /** A limit of views counts what this page opens, renews and tries again as one view. */
  private session: string | undefined;
  private readonly embedder = embedderOf(framedIn(window));

  constructor(link: ShareLink) {
    this.link = link;
    this.proofs = new Proofs(keepingIn('sessionStorage'), link.publicId, this.now);
  }

  get sessionId(): string | undefined {
    return this.session;
  }

  async ask(signal?: AbortSignal): Promise<ShareOutcome> {
    const bearer = await this.signedIn?.token().catch(() => null);
    const outcome = await openShare(
      this.link,
      { fetch: window.fetch.bind(window), now: this.now },
      { sessionId: this.session, proofs: this.proofs.all, embedder: this.embedder, bearer },
      signal,
    );
    if (outcome.kind === 'granted') this.session = outcome.grant.sessionId;
    return outcome;
  }
}
