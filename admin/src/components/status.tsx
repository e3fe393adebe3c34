import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  CloudUploadOutlined,
  DeleteOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  StopOutlined,
  SyncOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { text } from '../locales/index.ts';
import type { ShareStatus, UploadState, VideoStatus, WebhookState } from '../resources/rows.ts';
import './status.css';

type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet';

/** A status is an icon, a word and a colour; without the colour it still says all. */
export function Status({ tone, icon, children }: { tone: Tone; icon: ReactNode; children: ReactNode }) {
  return (
    <span className="mm-status" data-tone={tone}>
      <span aria-hidden="true">{icon}</span>
      {children}
    </span>
  );
}

type Look = readonly [Tone, ReactNode];

const videoLooks: Record<VideoStatus, Look> = {
  uploading: ['busy', <CloudUploadOutlined key="i" />],
  processing: ['busy', <SyncOutlined key="i" />],
  cancelled: ['quiet', <StopOutlined key="i" />],
  errored: ['bad', <WarningOutlined key="i" />],
  ready: ['good', <CheckCircleOutlined key="i" />],
  deleted: ['quiet', <DeleteOutlined key="i" />],
};

export function VideoStatusTag({ status }: { status: VideoStatus }) {
  const [tone, icon] = videoLooks[status];
  return (
    <Status tone={tone} icon={icon}>
      {text.videos.status[status]}
    </Status>
  );
}

const shareLooks: Record<ShareStatus, Look> = {
  scheduled: ['busy', <ClockCircleOutlined key="i" />],
  active: ['good', <CheckCircleOutlined key="i" />],
  expired: ['quiet', <MinusCircleOutlined key="i" />],
  revoked: ['bad', <StopOutlined key="i" />],
};

/** What never becomes ready any more: a link to it opens nothing, though it has neither expired nor been revoked. */
const failed: readonly (VideoStatus | null)[] = ['errored', 'cancelled', 'deleted'];

export function ShareStatusTag({ status, video }: { status: ShareStatus; video: VideoStatus | null }) {
  if ((status === 'active' || status === 'scheduled') && failed.includes(video)) {
    return (
      <Status tone="bad" icon={<WarningOutlined />}>
        {video === 'deleted' ? text.links.videoDeleted : text.links.videoFailed}
      </Status>
    );
  }
  const [tone, icon] = shareLooks[status];
  return (
    <Status tone={tone} icon={icon}>
      {text.links.status[status]}
    </Status>
  );
}

export function OutcomeTag({ allowed }: { allowed: boolean }) {
  return allowed ? (
    <Status tone="good" icon={<CheckCircleOutlined />}>
      {text.decisions.allowed}
    </Status>
  ) : (
    <Status tone="bad" icon={<CloseCircleOutlined />}>
      {text.decisions.refused}
    </Status>
  );
}

const uploadLooks: Record<UploadState, Look> = {
  requested: ['quiet', <ClockCircleOutlined key="i" />],
  uploading: ['busy', <CloudUploadOutlined key="i" />],
  processing: ['busy', <SyncOutlined key="i" />],
  ready: ['good', <CheckCircleOutlined key="i" />],
  errored: ['bad', <WarningOutlined key="i" />],
  expired: ['warn', <MinusCircleOutlined key="i" />],
  cancelled: ['quiet', <StopOutlined key="i" />],
};

export function UploadStateTag({ state }: { state: UploadState }) {
  const [tone, icon] = uploadLooks[state];
  return (
    <Status tone={tone} icon={icon}>
      {text.uploads.state[state]}
    </Status>
  );
}

const webhookLooks: Record<WebhookState, Look> = {
  received: ['busy', <ClockCircleOutlined key="i" />],
  processed: ['good', <CheckCircleOutlined key="i" />],
  ignored: ['quiet', <MinusCircleOutlined key="i" />],
  dead: ['bad', <CloseCircleOutlined key="i" />],
  quarantined: ['warn', <PauseCircleOutlined key="i" />],
  discarded: ['quiet', <DeleteOutlined key="i" />],
};

export function WebhookStateTag({ state }: { state: WebhookState }) {
  const [tone, icon] = webhookLooks[state];
  return (
    <Status tone={tone} icon={icon}>
      {text.webhooks.state[state]}
    </Status>
  );
}
