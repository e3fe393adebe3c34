import { useIsAuthenticated, useLogin } from '@refinedev/core';
import { useEffect, useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { text } from '../locales/index.ts';
import { PlainPage, Splash } from './plain-page.tsx';
import { returnAddress } from './return-address.ts';

/** One button: who somebody is, is asked by the identity provider on its own page. */
export function SignInPage() {
  const [params] = useSearchParams();
  const { data, isFetching } = useIsAuthenticated();
  const { mutate: login } = useLogin<{ returnTo: string }>();
  const [leaving, setLeaving] = useState(false);
  const to = returnAddress(params.get('to'));

  useEffect(() => {
    document.title = `${text.signIn.title} · ${text.brand.name}`;
  }, []);

  if (isFetching && !leaving) return <Splash />;
  // Who was sent here because the server refused them is not sent back by themselves: that could go on for ever.
  if (data?.authenticated && !params.has('ended')) return <Navigate to={to} replace />;
  const note = params.has('ended') ? text.signIn.ended : params.has('signed-out') ? text.signIn.signedOut : undefined;
  return (
    <PlainPage title={text.signIn.title}>
      {note ? <p role="status">{note}</p> : null}
      <p className="mm-quiet">{text.signIn.body}</p>
      <button
        type="button"
        className="mm-plain-button"
        disabled={leaving}
        onClick={() => {
          setLeaving(true);
          login({ returnTo: `${globalThis.location.origin}/admin${to}` });
        }}
      >
        {leaving ? text.signIn.leaving : text.signIn.button}
      </button>
    </PlainPage>
  );
}
