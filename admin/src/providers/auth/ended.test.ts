import type { DataProvider } from '@refinedev/core';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../data/index.ts';
import { createAuthProvider } from './index.ts';
import type { Session } from './session.ts';

const refused = (statusCode: number) =>
  new ApiError({ statusCode, code: 'auth.session_denied', message: 'It has ended.' });

function signedIn() {
  let isThere = true;
  const session: Session = {
    token: async () => (isThere ? 'token' : null),
    signIn: async () => undefined,
    confirm: async () => true,
    signOutEverywhere: async () => undefined,
    signOut: async () => {
      isThere = false;
    },
  };
  return createAuthProvider(session, {} as DataProvider);
}

describe('a session that the server has ended', () => {
  it('is told by the refusal and by every look after it, whichever of the two leads to the sign-in page', async () => {
    const provider = signedIn();
    expect(await provider.check()).toEqual({ authenticated: true });
    expect(await provider.onError(refused(401))).toMatchObject({ logout: true, redirectTo: '/sign-in?ended=1' });
    // The issuer may not know yet.
    expect(await provider.check()).toEqual({ authenticated: true });
    await provider.logout({});
    expect(await provider.check()).toEqual({ authenticated: false, redirectTo: '/sign-in?ended=1' });
  });

  it('is not said of somebody who signed out, nor after a refusal of another kind', async () => {
    const provider = signedIn();
    expect(await provider.onError(refused(403))).toEqual({});
    await provider.logout({});
    expect(await provider.check()).toEqual({ authenticated: false, redirectTo: '/sign-in' });
  });
});
