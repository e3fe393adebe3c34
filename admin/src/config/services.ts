import type { DataProvider } from '@refinedev/core';
import { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { createAccessProvider } from '../providers/access/index.ts';
import { type Api, createApi } from '../providers/api/index.ts';
import { authorisedFetch } from '../providers/auth/authorised-fetch.ts';
import { type Account, createAuthProvider } from '../providers/auth/index.ts';
import type { Session } from '../providers/auth/session.ts';
import { createDataProvider, isApiError } from '../providers/data/index.ts';
import { createLiveProvider } from '../providers/live/index.ts';
import { createNotificationProvider } from '../providers/notification/index.ts';
import { expiryAfter } from '../time/expiry.ts';
import { UploadQueue } from '../uploads/upload-queue.ts';
import { browserBackoff, xhrPut } from '../uploads/xhr-put.ts';
import { liveResources, restResources } from './rest-resources.ts';
import type { RuntimeConfig } from './runtime.ts';

export type Services = ReturnType<typeof createServices>;

/** Everything that lives as long as the page does, put together in one place. */
export function createServices(session: Session, { restUrl, shareLife, clockSkewMs }: RuntimeConfig) {
  const send = authorisedFetch(session);
  const dataProvider: DataProvider = createDataProvider({ url: restUrl, fetch: send, resources: restResources });
  const api: Api = createApi(send);
  const authProvider = createAuthProvider(session, dataProvider);
  return {
    dataProvider,
    liveProvider: createLiveProvider({ url: '/api/live', fetch: send, resources: liveResources }),
    authProvider,
    api,
    /** Asks the identity provider to verify a factor again; false when the person gave up. */
    confirmIdentity: () => session.confirm(),
    accessProvider: createAccessProvider(async () => ((await authProvider.getIdentity()) as Account).role),
    notifications: createNotificationProvider(),
    uploads: new UploadQueue({
      api,
      transport: { put: xhrPut, backoff: browserBackoff },
      now: () => performance.now(),
      shareEnd: (hours) => expiryAfter(hours, new Date(Date.now() + clockSkewMs), shareLife),
    }),
    queryClient: new QueryClient({
      defaultOptions: {
        queries: { retry: (failures, error) => failures < 2 && mayPass(error), refetchOnWindowFocus: true },
        mutations: { retry: false },
      },
    }),
  };
}

/** Reading again helps when the answer did not come or the server was not ready; a refusal stays a refusal. */
function mayPass(error: unknown): boolean {
  return isApiError(error) && [0, 502, 503, 504].includes(error.statusCode);
}

const ServicesContext = createContext<Services | undefined>(undefined);
export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices is used outside of ServicesProvider');
  return services;
}
