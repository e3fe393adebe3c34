import { useEffect, useSyncExternalStore } from 'react';
import { useServices } from '../config/services.ts';
import type { VideoRow } from '../resources/rows.ts';
import { useRecord } from '../resources/use-record.ts';
import { pollWhileMoving } from '../resources/videos/polling.ts';
import { failureWords } from '../uploads/upload-faults.ts';

/** Tells the list of uploads what became of the files that were sent, from whichever page. */
export function UploadFollower() {
  const { uploads } = useServices();
  const items = useSyncExternalStore(uploads.subscribe, uploads.items);
  return items.map(({ id, state, ticket }) =>
    state === 'sent' && ticket ? <Follow key={id} itemId={id} videoId={ticket.videoId} /> : null,
  );
}

function Follow({ itemId, videoId }: { itemId: string; videoId: string }) {
  const { uploads } = useServices();
  const { row: video } = useRecord<VideoRow>({
    resource: 'videos',
    id: videoId,
    pollMs: (row) => (row ? pollWhileMoving([row]) : 2000),
  });
  useEffect(() => {
    if (video?.status === 'ready') uploads.settle(itemId, 'ready');
    if (video?.status === 'cancelled') uploads.settle(itemId, 'cancelled');
    if (video?.status === 'errored') {
      uploads.settle(itemId, 'refused', failureWords(video.error_code, video.error_message));
    }
  }, [uploads, itemId, video?.status, video?.error_code, video?.error_message]);
  return null;
}
