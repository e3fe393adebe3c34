import type { Persona } from '../identity/personas.ts';

/** A request was answered with something other than success. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  constructor(what: string, status: number, body: string) {
    super(`${what} was answered with ${status}: ${body.slice(0, 500)}`);
    this.status = status;
  }
}

/** Renewed when less than this is left of a token's 60 seconds. */
const RENEW_BEFORE_MS = 15_000;

/**
 * A member of staff at the product's own doors: signs in at the issuer's form, keeps the cookie, renews the token, and
 * sends it along. It knows nothing that a browser would not.
 */
export class StaffClient {
  readonly #persona: Persona;
  readonly #urls: { app: string; identity: string };
  #cookie: string | undefined;
  #token: { value: string; expiresAt: number } | undefined;

  constructor(persona: Persona, urls: { app: string; identity: string }) {
    this.#persona = persona;
    this.#urls = urls;
  }

  /** A session token with at least a quarter of its life left. */
  async token(): Promise<string> {
    if (this.#token && this.#token.expiresAt - Date.now() > RENEW_BEFORE_MS) return this.#token.value;
    this.#cookie ??= await this.#signIn();
    const answer = await fetch(`${this.#urls.identity}/v1/token`, {
      method: 'POST',
      headers: { origin: this.#urls.app, cookie: this.#cookie },
    });
    if (answer.status === 204) {
      this.#cookie = undefined;
      throw new RefusedError(`A session token for ${this.#persona.name}`, 204, 'the session has ended');
    }
    const { token, expiresAt } = await success<{ token: string; expiresAt: string }>('A session token', answer);
    this.#token = { value: token, expiresAt: Date.parse(expiresAt) };
    return token;
  }

  /** Calls a function of the `api` schema through PostgREST. */
  rpc<Result>(name: string, parameters: object = {}): Promise<Result> {
    return this.request<Result>('POST', `/rest/rpc/${name}`, parameters);
  }

  /** Reads rows of a view of the `api` schema. */
  rows<Row>(view: string, query: Record<string, string>): Promise<Row[]> {
    return this.request<Row[]>('GET', `/rest/${view}?${new URLSearchParams(query)}`);
  }

  async request<Result>(method: string, path: string, body?: object): Promise<Result> {
    const answer = await fetch(`${this.#urls.app}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return success<Result>(`${method} ${path} as ${this.#persona.name}`, answer);
  }

  async #signIn(): Promise<string> {
    const answer = await fetch(`${this.#urls.identity}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: this.#urls.identity },
      body: new URLSearchParams({ persona: this.#persona.subject, return_to: `${this.#urls.app}/admin/` }),
    });
    const [cookie] = answer.headers.getSetCookie();
    if (answer.status !== 303 || cookie === undefined) {
      throw new RefusedError(`Signing in as ${this.#persona.name}`, answer.status, await answer.text());
    }
    return cookie.split(';')[0] ?? '';
  }
}

/** @throws RefusedError when the status is not 2xx */
export async function success<Result>(what: string, answer: Response): Promise<Result> {
  const text = await answer.text();
  if (!answer.ok) throw new RefusedError(what, answer.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as Result;
}
