import { type HttpError, useList } from '@refinedev/core';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useServices } from '../../config/services.ts';
import type { UploadJobRow } from '../rows.ts';

/** More would be a coach who reloads all day. */
const shown = 20;

/**
 * The coach's uploads that wait for bytes and that no tab of this browser is sending: begun in a page that was reloaded or
 * closed, or on another machine. The server remembers them, so nothing is kept in the browser.
 */
export function useUnfinishedUploads() {
  const { uploads } = useServices();
  const items = useSyncExternalStore(uploads.subscribe, uploads.items);
  const { result, query } = useList<UploadJobRow, HttpError>({
    resource: 'upload_jobs',
    filters: [{ field: 'state', operator: 'eq', value: 'uploading' }],
    sorters: [{ field: 'requested_at', order: 'desc' }],
    pagination: { pageSize: shown },
    errorNotification: false,
  });
  const jobs = result.data.filter(({ expires_at: end }) => end === null || Date.parse(end) > Date.now());
  const { data: held } = useQuery({
    queryKey: ['held-uploads'],
    queryFn: () => uploads.held(),
    enabled: jobs.length > 0,
    // A tab that is closed lets go of its uploads without telling anybody.
    refetchInterval: 2000,
  });
  const own = new Set(items.map(({ ticket }) => ticket?.uploadJobId));
  return {
    unfinished: held ? jobs.filter(({ id }) => !held.has(id) && !own.has(id)) : [],
    refetch: () => void query.refetch(),
  };
}
