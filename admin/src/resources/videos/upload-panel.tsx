import { CloudUploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { useConfig } from '../../config/runtime.ts';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { bytes } from '../../uploads/size.ts';
import './upload.css';
import { UploadRow } from './upload-row.tsx';

/** Where files are dropped or chosen, and the uploads of this tab. */
export function UploadPanel({ onSent }: { onSent: () => void }) {
  const { uploads } = useServices();
  const { maxUploadBytes } = useConfig();
  const items = useSyncExternalStore(uploads.subscribe, uploads.items);
  const staged = items.filter((item) => item.state === 'staged');
  const finished = items.some((item) => item.state === 'sent' || item.state === 'cancelled');

  // The list below has a new row as soon as the server has agreed, and a new status as soon as all was sent.
  const known = items.map(
    (item) => `${item.ticket?.videoId ?? ''}${item.state === 'sent' || item.state === 'cancelled'}`,
  );
  const signature = known.join();
  const latest = useRef(onSent);
  latest.current = onSent;
  useEffect(() => {
    if (signature !== '') latest.current();
  }, [signature]);

  return (
    <section aria-label={text.upload.heading} className="mm-upload">
      <DropZone
        limits={text.upload.limits(bytes(maxUploadBytes))}
        onFiles={(files) => uploads.add(files, maxUploadBytes)}
      />
      {items.length > 0 ? (
        <div className="mm-card mm-upload-queue">
          <div className="mm-upload-queue-head">
            <h2>{text.upload.queue}</h2>
            <div className="mm-upload-queue-actions">
              {finished ? <Button onClick={() => uploads.clearFinished()}>{text.upload.clearFinished}</Button> : null}
              {staged.length > 0 ? (
                <Button type="primary" onClick={() => uploads.start(...staged.map((item) => item.id))}>
                  {text.upload.start(staged.length)}
                </Button>
              ) : null}
            </div>
          </div>
          <ul>
            {items.map((item) => (
              <UploadRow key={item.id} item={item} queue={uploads} />
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

function DropZone({ limits, onFiles }: { limits: string; onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button inside is everybody's
    <div
      className="mm-drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <CloudUploadOutlined className="mm-drop-icon" aria-hidden />
      <p>
        <strong>{over ? text.upload.dropNow : text.upload.drop}</strong>
        <span className="mm-quiet" id={hint}>
          {limits}
        </span>
      </p>
      <Button onClick={() => input.current?.click()} aria-describedby={hint}>
        {text.upload.choose}
      </Button>
      <input
        ref={input}
        type="file"
        accept="video/*,.mkv,.m4v"
        multiple
        hidden
        tabIndex={-1}
        aria-label={text.upload.choose}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again after it was removed.
          event.target.value = '';
        }}
      />
    </div>
  );
}
