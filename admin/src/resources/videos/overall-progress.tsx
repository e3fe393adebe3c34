import { Button, Progress } from 'antd';
import { text } from '../../locales/index.ts';
import { countdown } from '../../time/format.ts';
import { bytes } from '../../uploads/size.ts';
import { overall, type UploadItem } from '../../uploads/upload-item.ts';
import type { UploadQueue } from '../../uploads/upload-queue.ts';

/** All uploads under way as one: how far, how fast, how long still, and a pause for all. */
export default function OverallProgress({ items, queue }: { items: readonly UploadItem[]; queue: UploadQueue }) {
  const { count, percent, bytesPerSecond, secondsLeft } = overall(items);
  if (count === 0) return null;
  const left = secondsLeft === undefined ? undefined : countdown(new Date(secondsLeft * 1000), new Date(0));
  const idsOf = (...states: string[]) => items.filter(({ state }) => states.includes(state)).map(({ id }) => id);
  const pausable = idsOf('uploading', 'queued');
  const paused = idsOf('paused');
  return (
    <div className="mm-upload-overall">
      <Progress percent={percent} showInfo={false} size="small" aria-label={text.upload.overallLabel} />
      <span className="mm-small mm-nums">{text.upload.overall(count, percent)}</span>
      {left ? (
        <span className="mm-small mm-nums mm-quiet">{text.upload.speed(bytes(bytesPerSecond), left)}</span>
      ) : null}
      {pausable.length > 0 ? (
        <Button size="small" onClick={() => queue.pause(...pausable)}>
          {text.upload.pauseAll}
        </Button>
      ) : paused.length > 0 ? (
        <Button size="small" onClick={() => queue.start(...paused)}>
          {text.upload.resumeAll}
        </Button>
      ) : null}
    </div>
  );
}
