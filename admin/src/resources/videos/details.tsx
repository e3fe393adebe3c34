import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Panel } from '../../components/page.tsx';
import { useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import type { VideoRow } from '../rows.ts';

const DetailsForm = lazy(() => import('./details-form.tsx'));

/** Title and description, and the form to change them. */
export function VideoDetails({ video }: { video: VideoRow }) {
  const mayEdit = useOffered('videos', 'edit') && video.status !== 'deleted';
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      title={text.videos.description}
      extra={mayEdit && !editing ? <Button onClick={() => setEditing(true)}>{text.videos.edit}</Button> : null}
    >
      {editing ? (
        <Suspense>
          <DetailsForm video={video} onDone={() => setEditing(false)} />
        </Suspense>
      ) : (
        <p className={video.description ? 'mm-prose' : 'mm-quiet'}>{video.description || text.videos.noDescription}</p>
      )}
    </Panel>
  );
}
