import { Input, Progress } from 'antd';
import { useId } from 'react';
import { text } from '../../locales/index.ts';
import { countdown } from '../../time/format.ts';
import { bytes } from '../../uploads/size.ts';
import { isBusy, percentOf, type UploadItem } from '../../uploads/upload-item.ts';
import { UploadControls, type UploadControlsProps } from './upload-controls.tsx';
import { UploadLink } from './upload-link.tsx';
import { UploadShare } from './upload-share.tsx';

export default function UploadRow({ item, queue }: UploadControlsProps) {
  const fault = useId();
  // The title stays editable while nobody has been told it yet.
  const editable = item.state === 'staged' || (item.state === 'failed' && !item.ticket);
  return (
    <li className="mm-upload-row" data-state={item.state}>
      <div className="mm-upload-main">
        {editable ? (
          <Input
            aria-label={text.upload.titleLabel(item.file.name)}
            aria-describedby={item.fault ? fault : undefined}
            aria-invalid={Boolean(item.fault?.title)}
            status={item.fault?.title ? 'error' : ''}
            maxLength={200}
            value={item.title}
            onChange={(event) => queue.setTitle(item.id, event.target.value)}
            onPressEnter={() => queue.start(item.id)}
          />
        ) : (
          <strong className="mm-upload-title">{item.title}</strong>
        )}
        <p className="mm-quiet mm-small">
          {item.file.name} · {bytes(item.file.size)} · <span>{stateWords(item)}</span>
        </p>
        <ProgressLine item={item} />
        {item.isDoubtful && editable ? <p className="mm-upload-doubt">{text.upload.doubtful}</p> : null}
        {editable ? <UploadShare item={item} queue={queue} /> : null}
        {item.link && item.state !== 'cancelled' && item.state !== 'refused' ? (
          <UploadLink item={item} link={item.link} onCopied={() => queue.linkCopied(item.id)} />
        ) : null}
        {item.fault ? (
          <p id={fault} className="mm-upload-fault" role="alert">
            {[item.fault.title, item.fault.message].filter(Boolean).join(' ')}
            {item.fault.requestId ? (
              <span className="mm-small">
                {' '}
                {text.errors.requestId}: <code>{item.fault.requestId}</code>
              </span>
            ) : null}
          </p>
        ) : null}
      </div>
      <UploadControls item={item} queue={queue} />
    </li>
  );
}

function stateWords({ state, isWaiting }: UploadItem): string {
  return text.upload.state[state === 'uploading' && isWaiting ? 'waiting' : state];
}

function ProgressLine({ item }: { item: UploadItem }) {
  const all = item.state === 'sent' || item.state === 'ready';
  if (!isBusy(item) && !all && !(item.state === 'failed' && item.sentBytes > 0)) return null;
  const percent = percentOf(item);
  const { bytesPerSecond: speed } = item;
  const left =
    speed > 0 ? countdown(new Date(((item.file.size - item.sentBytes) / speed) * 1000), new Date(0)) : undefined;
  return (
    <>
      <Progress
        percent={percent}
        showInfo={false}
        size="small"
        status={item.state === 'failed' ? 'exception' : all ? 'success' : 'normal'}
        aria-label={text.upload.progressLabel(item.title)}
      />
      <p className="mm-small mm-nums mm-upload-numbers">
        <span>
          {text.upload.progress(percent, bytes(all ? item.file.size : item.sentBytes), bytes(item.file.size))}
        </span>
        {left ? <span className="mm-quiet">{text.upload.speed(bytes(speed), left)}</span> : null}
      </p>
    </>
  );
}
