import { describe, expect, it } from 'vitest';
import { authorisedFetch } from './authorised-fetch.ts';
import { createLocalSession } from './local-session.ts';
import type { Session } from './session.ts';

const tokenOf = (iat: number, exp: number, n: number) =>
  ['h', btoa(JSON.stringify({ iat, exp, n })).replaceAll('=', ''), 's'].join('.');

/** An issuer that hands out numbered 60-second tokens, and a clock the test moves. */
function issuer() {
  const state = { now: 1_000_000, asked: 0, signedIn: true, reachable: true };
  const session = createLocalSession({
    issuerUrl: 'http://issuer.test',
    now: () => state.now,
    navigate: () => undefined,
    fetch: async (input) => {
      if (!state.reachable) throw new TypeError('Failed to fetch');
      if (String(input).endsWith('/v1/confirm')) return new Response(null, { status: state.signedIn ? 204 : 401 });
      state.asked += 1;
      if (!state.signedIn) return new Response(null, { status: 204 });
      // The issuer's own clock runs an hour ahead of this machine's.
      const iat = Math.floor(state.now / 1000) + 3600;
      const token = tokenOf(iat, iat + 60, state.asked);
      return Response.json({ token, expiresAt: new Date((iat + 60) * 1000).toISOString() });
    },
  });
  return { state, session };
}

describe('the local session', () => {
  it('asks for a token once while it is good, and anew before it ends', async () => {
    const { state, session } = issuer();
    const first = await session.token();
    state.now += 49_000;
    expect(await session.token()).toBe(first);
    state.now += 2_000;
    expect(await session.token()).not.toBe(first);
    expect(state.asked).toBe(2);
  });

  it('measures a token’s life by the token, not by this machine’s clock', async () => {
    const { state, session } = issuer();
    await session.token();
    state.now += 55_000;
    await session.token();
    expect(state.asked).toBe(2);
  });

  it('answers many requests at once with one renewal', async () => {
    const { state, session } = issuer();
    const tokens = await Promise.all([session.token(), session.token(), session.token(true)]);
    expect(new Set(tokens).size).toBe(1);
    expect(state.asked).toBe(1);
  });

  it('has no token when nobody is signed in, and finds out when somebody has signed in since', async () => {
    const { state, session } = issuer();
    state.signedIn = false;
    expect(await session.token()).toBeNull();
    state.signedIn = true;
    expect(await session.token()).toEqual(expect.any(String));
  });

  it('confirms at the issuer, and takes the token with the proof for the next request', async () => {
    const { session } = issuer();
    const before = await session.token();
    expect(await session.confirm()).toBe(true);
    expect(await session.token()).not.toBe(before);
  });

  it('cannot confirm for somebody who is signed out, or without the issuer', async () => {
    const { state, session } = issuer();
    state.signedIn = false;
    await expect(session.confirm()).rejects.toMatchObject({ statusCode: 401 });
    state.reachable = false;
    await expect(session.confirm()).rejects.toMatchObject({ code: 'identity.unreachable' });
  });

  it('tells an issuer that is away from a person who is not signed in', async () => {
    const { state, session } = issuer();
    state.reachable = false;
    await expect(session.token()).rejects.toMatchObject({ statusCode: 0, code: 'identity.unreachable' });
    state.reachable = true;
    expect(await session.token()).toEqual(expect.any(String));
  });
});

describe('a request with the caller’s token', () => {
  function door(refusals: number) {
    const seen: (string | null)[] = [];
    let renewals = 0;
    const session: Session = {
      token: async (renew) => {
        if (renew) renewals += 1;
        return `token-${renewals}`;
      },
      confirm: async () => true,
      signIn: async () => undefined,
      signOut: async () => undefined,
      signOutEverywhere: async () => undefined,
    };
    const send = authorisedFetch(session, async (_input, init) => {
      seen.push(new Headers(init?.headers).get('authorization'));
      return new Response(null, { status: seen.length <= refusals ? 401 : 200 });
    });
    return { send, seen };
  }

  it('is sent once when it is accepted', async () => {
    const { send, seen } = door(0);
    expect((await send('/rest/videos')).status).toBe(200);
    expect(seen).toEqual(['Bearer token-0']);
  });

  it('is repeated once with a new token after a 401', async () => {
    const { send, seen } = door(1);
    expect((await send('/rest/videos')).status).toBe(200);
    expect(seen).toEqual(['Bearer token-0', 'Bearer token-1']);
  });

  it('is not repeated a second time', async () => {
    const { send, seen } = door(9);
    expect((await send('/rest/videos')).status).toBe(401);
    expect(seen).toHaveLength(2);
  });

  it('keeps the headers it was given', async () => {
    let accept: string | null = null;
    const session: Session = {
      token: async () => 't',
      confirm: async () => true,
      signIn: async () => undefined,
      signOut: async () => undefined,
      signOutEverywhere: async () => undefined,
    };
    const send = authorisedFetch(session, async (_input, init) => {
      accept = new Headers(init?.headers).get('accept');
      return new Response();
    });
    await send('/rest/videos', { headers: { accept: 'application/vnd.pgrst.object+json' } });
    expect(accept).toBe('application/vnd.pgrst.object+json');
  });
});
