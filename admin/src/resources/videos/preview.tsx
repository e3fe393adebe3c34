import { PlayCircleFilled } from '@ant-design/icons';
import type { Playback } from '@mm/api/contract';
import { Spin } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Panel } from '../../components/page.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useAccount } from '../../config/account.ts';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import type { VideoRow } from '../rows.ts';
import { isMoving } from './polling.ts';
import './preview.css';
import { WorkingButton } from '../../components/working-button.tsx';

const Player = lazy(() => import('../../player/player.tsx'));

/** The video, played on intent only: looking at a coach's video is a privileged read and leaves a trace. */
export function Preview({ video }: { video: VideoRow }) {
  const { api } = useServices();
  const { role } = useAccount();
  const [playback, setPlayback] = useState<Playback>();
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const start = async () => {
    setFailure(undefined);
    setPlayback(undefined);
    setAsking(true);
    try {
      setPlayback(await api.previewVideo(video.id));
    } catch (error) {
      setFailure(error);
    } finally {
      setAsking(false);
    }
  };

  const ratio = (playback?.aspectRatio ?? video.aspect_ratio ?? '16:9').replace(':', ' / ');
  return (
    <Panel title={text.preview.heading} flush>
      <div className="mm-preview" style={{ aspectRatio: ratio }}>
        {failure !== undefined ? (
          <ErrorState
            title={text.preview.failedTitle}
            error={isApiError(failure) ? failure : new Error(text.preview.failedBody)}
            onRetry={() => void start()}
            level="p"
          />
        ) : playback ? (
          <Suspense fallback={<Waiting />}>
            <Player playback={playback} renew={() => api.previewVideo(video.id)} onFailure={setFailure} />
          </Suspense>
        ) : video.status === 'ready' ? (
          <div className="mm-preview-idle">
            <WorkingButton
              type="primary"
              size="large"
              icon={<PlayCircleFilled aria-hidden />}
              isWorking={asking}
              onClick={() => void start()}
            >
              {asking ? text.preview.loading : text.preview.play}
            </WorkingButton>
            {role === 'admin' ? <p>{text.preview.recorded}</p> : null}
          </div>
        ) : (
          <div className="mm-preview-idle">
            <p>{isMoving(video) ? text.preview.notReady : text.preview.neverReady}</p>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Waiting() {
  return (
    <div className="mm-preview-idle" role="status">
      <Spin />
      <p>{text.preview.loading}</p>
    </div>
  );
}
