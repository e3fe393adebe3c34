import type { AuthProvider, DataProvider } from '@refinedev/core';
import { isApiError } from '../data/index.ts';
import { type Account, enter } from './account.ts';
import type { Session } from './session.ts';

export type { Account, Role } from './account.ts';

const signInPath = (hasEnded: boolean) => (hasEnded ? '/sign-in?ended=1' : '/sign-in');

/** Refine's auth provider over whichever session there is. The profile is read once per page load. */
export function createAuthProvider(
  session: Session,
  dataProvider: DataProvider,
): Required<Pick<AuthProvider, 'login' | 'logout' | 'check' | 'onError' | 'getIdentity' | 'getPermissions'>> {
  let account: Promise<Account> | undefined;
  // Stays until the page is left to sign in: whoever looks after the refusal has to be told the same.
  let hasEnded = false;
  const whoAmI = () => {
    account ??= enter(dataProvider).catch((error: unknown) => {
      // Not kept: "try again" has to ask again.
      account = undefined;
      throw error;
    });
    return account;
  };

  return {
    async login({ returnTo }: { returnTo: string }) {
      await session.signIn(returnTo);
      return { success: true };
    },

    async logout(params?: { isEverywhere?: boolean }) {
      account = undefined;
      await (params?.isEverywhere ? session.signOutEverywhere() : session.signOut());
      return { success: true };
    },

    async check() {
      try {
        const token = await session.token();
        return token ? { authenticated: true } : { authenticated: false, redirectTo: signInPath(hasEnded) };
      } catch (error) {
        // The identity provider is away: that says nothing about who is signed in. The page shows what failed.
        return { authenticated: true, ...(error instanceof Error ? { error } : {}) };
      }
    },

    async onError(error: unknown) {
      if (!isApiError(error) || error.statusCode !== 401) return {};
      account = undefined;
      hasEnded = true;
      return { logout: true, redirectTo: signInPath(hasEnded), error };
    },

    getIdentity: whoAmI,
    getPermissions: async () => (await whoAmI()).role,
  };
}
