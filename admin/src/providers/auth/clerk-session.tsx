import { ClerkProvider, useClerk } from '@clerk/react';
import { type ReactNode, useEffect, useState } from 'react';
import { PlainPage } from '../../boot/plain-page.tsx';
import { text } from '../../locales/index.ts';
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
    <ClerkProvider publishableKey={publishableKey} afterSignOutUrl="/admin/sign-in" prefetchUI={false}>
      <WhenLoaded onSession={onSession}>{children}</WhenLoaded>
    </ClerkProvider>
  );
}

function WhenLoaded({ onSession, children }: Pick<ClerkGateProps, 'onSession' | 'children'>) {
  const clerk = useClerk();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const follow = (status: Clerk['status']) => {
      setFailed(status === 'error');
      // Degraded: some of Clerk is away, sessions still work.
      if (status === 'ready' || status === 'degraded') onSession(createClerkSession(clerk));
    };
    clerk.on('status', follow, { notify: true });
    return () => clerk.off('status', follow);
  }, [clerk, onSession]);
  if (!failed) return children;
  return (
    <PlainPage title={text.boot.failedTitle}>
      <p role="alert">{text.problems.identityAway}</p>
      <button type="button" className="mm-plain-button" onClick={() => globalThis.location.reload()}>
        {text.actions.tryAgain}
      </button>
    </PlainPage>
  );
}
