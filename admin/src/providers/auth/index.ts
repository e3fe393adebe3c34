import type { AuthProvider, DataProvider } from '@refinedev/core';
import { isApiError } from '../data/index.ts';
import { type Account, enter } from './account.ts';
import type { Session } from './session.ts';

export type { Account, Role } from './account.ts';

/** Refine's auth provider over whichever session there is. The profile is read once per page load. */
export function createAuthProvider(
  session: Session,
  dataProvider: DataProvider,
): Required<Pick<AuthProvider, 'login' | 'logout' | 'check' | 'onError' | 'getIdentity' | 'getPermissions'>> {
  let account: Promise<Account> | undefined;
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

    async logout() {
      account = undefined;
      await session.signOut();
      return { success: true };
    },

    async check() {
      try {
        const token = await session.token();
        return token ? { authenticated: true } : { authenticated: false, redirectTo: '/sign-in' };
      } catch (error) {
        // The identity provider is away: that says nothing about who is signed in. The page shows what failed.
        return { authenticated: true, ...(error instanceof Error ? { error } : {}) };
      }
    },

    async onError(error: unknown) {
      if (!isApiError(error) || error.statusCode !== 401) return {};
      account = undefined;
      return { logout: true, redirectTo: '/sign-in?ended=1', error };
    },

    getIdentity: whoAmI,
    getPermissions: async () => (await whoAmI()).role,
  };
}
