import { Checkbox, Input, Select } from 'antd';
import { useId } from 'react';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import { presets } from '../../time/expiry.ts';
import type { UploadItem } from '../../uploads/upload-item.ts';
import type { UploadQueue } from '../../uploads/upload-queue.ts';

/** Whether a link is made together with the upload, and which; until the upload has been asked for. */
export function UploadShare({ item, queue }: { item: UploadItem; queue: UploadQueue }) {
  const { shareLife } = useConfig();
  const life = useId();
  const hint = useId();
  const offered = presets(shareLife);
  const longest = offered.at(-1) ?? shareLife.maxHours;
  const { share } = item;
  return (
    <div className="mm-upload-share">
      <Checkbox
        checked={share !== undefined}
        aria-label={`${text.upload.share.wish}: ${item.title}`}
        onChange={(event) => queue.setShare(item.id, event.target.checked ? { hours: longest, label: '' } : undefined)}
      >
        {text.upload.share.wish}
      </Checkbox>
      {share ? (
        <>
          <div className="mm-upload-share-fields">
            <label htmlFor={life}>{text.upload.share.life}</label>
            <Select
              id={life}
              aria-describedby={hint}
              value={share.hours}
              onChange={(hours) => queue.setShare(item.id, { ...share, hours })}
              options={offered.map((hours) => ({ value: hours, label: text.upload.share.hours(hours) }))}
            />
            <Input
              aria-label={`${text.upload.share.label}: ${item.title}`}
              placeholder={text.upload.share.label}
              maxLength={120}
              autoComplete="off"
              value={share.label}
              onChange={(event) => queue.setShare(item.id, { ...share, label: event.target.value })}
            />
          </div>
          <p id={hint} className="mm-quiet mm-small">
            {text.upload.share.hint}
          </p>
        </>
      ) : null}
    </div>
  );
}
