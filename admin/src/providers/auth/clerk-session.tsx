import { ClerkProvider, useAuth, useClerk } from '@clerk/react';
import { type ReactNode, useEffect } from 'react';
import type { Session } from './session.ts';

type Clerk = ReturnType<typeof useClerk>;

/**
 * Session of Clerk: its own session token (60 s), which carries the role and audience as custom claims. Clerk's client
 * keeps the token in memory and renews it; `skipCache` asks for a new one.
 * Source: clerk.com/docs, "Session tokens".
 */
function createClerkSession(clerk: Clerk): Session {
  return {
    token: async (renew = false) => (await clerk.session?.getToken({ skipCache: renew })) ?? null,
    signIn: async (returnTo) => {
      await clerk.redirectToSignIn({ signInFallbackRedirectUrl: returnTo, signUpFallbackRedirectUrl: returnTo });
    },
    // The page that asked for it decides where to go next; Clerk would reload it otherwise.
    signOut: async () => {
      await clerk.signOut(() => undefined);
    },
  };
}

export type ClerkGateProps = { publishableKey: string; onSession: (session: Session) => void; children: ReactNode };

/** Loads Clerk and hands over its session once Clerk knows who is there. */
export default function ClerkGate({ publishableKey, onSession, children }: ClerkGateProps) {
  return (
    <ClerkProvider publishableKey={publishableKey} afterSignOutUrl="/admin/sign-in">
      <WhenLoaded onSession={onSession} />
      {children}
    </ClerkProvider>
  );
}

function WhenLoaded({ onSession }: Pick<ClerkGateProps, 'onSession'>) {
  const clerk = useClerk();
  const { isLoaded } = useAuth();
  useEffect(() => {
    if (isLoaded) onSession(createClerkSession(clerk));
  }, [isLoaded, clerk, onSession]);
  return null;
}
