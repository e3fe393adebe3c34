import { z } from 'zod';
import { resolveShareAnswer } from '../features/playback/resolve-share/schema.ts';

/** Milliseconds after which an answer is not waited for. */
const timeoutMs = 10_000;

const grantShape = resolveShareAnswer.pick({ playbackUrl: true, expiresAt: true });
const problemShape = z.object({ code: z.string() });

/** What a viewer's page gets for a link: tokens, or a refusal with its code. */
export type Resolved =
  | { readonly kind: 'granted'; readonly playbackUrl: string; readonly expiresAt: Date }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string };

/** A step of watching that did not go as it should; the message is a code that may be stored. */
export class NotPlayableError extends Error {
  override readonly name = 'NotPlayableError';
}

/** Watches a link over HTTP as a viewer's page does: resolve, manifest, rendition, segment. Nothing is known but the link. */
export class CanaryViewer {
  readonly #origin: string;
  readonly #link: { readonly publicId: string; readonly secret: string };

  /** @param origin of the product, as browsers reach it */
  constructor(origin: string, link: { readonly publicId: string; readonly secret: string }) {
    this.#origin = origin;
    this.#link = link;
  }

  /** @throws {NotPlayableError} for an answer that is neither tokens nor a refusal of the link: overload, a fault, none at all. */
  async resolve(): Promise<Resolved> {
    const response = await this.#ask(`${this.#origin}/api/share/${this.#link.publicId}`, 'resolve', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'canary' },
      body: JSON.stringify({ secret: this.#link.secret }),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.status === 200) {
      const grant = grantShape.parse(body);
      return { kind: 'granted', playbackUrl: grant.playbackUrl, expiresAt: new Date(grant.expiresAt) };
    }
    if (response.status === 403) {
      return { kind: 'refused', status: 403, code: problemShape.parse(body).code };
    }
    throw new NotPlayableError(`resolve.${response.status}`);
  }

  /** The URL of the first segment behind a manifest. @throws {NotPlayableError} when it cannot be reached. */
  async firstSegment(playbackUrl: string): Promise<string> {
    const rendition = await this.#firstEntry(playbackUrl, 'manifest');
    return this.#firstEntry(rendition, 'rendition');
  }

  /** The stream's status for a URL; its body is not read. */
  async status(url: string, step: 'manifest' | 'segment'): Promise<number> {
    const response = await this.#ask(url, step);
    await response.body?.cancel();
    return response.status;
  }

  async #firstEntry(url: string, step: string): Promise<string> {
    const response = await this.#ask(url, step);
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new NotPlayableError(`${step}.${response.status}`);
    }
    const entry = (await response.text()).split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
    if (entry === undefined) {
      throw new NotPlayableError(`${step}.empty`);
    }
    return new URL(entry, url).href;
  }

  async #ask(url: string, step: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    } catch {
      throw new NotPlayableError(`${step}.no_answer`);
    }
  }
}
