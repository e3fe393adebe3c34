import { z } from 'zod';

/** Milliseconds after which an answer is not waited for. */
const timeoutMs = 15_000;

/** It cannot be begun: the command line, the environment or the place is not as it must be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An answer other than the one that the step needs. */
export class StepError extends Error {
  override readonly name = 'StepError';
}

/** Asks over HTTP and hands on whatever is answered. @throws {StepError} when nothing is. */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new StepError(
      `${new URL(url).origin} does not answer: ${error instanceof Error ? error.message : 'unknown'}`,
    );
  }
}

/** The body as the step needs it. @throws {StepError} for another status or shape, with the beginning of what came. */
export async function expectJson<Shape>(response: Response, shape: z.ZodType<Shape>): Promise<Shape> {
  const text = await response.text();
  const body = response.ok ? shape.safeParse(parse(text)) : undefined;
  if (body?.success !== true) {
    throw new StepError(`${response.status} ${text.slice(0, 300)}`);
  }
  return body.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const configShape = z.object({
  environment: z.string(),
  identity: z.object({ provider: z.string(), issuerUrl: z.url().optional() }),
});
const tokenShape = z.object({ token: z.string() });

/** Who walks: a token that somebody has given, or a persona of the local issuer. */
export interface Walker {
  /** A session token that is good now. */
  token(): Promise<string>;
  /** Proves anew who it is, for an act that needs it. */
  confirm(): Promise<void>;
}

/** Somebody at the local issuer's own doors: the form, the cookie, the token. */
class LocalWalker implements Walker {
  readonly #app: string;
  readonly #issuer: string;
  readonly #cookie: string;
  private constructor(app: string, issuer: string, cookie: string) {
    this.#app = app;
    this.#issuer = issuer;
    this.#cookie = cookie;
  }

  static async signIn(app: string, issuer: string, persona: string): Promise<LocalWalker> {
    const answer = await ask(`${issuer}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: issuer, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ persona, return_to: `${app}/admin/` }),
    });
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    if (cookie === '') {
      throw new StepError(`${persona} could not sign in: ${answer.status}`);
    }
    return new LocalWalker(app, issuer, cookie);
  }

  async token(): Promise<string> {
    return (await expectJson(await this.#ask('/v1/token'), tokenShape)).token;
  }

  async confirm(): Promise<void> {
    const answer = await this.#ask('/v1/confirm');
    if (!answer.ok) {
      throw new StepError(`the confirmation was answered ${answer.status}`);
    }
  }

  #ask(path: string): Promise<Response> {
    return ask(`${this.#issuer}${path}`, {
      method: 'POST',
      headers: { origin: this.#app, cookie: this.#cookie },
    });
  }
}

/**
 * Finds who walks: with a token given, its bearer; else, where the place signs people in by the local issuer, a persona of it.
 * @throws {UsageError} when the place has another identity provider and no token is given.
 */
export async function findWalker(app: string, given: string | undefined, persona: string): Promise<Walker> {
  if (given !== undefined && given !== '') {
    return { token: () => Promise.resolve(given), confirm: () => Promise.resolve() };
  }
  const { identity } = await expectJson(await ask(`${app}/api/config`), configShape);
  if (identity.provider !== 'local' || identity.issuerUrl === undefined) {
    throw new UsageError(`${app} signs people in by ${identity.provider}: give a session token in SMOKE_TOKEN.`);
  }
  return LocalWalker.signIn(app, identity.issuerUrl, persona);
}
