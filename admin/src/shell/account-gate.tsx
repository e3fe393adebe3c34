import { useGetIdentity } from '@refinedev/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Navigate } from 'react-router';
import { rememberBeenIn } from '../boot/ahead.ts';
import { PlainPage, Splash } from '../boot/plain-page.tsx';
import { AccountProvider } from '../config/account.ts';
import { text } from '../locales/index.ts';
import type { Account } from '../providers/auth/index.ts';
import { isApiError } from '../providers/data/index.ts';
import { useSignOut } from './use-sign-out.ts';

/** Nobody gets further without a profile: the database says who somebody is, and whether they are suspended. */
export function AccountGate({ children }: { children: ReactNode }) {
  const { data, error, isFetching, refetch } = useGetIdentity<Account>();
  const client = useQueryClient();
  const signOut = useSignOut();
  const isIn = data !== undefined;
  useEffect(() => {
    if (isIn) rememberBeenIn();
  }, [isIn]);

  if (data) return <AccountProvider value={data}>{children}</AccountProvider>;
  if (isFetching || !error) return <Splash />;
  if (isApiError(error) && error.statusCode === 401) return <Navigate to="/sign-in?ended=1" replace />;
  const suspended = isApiError(error) && error.code === 'auth.suspended';
  const retry = () => {
    void client.invalidateQueries();
    void refetch();
  };
  return (
    <PlainPage title={suspended ? text.account.suspendedTitle : text.account.failedTitle}>
      <p role="alert">{suspended ? text.account.suspendedBody : error.message}</p>
      {isApiError(error) && error.requestId ? (
        <p className="mm-quiet mm-small">
          {text.errors.requestId}: <code>{error.requestId}</code>
        </p>
      ) : null}
      {suspended ? (
        <button type="button" className="mm-plain-button" onClick={() => signOut(false)}>
          {text.account.signOut}
        </button>
      ) : (
        <button type="button" className="mm-plain-button" onClick={retry}>
          {text.actions.tryAgain}
        </button>
      )}
    </PlainPage>
  );
}
