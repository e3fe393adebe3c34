import {
  CaretRightOutlined,
  CloseOutlined,
  DeleteOutlined,
  PauseOutlined,
  RedoOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useConfirm } from '../../components/confirm/use-confirm.ts';
import { text } from '../../locales/index.ts';
import { hasUncopiedLink, isBusy, type UploadItem } from '../../uploads/upload-item.ts';
import type { UploadQueue } from '../../uploads/upload-queue.ts';
import { useConfirmCancel } from './use-confirm-cancel.ts';

export type UploadControlsProps = { item: UploadItem; queue: UploadQueue };

/** What can be done with one upload at this moment. */
export function UploadControls({ item, queue }: UploadControlsProps) {
  const confirm = useConfirm();
  const confirmCancel = useConfirmCancel();
  const named = (action: string) => `${action}: ${item.title}`;
  const removeNow = () => queue.remove(item.id);
  const askAndRemove = () =>
    hasUncopiedLink(item)
      ? confirm({
          title: text.upload.share.removeTitle,
          content: text.links.created.notCopiedBody,
          okText: text.upload.share.removeAnyway,
          okButtonProps: { danger: true },
          cancelText: text.links.created.goBack,
          onOk: removeNow,
        })
      : removeNow();
  const start = () => queue.start(item.id);
  const remove = (
    <Button
      type="text"
      icon={<DeleteOutlined aria-hidden />}
      aria-label={named(text.upload.remove)}
      title={text.upload.remove}
      onClick={askAndRemove}
    />
  );
  const cancel = (
    <Button
      type="text"
      icon={<CloseOutlined aria-hidden />}
      aria-label={named(text.upload.cancel)}
      title={text.upload.cancel}
      onClick={() => confirmCancel(item.title, () => queue.cancel(item.id))}
    />
  );
  return (
    <div className="mm-upload-controls">
      {item.state === 'staged' ? (
        <Button icon={<UploadOutlined aria-hidden />} aria-label={named(text.upload.startOne)} onClick={start}>
          {text.upload.startOne}
        </Button>
      ) : null}
      {item.state === 'uploading' || item.state === 'queued' ? (
        <Button
          icon={<PauseOutlined aria-hidden />}
          aria-label={named(text.upload.pause)}
          onClick={() => queue.pause(item.id)}
        >
          {text.upload.pause}
        </Button>
      ) : null}
      {item.state === 'paused' ? (
        <Button icon={<CaretRightOutlined aria-hidden />} aria-label={named(text.upload.resume)} onClick={start}>
          {text.upload.resume}
        </Button>
      ) : null}
      {item.state === 'failed' ? (
        <Button icon={<RedoOutlined aria-hidden />} aria-label={named(text.upload.retry)} onClick={start}>
          {text.upload.retry}
        </Button>
      ) : null}
      {item.ticket && (item.state === 'sent' || item.state === 'ready' || item.state === 'refused') ? (
        <Link to={`/videos/${item.ticket.videoId}`} aria-label={named(text.upload.open)}>
          {text.upload.open}
        </Link>
      ) : null}
      {isBusy(item) && item.state !== 'cancelling' ? cancel : null}
      {item.state === 'failed' && item.ticket ? cancel : null}
      {!isBusy(item) && !(item.state === 'failed' && item.ticket) ? remove : null}
    </div>
  );
}
