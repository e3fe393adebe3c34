import { z } from 'zod';
import { text } from '../../locales/index.ts';
import { ApiError } from '../data/api-error.ts';
import type { Session } from './session.ts';

const tokenAnswer = z.object({ token: z.string(), expiresAt: z.union([z.iso.datetime(), z.number()]) });

/** A token with less time than this left is renewed before it is used: the request has to arrive while it is good. */
const marginMs = 10_000;

type Held = { token: string; goodUntil: number };

export type LocalSessionOptions = {
  issuerUrl: string;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Leaves the page. */
  navigate?: (url: string) => void;
};

/**
 * Session of the embedded identity issuer: a 60-second token, fetched anew with the issuer's httpOnly cookie.
 *
 * Renewal is driven by use, not only by a timer: a laptop that slept, or a tab whose timers were throttled, finds its
 * token stale at the next request and renews it there. The timer merely spares an active tab the wait.
 */
export function createLocalSession(options: LocalSessionOptions): Session {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const now = options.now ?? Date.now;
  const navigate = options.navigate ?? ((url: string) => globalThis.location.assign(url));
  let held: Held | undefined;
  let renewal: Promise<string | null> | undefined;

  async function fetchToken(): Promise<string | null> {
    const asked = now();
    const response = await reach(send, `${options.issuerUrl}/v1/token`);
    if (response.status === 204) {
      // Nobody is signed in.
      held = undefined;
      return null;
    }
    if (!response.ok) throw unreachable(response.status);
    const { token, expiresAt } = tokenAnswer.parse(await response.json());
    held = { token, goodUntil: asked + lifetimeMs(token, expiresAt, asked) };
    return token;
  }

  return {
    async token(renew = false) {
      if (held && !renew && held.goodUntil - now() > marginMs) return held.token;
      // One renewal at a time: twenty requests of one page ask for one token.
      renewal ??= fetchToken().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },

    async confirm() {
      const response = await reach(send, `${options.issuerUrl}/v1/confirm`);
      if (response.status === 401) {
        throw new ApiError({ statusCode: 401, code: 'auth.unauthenticated', message: text.problems.signedOut });
      }
      if (!response.ok) throw unreachable(response.status);
      // The proof is in the next token.
      held = undefined;
      return true;
    },

    async signIn(returnTo) {
      navigate(`${options.issuerUrl}/sign-in?${new URLSearchParams({ return_to: returnTo })}`);
    },

    async signOut() {
      held = undefined;
      await reach(send, `${options.issuerUrl}/v1/sign-out`);
    },

    async signOutEverywhere() {
      held = undefined;
      const response = await reach(send, `${options.issuerUrl}/v1/sign-out`, { all: true });
      // Whoever asks for this has a reason to: it must not seem to have been done.
      if (!response.ok) throw unreachable(response.status);
    },
  };
}

/** How long the token lives, by its own iat and exp, so that a wrong clock of this machine does not matter. */
function lifetimeMs(token: string, expiresAt: string | number, asked: number): number {
  const claims = readClaims(token);
  if (claims) return (claims.exp - claims.iat) * 1000;
  return (typeof expiresAt === 'number' ? expiresAt * 1000 : Date.parse(expiresAt)) - asked;
}

const tokenClaims = z.object({ iat: z.number(), exp: z.number() });

function readClaims(token: string) {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return tokenClaims.parse(JSON.parse(atob(payload)));
  } catch {
    return undefined;
  }
}

async function reach(send: typeof globalThis.fetch, url: string, body?: object): Promise<Response> {
  try {
    return await send(url, {
      method: 'POST',
      credentials: 'include',
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch (cause) {
    throw unreachable(0, cause);
  }
}

function unreachable(statusCode: number, cause?: unknown): ApiError {
  return new ApiError({ statusCode, code: 'identity.unreachable', message: text.problems.identityAway, cause });
}
