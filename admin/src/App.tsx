import { Refine, useIsAuthenticated } from '@refinedev/core';
import routerProvider from '@refinedev/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { BrowserRouter, Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { Splash } from './boot/plain-page.tsx';
import { signInAddress } from './boot/return-address.ts';
import { SignInPage } from './boot/sign-in.tsx';
import { places, refineResources } from './config/resources.tsx';
import { useConfig } from './config/runtime.ts';
import { createServices, ServicesProvider } from './config/services.ts';
import type { ResourceName } from './providers/access/index.ts';
import type { Session } from './providers/auth/session.ts';

const Shell = lazy(() => import('./shell/shell.tsx'));
const NotFoundPage = lazy(() => import('./shell/not-found.tsx'));
const Gate = lazy(() => import('./shell/gate.tsx'));

type Page = { default: () => React.ReactNode };
const page = (load: () => Promise<Page>) => Object.assign(lazy(load), { load });

const pages: Record<ResourceName, { list: ReturnType<typeof page>; show?: ReturnType<typeof page> }> = {
  dashboard: { list: page(() => import('./resources/dashboard/list.tsx')) },
  videos: {
    list: page(() => import('./resources/videos/list.tsx')),
    show: page(() => import('./resources/videos/show.tsx')),
  },
  share_tokens: {
    list: page(() => import('./resources/share-links/list.tsx')),
    show: page(() => import('./resources/share-links/show.tsx')),
  },
  playback_sessions: { list: page(() => import('./resources/plays/list.tsx')) },
  revocations: {
    list: page(() => import('./resources/revocations/list.tsx')),
    show: page(() => import('./resources/revocations/show.tsx')),
  },
  explanations: { list: page(() => import('./resources/explanations/list.tsx')) },
  playback_decisions: { list: page(() => import('./resources/playback-decisions/list.tsx')) },
  audit_entries: {
    list: page(() => import('./resources/audit-entries/list.tsx')),
    show: page(() => import('./resources/audit-entries/show.tsx')),
  },
  webhook_events: {
    list: page(() => import('./resources/webhook-events/list.tsx')),
    show: page(() => import('./resources/webhook-events/show.tsx')),
  },
  upload_progress: {
    list: page(() => import('./resources/upload-progress/list.tsx')),
    show: page(() => import('./resources/upload-progress/show.tsx')),
  },
  reconciliation_runs: {
    list: page(() => import('./resources/reconciliation-runs/list.tsx')),
    show: page(() => import('./resources/reconciliation-runs/show.tsx')),
  },
  canary_runs: { list: page(() => import('./resources/canary-runs/list.tsx')) },
  keys: { list: page(() => import('./resources/keys/list.tsx')) },
  rate_limits: { list: page(() => import('./resources/rate-limits/list.tsx')) },
  profiles: {
    list: page(() => import('./resources/profiles/list.tsx')),
    show: page(() => import('./resources/profiles/show.tsx')),
  },
  alerts: { list: page(() => import('./resources/alerts/list.tsx')) },
  erasure_requests: {
    list: page(() => import('./resources/erasures/list.tsx')),
    show: page(() => import('./resources/erasures/show.tsx')),
  },
  feature_flags: { list: page(() => import('./resources/feature-flags/list.tsx')) },
  my_account: { list: page(() => import('./resources/my-account/list.tsx')) },
  job_runs: { list: page(() => import('./resources/job-runs/list.tsx')) },
};

/** Begins to load the code of the page behind a path of the app; a page that does not exist needs none. */
export async function loadPage(path: string): Promise<void> {
  const place = places.find((each) => each.path === path);
  const parent = places.find((each) => each.path === path.replace(/\/[^/]+$/, ''));
  await (place ? pages[place.resource].list : parent && pages[parent.resource].show)?.load();
}

export default function App({ session }: { session: Session }) {
  const config = useConfig();
  const services = useMemo(() => createServices(session, config), [session, config]);
  return (
    <ServicesProvider value={services}>
      <BrowserRouter basename="/admin">
        <Refine
          routerProvider={routerProvider}
          dataProvider={services.dataProvider}
          liveProvider={services.liveProvider}
          authProvider={services.authProvider}
          accessControlProvider={services.accessProvider}
          notificationProvider={services.notifications.provider}
          resources={refineResources}
          options={{
            disableTelemetry: true,
            mutationMode: 'pessimistic',
            liveMode: 'auto',
            reactQuery: { clientConfig: services.queryClient },
          }}
        >
          <Suspense fallback={<Splash />}>
            <AppRoutes />
          </Suspense>
        </Refine>
      </BrowserRouter>
    </ServicesProvider>
  );
}

function AppRoutes() {
  return (
    <Routes>
      <Route path="/sign-in" element={<SignInPage />} />
      <Route element={<SignedInOnly />}>
        <Route element={<Shell />}>
          {places.map(({ resource, path }) => {
            const { list: List, show: Show } = pages[resource];
            return (
              <Route key={resource} path={path} element={<Gate resource={resource} />}>
                <Route index element={<List />} />
                {Show ? <Route path=":id" element={<Show />} /> : null}
              </Route>
            );
          })}
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Route>
    </Routes>
  );
}

function SignedInOnly() {
  const { data, isPending } = useIsAuthenticated();
  const { pathname, search } = useLocation();
  if (isPending) return <Splash />;
  if (data?.authenticated) return <Outlet />;
  // Refine sends to the same page after a refusal. Whichever of the two comes last, the notice is there.
  return <Navigate to={signInAddress(data?.redirectTo ?? '/sign-in', `${pathname}${search}`)} replace />;
}
