import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  MinusCircleFilled,
  SyncOutlined,
} from '@ant-design/icons';
import { Alert } from 'antd';
import { Link } from 'react-router';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { failureWords } from '../../uploads/upload-faults.ts';
import type { UploadJobRow, VideoRow } from '../rows.ts';
import { type Step, stepsOf } from './steps.ts';
import './timeline.css';

const icons: Record<Step['look'], React.ReactNode> = {
  done: <CheckCircleFilled />,
  now: <SyncOutlined />,
  later: <ClockCircleOutlined />,
  failed: <CloseCircleFilled />,
  stopped: <MinusCircleFilled />,
};

/** How the video came to be what it is, step by step. */
export function StatusTimeline({ video, job }: { video: VideoRow; job: UploadJobRow | undefined }) {
  const mayUpload = useOffered('videos', 'create');
  return (
    <Panel title={text.videos.timeline}>
      <ol className="mm-timeline">
        {stepsOf(video, job).map(({ name, at, look }) => (
          <li key={name} data-look={look} {...(look === 'now' ? { 'aria-current': 'step' as const } : {})}>
            <span className="mm-timeline-icon" aria-hidden="true">
              {icons[look]}
            </span>
            <div>
              <p>{text.videos.steps[name]}</p>
              {at ? <Moment at={at} inline seconds /> : <span className="mm-quiet">{text.videos.steps.waiting}</span>}
            </div>
          </li>
        ))}
      </ol>
      {video.status === 'errored' ? (
        <Alert
          type="error"
          showIcon
          className="mm-form-alert"
          title={text.videos.failedWhy}
          description={
            <>
              <p>{failureWords(video.error_code ?? job?.error_code, video.error_message ?? job?.error_message)}</p>
              {mayUpload ? <Link to="/videos">{text.videos.uploadAgain}</Link> : null}
            </>
          }
        />
      ) : null}
    </Panel>
  );
}
