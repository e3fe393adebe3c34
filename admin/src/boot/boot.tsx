import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { ConfigProvider, firstConfig, type RuntimeConfig } from '../config/runtime.ts';
import { text } from '../locales/index.ts';
import { keepFresh } from '../providers/auth/keep-fresh.ts';
import { createLocalSession } from '../providers/auth/local-session.ts';
import type { Session } from '../providers/auth/session.ts';
import { PlainPage, Splash } from './plain-page.tsx';

const App = lazy(() => import('../App.tsx'));
const ClerkGate = lazy(() => import('../providers/auth/clerk-session.tsx'));

/** Configuration first, then the session it names, then the app. Clerk's code is loaded only where Clerk is used. */
export function Boot() {
  const [config, setConfig] = useState<RuntimeConfig>();
  const [failed, setFailed] = useState(false);

  const load = useCallback(() => {
    const request = new AbortController();
    setFailed(false);
    firstConfig(request.signal).then(setConfig, () => {
      if (!request.signal.aborted) setFailed(true);
    });
    return () => request.abort();
  }, []);
  useEffect(load, [load]);

  if (failed) return <CannotStart onRetry={load} />;
  if (!config) return <Splash />;
  return (
    <ConfigProvider value={config}>
      <Suspense fallback={<Splash />}>
        <WithSession config={config} />
      </Suspense>
    </ConfigProvider>
  );
}

function WithSession({ config }: { config: RuntimeConfig }) {
  const { identity } = config;
  const [session, setSession] = useState<Session | undefined>(() =>
    identity.provider === 'local' ? createLocalSession({ issuerUrl: identity.issuerUrl }) : undefined,
  );
  useEffect(() => (session ? keepFresh(session) : undefined), [session]);

  const app = session ? <App session={session} /> : <Splash />;
  if (identity.provider === 'local') return app;
  return (
    <ClerkGate publishableKey={identity.publishableKey} onSession={setSession}>
      {app}
    </ClerkGate>
  );
}

function CannotStart({ onRetry }: { onRetry: () => void }) {
  return (
    <PlainPage title={text.boot.failedTitle}>
      <p>{text.boot.failedBody}</p>
      <button type="button" className="mm-plain-button" onClick={onRetry}>
        {text.actions.tryAgain}
      </button>
    </PlainPage>
  );
}
