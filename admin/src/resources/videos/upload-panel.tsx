import { Alert, Button } from 'antd';
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { useConfig } from '../../config/runtime.ts';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import { bytes } from '../../uploads/size.ts';
import { isBusy, isFinished } from '../../uploads/upload-item.ts';
import { DropZone } from './drop-zone.tsx';
import { UnfinishedUploads } from './unfinished-uploads.tsx';
import './upload.css';
import { type UploadQuota, useUploadQuota } from './upload-quota.ts';
import { useUnfinishedUploads } from './use-unfinished-uploads.ts';

// With the first file: whoever comes to look at the list need not wait for what shows uploads.
const UploadRow = lazy(() => import('./upload-row.tsx'));
const OverallProgress = lazy(() => import('./overall-progress.tsx'));

/** Where files are dropped or chosen, the uploads of this tab, and those of pages that are gone. */
export function UploadPanel({ onChanged }: { onChanged: () => void }) {
  const { uploads } = useServices();
  const { maxUploadBytes } = useConfig();
  const items = useSyncExternalStore(uploads.subscribe, uploads.items);
  const { unfinished, refetch } = useUnfinishedUploads();
  const staged = items.filter((item) => item.state === 'staged');

  // The list below has a new row as soon as the server has agreed, and a new status as soon as all was sent.
  const signature = items.map(({ ticket, state }) => (ticket ? `${ticket.videoId} ${endOf(state)}` : '')).join();
  const quota = useUploadQuota(signature);
  const latest = useRef(onChanged);
  latest.current = () => {
    onChanged();
    refetch();
  };
  useEffect(() => {
    if (signature !== '') latest.current();
  }, [signature]);

  return (
    <section aria-label={text.upload.heading} className="mm-upload">
      <DropZone
        hint={
          <>
            {text.upload.limits(bytes(maxUploadBytes))}{' '}
            {quota && quota.uploads_left > 0 ? (
              <span className="mm-nums">{text.upload.quota.left(quota.uploads_left, quota.uploads_per_day)}</span>
            ) : null}
          </>
        }
        onFiles={(files) => uploads.add(files, maxUploadBytes)}
      />
      <QuotaNotice quota={quota} staged={staged.length} />
      <UnfinishedUploads
        jobs={unfinished}
        onChanged={() => {
          refetch();
          onChanged();
        }}
      />
      {items.length > 0 ? (
        <div className="mm-card mm-upload-queue">
          <div className="mm-upload-queue-head">
            <h2>{text.upload.queue}</h2>
            <div className="mm-upload-queue-actions">
              {items.some(isFinished) ? (
                <Button onClick={() => uploads.clearFinished()}>{text.upload.clearFinished}</Button>
              ) : null}
              {staged.length > 0 ? (
                <Button type="primary" onClick={() => uploads.start(...staged.map((item) => item.id))}>
                  {text.upload.start(staged.length)}
                </Button>
              ) : null}
            </div>
            {items.filter(isBusy).length > 1 ? (
              <Suspense>
                <OverallProgress items={items} queue={uploads} />
              </Suspense>
            ) : null}
          </div>
          <Suspense>
            <ul>
              {items.map((item) => (
                <UploadRow key={item.id} item={item} queue={uploads} />
              ))}
            </ul>
          </Suspense>
        </div>
      ) : null}
    </section>
  );
}

const ends: readonly string[] = ['sent', 'ready', 'refused', 'cancelled'];
const endOf = (state: string) => (ends.includes(state) ? state : '');

/** Said before anybody waits: none are left, or fewer than were chosen. */
function QuotaNotice({ quota, staged }: { quota: UploadQuota | undefined; staged: number }) {
  if (!quota) return null;
  const { uploads_left: left, uploads_per_day: all, next_at: next } = quota;
  if (next) return <Alert type="warning" showIcon title={text.upload.quota.none(all, exact(new Date(next)))} />;
  if (staged <= left) return null;
  return <Alert type="warning" showIcon title={text.upload.quota.tooMany(staged, left)} />;
}
