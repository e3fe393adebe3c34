import { ClerkProvider, useClerk, useReverification } from '@clerk/react';
import { isReverificationCancelledError } from '@clerk/react/errors';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { PlainPage } from '../../boot/plain-page.tsx';
import { text } from '../../locales/index.ts';
import { ApiError } from '../data/api-error.ts';
import type { Session } from './session.ts';

type Clerk = ReturnType<typeof useClerk>;

/** What a server answers that wants a factor verified again: the second, where there is one (Clerk's docs, "Reverification"). */
const verificationNeeded = {
  clerk_error: { type: 'forbidden', reason: 'reverification-error', metadata: { reverification: 'strict_mfa' } },
} as const;

/** Clerk's dialog for it opens when a request is answered so, and the request is then sent again: here it is only asked for. */
function useVerification(): () => Promise<unknown> {
  const asked = useRef(false);
  const verified = useReverification(async () => {
    asked.current = !asked.current;
    return asked.current ? verificationNeeded : undefined;
  });
  return () => {
    // Also when the last one was given up half-way.
    asked.current = false;
    return verified();
  };
}

/**
 * Session of Clerk: its own session token (60 s), which carries the role and audience as custom claims. Clerk's client
 * keeps the token in memory and renews it; `skipCache` asks for a new one.
 * Source: clerk.com/docs, "Session tokens".
 */
function createClerkSession(clerk: Clerk, verify: () => Promise<unknown>): Session {
  return {
    token: async (renew = false) => (await clerk.session?.getToken({ skipCache: renew })) ?? null,
    confirm: async () => {
      try {
        await verify();
      } catch (error) {
        if (isReverificationCancelledError(error)) return false;
        throw new ApiError({
          statusCode: 0,
          code: 'identity.unreachable',
          message: text.problems.identityAway,
          cause: error,
        });
      }
      // The proof is in the next token.
      await clerk.session?.getToken({ skipCache: true });
      return true;
    },
    signIn: async (returnTo) => {
      await clerk.redirectToSignIn({ signInFallbackRedirectUrl: returnTo, signUpFallbackRedirectUrl: returnTo });
    },
    // The page that asked for it decides where to go next; Clerk would reload it otherwise.
    signOut: async () => {
      await clerk.signOut(() => undefined);
    },
    signOutEverywhere: async () => {
      const own = clerk.session?.id;
      const others = (await clerk.user?.getSessions())?.filter(({ id, status }) => id !== own && status === 'active');
      // The one that asks goes last: without it nothing could be ended.
      await Promise.all((others ?? []).map((other) => other.revoke()));
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
  const verify = useRef<() => Promise<unknown>>(() => Promise.resolve());
  verify.current = useVerification();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const follow = (status: Clerk['status']) => {
      setFailed(status === 'error');
      // Degraded: some of Clerk is away, sessions still work.
      if (status === 'ready' || status === 'degraded') onSession(createClerkSession(clerk, () => verify.current()));
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
